import ArgumentParser
import FineTuning

// `whet tune replace` and `whet tune system`: the same change in the texts of many examples.

struct TuneReplaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace", abstract: "Replace a text in what assistants say.",
    discussion: "It is logged, and `whet tune undo` takes it back. No other turn is changed.")

  @Argument(help: "The set.")
  var set: String
  @Argument(help: "The text, as it stands there.")
  var text: String
  @Argument(help: "What stands in its place; '' for nothing.")
  var replacement: String

  @OptionGroup var selection: ExampleSelectionOptions

  func validate() throws {
    if text.isEmpty { throw ValidationError("There is no text to be replaced.") }
  }

  func run() throws {
    try selection.perform(.replaceInAnswers(text, with: replacement), on: set)
  }
}

struct TuneSystemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "system", abstract: "Give examples another system prompt.",
    discussion: "It is logged, and `whet tune undo` takes it back.")

  @Argument(help: "The set.")
  var set: String
  @Argument(help: "What the system's turn says; '' takes it away.")
  var text: String

  @OptionGroup var selection: ExampleSelectionOptions

  func run() throws { try selection.perform(.setSystem(text), on: set) }
}
