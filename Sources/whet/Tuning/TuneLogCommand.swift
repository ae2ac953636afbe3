import ArgumentParser
import Core
import FineTuning
import Foundation
import Runtime
import Sessions

// `whet tune log` and `whet tune replay`: what was done to a training set, and the same on another one.

struct TuneLogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List what was done to a training set.",
    discussion: "With --json, a line for each action, which `whet tune replay` carries out again.")

  @Argument(help: "The set.")
  var set: String

  @Flag(help: "Print a line of JSON for each action.")
  var json = false

  func run() throws {
    for logged in try SessionsCommand.store().actions(of: set) {
      if json {
        Console.line(logged.json.text)
        continue
      }
      let standing = logged.standing == .done ? "" : "  (\(logged.standing.rawValue))"
      Console.line(
        "\(logged.number)  \(LocalTime.system.minute(logged.madeAt))  \(logged.editor ?? "–")  "
          + "\(Numbers.grouped(logged.affected)) examples\t\(logged.words)\(standing)")
    }
  }
}

struct TuneReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Carry out a log of actions on a training set.",
    discussion: """
      LOG is what `whet tune log --json` printed; actions that were taken back are left out. Each action \
      is logged as one of this set, and can be undone.
      """)

  @Argument(help: "A log, or - for the standard input.")
  var log: String

  @Option(help: ArgumentHelp("The set.", valueName: "name"))
  var set: String

  func run() throws {
    let path = log == LineChunks.standardInput ? "/dev/stdin" : PromptFiles.absolute(log)
    let text = try PromptFiles.read(path, mayWait: true, mostBytes: 1 << 30)
    let actions = try CurationAction.read(log: text)
    let reports = try SessionsCommand.store().replay(actions, on: set, by: TuneCommand.editor)
    for (action, report) in zip(actions, reports) {
      Console.line("\(Numbers.grouped(report.affected)) examples\t\(action.words)")
    }
  }
}

extension LoggedAction {
  var words: String { action.words }
}

extension CurationAction {
  /// What is done to which examples, for a reader.
  var words: String {
    let what =
      switch change {
      case .setState(let state): "\(state.rawValue)"
      case .addTag(let tag): "tagged #\(tag)"
      case .removeTag(let tag): "untagged #\(tag)"
      case .edit: "edited"
      case .replaceInAnswers(let text, let replacement):
        "'\(text.prefix(40))' replaced by '\(replacement.prefix(40))'"
      case .setSystem(let text):
        text.isEmpty ? "system prompt taken away" : "system prompt '\(text.prefix(40))'"
      }
    let which =
      switch selection {
      case .filter(let line): line.isEmpty ? "all" : line
      case .examples(let hashes):
        hashes.prefix(3).map(ContentHash.short).joined(separator: ", ")
          + (hashes.count > 3 ? ", …" : "")
      }
    return "\(what): \(which)"
  }
}
