import Core
import FineTuning
import Sessions

// A file of examples on its way into a training set: read a line at a time, and all of it or none.

/// Why a file can't be taken into a set, as a sentence.
public struct ExampleImportError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// It was stopped by the person; nothing was taken in.
  public static let stopped = ExampleImportError(description: "Stopped; nothing was taken in.")
}

/// Takes files of examples into training sets.
public struct ExampleImport: Sendable {
  /// What came of an import.
  public struct Report: Hashable, Sendable {
    public var appended = AppendReport()
    /// Lines that hold no example, where those were to be passed over, and the first of them.
    public var badLines = 0
    public var firstBadLines: [String] = []
  }

  /// How far an import is.
  public struct Progress: Hashable, Sendable {
    public var lines: Int
    public var bytes: Int
    /// Nil where it isn't known.
    public var total: Int?
  }

  private let store: SessionStore
  private let keepsDuplicates: Bool
  private let passesOverBadLines: Bool

  public init(store: SessionStore, keepsDuplicates: Bool = false, passesOverBadLines: Bool = false)
  {
    self.store = store
    self.keepsDuplicates = keepsDuplicates
    self.passesOverBadLines = passesOverBadLines
  }

  /// Adds the examples of a file, or of the standard input for `-`, to a set.
  ///
  /// - Parameters:
  ///   - seconds: now, since 1970.
  ///   - onProgress: told now and then how far it is; false stops it.
  ///
  /// Throws `LineFileError`, `SessionError` and `ExampleImportError`, and has then changed nothing.
  public func add(
    _ path: String, to set: String, at seconds: Double,
    onProgress: (Progress) -> Bool = { _ in true }
  ) throws -> Report {
    var lines = try ExampleLines(path: path)
    var report = Report()
    let name = path == LineChunks.standardInput ? "standard input" : path
    report.appended = try store.appendExamples(to: set, keepsDuplicates: keepsDuplicates) {
      while let line = try lines.next() {
        if line.startsChunk, !onProgress(lines.progress) { throw ExampleImportError.stopped }
        switch line.content {
        case .example(let example):
          return IncomingExample(
            example,
            lineage: ExampleLineage(source: .file(name, line: line.number), addedAt: seconds))
        case .bad(let problem):
          let sentence = "\(name):\(line.number): \(problem)"
          guard passesOverBadLines else {
            throw ExampleImportError(
              description: "\(sentence); nothing was taken in, and --skip-bad passes over such "
                + "lines.")
          }
          report.badLines += 1
          if report.firstBadLines.count < 10 { report.firstBadLines.append(sentence) }
        }
      }
      return nil
    }
    return report
  }
}

/// The examples of a file, one line after the other; empty lines are passed over.
private struct ExampleLines: ~Copyable {
  struct Line {
    enum Content {
      case example(TrainingExample)
      /// With what is wrong.
      case bad(String)
    }

    var number: Int
    var content: Content
    /// Whether it is the first that was read of a piece of the file.
    var startsChunk: Bool
  }

  private var chunks: LineChunks
  private var chunk: LineChunks.Chunk?
  private var place = 0
  private var number = 0

  init(path: String) throws(LineFileError) { chunks = try LineChunks(path: path) }

  var progress: ExampleImport.Progress {
    ExampleImport.Progress(lines: number, bytes: chunks.position, total: chunks.total)
  }

  mutating func next() throws -> Line? {
    var startsChunk = false
    while true {
      guard let chunk, place < chunk.bytes.count else {
        chunk = try chunks.next()
        guard let chunk else { return nil }
        (place, number, startsChunk) = (0, chunk.start, true)
        if chunk.isLongLine {
          number += 1
          return Line(
            number: number, content: .bad("the line is too long to be an example"),
            startsChunk: true)
        }
        continue
      }
      let end = chunk.bytes[place...].firstIndex(of: 0x0A) ?? chunk.bytes.count
      let bytes = chunk.bytes[place..<end]
      place = end + 1
      number += 1
      guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
      return Line(number: number, content: Self.content(bytes), startsChunk: startsChunk)
    }
  }

  private static func content(_ bytes: ArraySlice<UInt8>) -> Line.Content {
    do throws(JSONError) {
      let json = try JSON(parsing: bytes)
      guard let example = TrainingExample(json: json), !example.answer.isEmpty else {
        return .bad(
          "the line holds neither 'messages' with an assistant's turn nor 'input' with two outputs")
      }
      return .example(example)
    } catch {
      return .bad("the line is no JSON (\(error))")
    }
  }
}
