import ArgumentParser
import Core
import FineTuning
import Foundation
import Runtime
import Sessions

// `whet tune mark`: what a person thinks of examples.

struct TuneMarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mark", abstract: "Approve, reject or tag examples of a training set.",
    discussion: """
      It is logged, and `whet tune undo` takes it back. Rejected examples are in no file that is written \
      for training.
      """)

  @Argument(help: "The set.")
  var set: String

  @OptionGroup var selection: ExampleSelectionOptions

  @Flag(help: "They are to be trained on.")
  var approve = false
  @Flag(help: "They are not.")
  var reject = false
  @Flag(help: "Nobody has said.")
  var pending = false
  @Option(help: "Give them this tag.")
  var tag: String?
  @Option(help: "Take this tag away.")
  var untag: String?

  func validate() throws {
    guard changes.count == 1 else {
      throw ValidationError("Choose one of --approve, --reject, --pending, --tag and --untag.")
    }
    for tag in [tag, untag].compactMap({ $0 }) {
      guard 1...60 ~= tag.count, !tag.contains(where: \.isNewline) else {
        throw ValidationError("A tag has up to 60 characters in one line.")
      }
    }
  }

  private var changes: [CurationAction.Change] {
    [
      approve ? .setState(.approved) : nil, reject ? .setState(.rejected) : nil,
      pending ? .setState(.pending) : nil, tag.map { .addTag($0) }, untag.map { .removeTag($0) },
    ].compactMap { $0 }
  }

  func run() throws {
    guard let change = changes.first else { return }
    try selection.perform(change, on: set)
  }
}

/// Which examples are meant.
struct ExampleSelectionOptions: ParsableArguments {
  @Option(help: "Those that fit; '' is all of them.")
  var filter: String?

  @Option(
    name: .customLong("number"), parsing: .upToNextOption, help: "Those of these numbers.")
  var numbers: [Int] = []

  func validate() throws {
    guard (filter != nil) != (!numbers.isEmpty) else {
      throw ValidationError("Say which are meant: --filter, or --number.")
    }
  }

  /// Carries out a change, and says what came of it.
  func perform(_ change: CurationAction.Change, on set: String) throws {
    let store = try SessionsCommand.store()
    let selection: ExampleSelection =
      if let filter {
        .filter(filter)
      } else {
        .examples(
          try numbers.map { try store.trainingExample(set: set, number: $0).example.hash })
      }
    let interruption = Interruption()
    let report = try store.perform(
      CurationAction(selection, change), on: set, by: TuneCommand.editor
    ) { looked, changed in
      if Console.showsStatus, looked >= 50_000 {
        Console.status("\(Numbers.grouped(looked)) looked at, \(Numbers.grouped(changed)) changed")
      }
      if interruption.hasCome { throw CommandError("Stopped; nothing was changed.") }
    }
    if Console.showsStatus { Console.status("") }
    Console.line(
      report.number.map { "\(Numbers.grouped(report.affected)) examples changed, action \($0)." }
        ?? "Nothing was to be changed.")
  }
}

extension TuneCommand {
  /// Who is at the keys, as the machine calls them; it is kept with what they change.
  static var editor: String? { ProcessInfo.processInfo.environment["USER"] }
}
