import ArgumentParser
import Core
import Foundation
import Retrieval
import Runtime

// `whet index`: making, looking at and removing indexes of documents.

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "Index documents for retrieval.",
    subcommands: [
      Add.self, IndexEmbedCommand.self, List.self, Remove.self, IndexJudgeCommand.self,
      IndexEvalCommand.self, IndexSweepCommand.self, IndexDoctorCommand.self,
    ])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Read files and folders into an index; what is unchanged is not read again.")

    @Argument(
      help: """
        Files and folders: text, Markdown, source code, HTML, PDF, DOCX, EPUB, CSV and JSON Lines. \
        None: all that were added before, read as they were then.
        """)
    var paths: [String] = []

    @Option(help: "The index's name.")
    var index = IndexFolder.standardName

    @Option(
      help: ArgumentHelp(
        """
        Keep the index where several people share it, and remember its address by the name: in a \
        PostgreSQL database with pgvector, postgres://user@host/database (passwords come from \
        PGPASSWORD or ~/.pgpass), or in a collection of Chroma, chroma://host:port/collection (a \
        token comes from CHROMA_TOKEN). Without paths, an index that others have made gets a name \
        here.
        """, valueName: "address"))
    var to: String?

    @Option(help: "In CSV and JSON Lines, the field with a row's id (default: id, _id, …).")
    var id: String?

    @Option(help: "The field with a row's title (default: title, …).")
    var title: String?

    @Option(help: "A field with a row's text; may be repeated (default: text, body, content, …).")
    var text: [String] = []

    @Option(help: "The largest file that is read, rows apart: 500kB, 64MB (default: 16MB).")
    var maxSize: ByteCount?

    @Option(
      help: """
        A way to cut documents, as strategy-size-overlap: recursive-200-20; may be repeated. What an \
        index has is cut in a new way, too, by reading it again. Strategies: \
        \(Chunking.Strategy.allCases.map(\.rawValue).joined(separator: ", ")).
        """)
    var chunking: [Chunking] = []

    func run() throws {
      let surroundings = try Surroundings()
      let folder = IndexFolder(surroundings.folders.indexes)
      let path = try IndexOption.file(of: index, in: surroundings.folders)
      let interruption = Interruption()
      let progress = IndexProgressLine()
      // Also when it fails: the error is not to stand on the progress's line.
      defer { progress.clear() }
      // Without this a mistyped folder would leave an empty index behind.
      if folder.existingFile(of: index) == nil {
        if paths.isEmpty {
          guard let to else { throw MissingIndexError(name: index) }
          try IndexFolder.checkIndex(at: to, models: surroundings.searchModels)
          let store = try folder.make(index, at: to, models: surroundings.searchModels)
          let passages = try store.statistics().passages
          return Console.line("\(index): \(store.place), \(passages) passages")
        }
        if let missing = paths.first(where: { !FileManager.default.fileExists(atPath: $0) }) {
          throw IndexError.noSuchFile(path: missing)
        }
      }
      let store: any PassageStore =
        if let to {
          try folder.make(index, at: to, models: surroundings.searchModels)
        } else if folder.existingFile(of: index) == nil {
          try PassageIndex(path: path)
        } else {
          try folder.open(index, models: surroundings.searchModels)
        }
      let report = try store.add(
        paths, reading: settings, by: chunking, progress: { progress.show($0) },
        isCancelled: { interruption.hasCome })
      progress.clear()
      let total = try store.statistics().passages
      Console.line("\(index): \(report.summary); \(total) passages in all")
      for line in report.details { Console.line(line) }
      if report.wasCancelled {
        Console.complain("whet: stopped; the same command goes on where it was.")
        throw ExitCode(1)
      }
    }

    func validate() throws {
      let most = ReadingSettings.largestMaximumSize
      guard maxSize?.bytes ?? 0 <= most else {
        throw ValidationError(
          "--max-size is \(most >> 20)MB at most, since a document is read whole; files of rows "
            + "(CSV, JSON Lines) have no limit.")
      }
    }

    private var settings: ReadingSettings {
      ReadingSettings(id: id, title: title, text: text, maximumSize: maxSize?.bytes)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the indexes.")

    func run() throws {
      let surroundings = try Surroundings()
      let folders = surroundings.folders
      let names = IndexFolder(folders.indexes).names
      if names.isEmpty { Console.line("There are none: `whet index add FOLDER` makes one.") }
      var isAnyUnreadable = false
      for name in names {
        do {
          let index = try IndexOption.open(name, in: surroundings)
          let statistics = try index.statistics()
          let chunkings = try index.chunkings().map(\.name).joined(separator: ", ")
          let place =
            try IndexFolder(folders.indexes).address(of: name) == nil ? "" : "\t\(index.place)"
          Console.line(
            "\(name)\t\(statistics.documents) documents\t\(statistics.passages) passages\t"
              + "\(statistics.tokens) tokens\t\(chunkings)\(place)")
        } catch {
          Console.complain("whet: \(error)")
          isAnyUnreadable = true
        }
      }
      if isAnyUnreadable { throw ExitCode(1) }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove an index; the documents themselves stay.")

    @Argument(help: "The index's name.")
    var index: String

    @Flag(help: "Of an index in a database, remove the passages there, too, for everybody.")
    var withData = false

    func run() throws {
      let surroundings = try Surroundings()
      let folders = surroundings.folders
      if try removeAddress(surroundings) { return }
      // Opened first, so that no other file that lies there is taken for one.
      _ = try IndexOption.open(index, in: surroundings).statistics()
      let path = try IndexOption.file(of: index, in: folders)
      for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix)
      {
        try FileManager.default.removeItem(atPath: path + suffix)
      }
      Console.line("removed \(index)")
    }

    /// Whether it was the name of an index that is kept elsewhere.
    private func removeAddress(_ surroundings: Surroundings) throws -> Bool {
      let folder = IndexFolder(surroundings.folders.indexes)
      guard let address = try folder.address(of: index) else { return false }
      try folder.removeAddress(
        of: index, withData: withData, models: surroundings.searchModels)
      let rest =
        withData
        ? ", and its passages from \(address)"
        : ": \(address) keeps its passages, which --with-data removes"
      Console.line("removed the name \(index)\(rest)")
      return true
    }
  }
}

/// How far indexing has come: a line that stays in place on a terminal, now and then one in a pipe.
private final class IndexProgressLine {
  private let clock = SystemClock()
  private let start: Double
  private var last = -Double.infinity

  init() { start = clock.now }

  func show(_ progress: IndexProgress) {
    let interval = Console.showsStatus ? 100.0 : 5_000
    guard clock.now - last >= interval else { return }
    last = clock.now
    let text = text(of: progress)
    if Console.showsStatus { Console.status(text) } else { Console.complain(text) }
  }

  func clear() {
    if Console.showsStatus { Console.status("") }
  }

  private func text(of progress: IndexProgress) -> String {
    guard let files = progress.filesTotal, let bytes = progress.bytesTotal else {
      return "found \(progress.filesFound) files"
    }
    let seconds = max((clock.now - start) / 1000, 0.001)
    let rate = Double(progress.bytesDone) / seconds
    let percent = bytes > 0 ? progress.bytesDone * 100 / bytes : 100
    var text = "\(percent) % · \(progress.filesDone) of \(files) files · "
    text += "\(progress.passages) passages · \(Int(rate / 1000)) kB/s"
    if rate > 0 { text += " · \(Int(Double(bytes - progress.bytesDone) / rate)) s left" }
    return text
  }
}
