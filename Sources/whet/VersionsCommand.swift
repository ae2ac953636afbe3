import ArgumentParser
import Core
import Playground
import Runtime
import Sessions

// `whet versions`: every text of a prompt that was ever run.

struct VersionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "versions",
    abstract: "List the versions of a prompt, show one, tell two apart, put one back.",
    discussion: """
      Every text that was run is a version. One is named by its number, its name, or its hash or how \
      that begins.
      """)

  @Argument(help: "The prompt's file.")
  var file: String

  @Option(help: ArgumentHelp("Print a version's text.", valueName: "version"))
  var show: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Tell two versions apart; with one, that and its parent.", valueName: "version"))
  var diff: [String] = []

  @Option(
    help: ArgumentHelp(
      "Print a version's text; with --write, put it into the file.", valueName: "version"))
  var restore: String?

  @Flag(help: "Have --restore write the file, unless it holds a text that was never run.")
  var write = false

  @Flag(help: "Print the list as JSON, an object a line.")
  var json = false

  func validate() throws {
    let count = [show != nil, !diff.isEmpty, restore != nil].count { $0 }
    guard count <= 1 else {
      throw ValidationError("--show, --diff and --restore are for one at a time.")
    }
    guard diff.count <= 2 else { throw ValidationError("--diff takes one version or two.") }
    guard !write || restore != nil else { throw ValidationError("--write goes with --restore.") }
  }

  func run() throws {
    let store = try SessionStore(path: try Surroundings().folders.store)
    while try store.recordEarlierVersions() {}
    let prompt = PromptFiles.absolute(file)
    if let show {
      Console.write(try store.findVersion(show, of: prompt).text)
    } else if let restore {
      try put(back: try store.findVersion(restore, of: prompt), to: prompt, in: store)
    } else if let first = diff.first {
      try tellApart(first, diff.count > 1 ? diff[1] : nil, of: prompt, in: store)
    } else {
      try list(try store.versions(of: prompt))
    }
  }

  // MARK: What is done

  private func list(_ versions: [VersionSummary]) throws {
    if versions.isEmpty, !json {
      Console.line("There are none of \(file) yet: a run makes one.")
    }
    for version in versions {
      guard !json else {
        Console.line(JSON.object(version.json).text)
        continue
      }
      let time = LocalTime.system.minute(version.createdAt)
      let title = [version.name ?? version.change, version.note].filter { !$0.isEmpty }
        .joined(separator: " · ")
      Console.line(
        "v\(version.number)  \(ContentHash.short(version.hash))  \(time)  \(version.score.words)"
          + "\t\(title)")
    }
  }

  private func tellApart(
    _ first: String, _ second: String?, of prompt: String, in store: SessionStore
  ) throws {
    var old = try store.findVersion(first, of: prompt)
    let new: PromptVersion?
    if let second {
      new = try store.findVersion(second, of: prompt)
    } else {
      new = old
      let parent = try old.summary.parent.flatMap { try store.version(withHash: $0, of: prompt) }
      old = parent ?? PromptVersion(old.summary, text: "")
    }
    DifferenceReport.print(from: old.text, to: new?.text ?? "")
  }

  /// Writes only over a text that is itself a version: what was never run would be lost.
  private func put(back version: PromptVersion, to path: String, in store: SessionStore) throws {
    guard write else {
      Console.write(version.text)
      return
    }
    let current = try? PromptFiles.read(path)
    if let current {
      let hash = ContentHash.of(current)
      guard try store.version(withHash: hash, of: path) != nil else {
        throw CommandError(
          "\(file) holds a text that was never run, and was left as it is: run it once, so that it "
            + "is kept, or print the version without --write.")
      }
    }
    _ = try PromptFiles.save(PromptSave(path: path, text: version.text, expected: current))
    Console.line("put \(version.label) back into \(file)")
  }
}

extension VersionSummary {
  /// As `whet versions --json` prints it.
  fileprivate var json: JSON.Object {
    [
      "number": .integer(number), "hash": .string(hash), "created_at": .number(createdAt),
      "parent": JSON(parent), "name": JSON(name), "note": .string(note),
      "change": .string(change), "runs": .integer(score.runCount),
      "good": .integer(score.goodCount), "bad": .integer(score.badCount),
    ]
  }
}
