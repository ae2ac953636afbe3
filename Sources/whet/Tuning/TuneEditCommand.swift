import ArgumentParser
import Core
import FineTuning
import Runtime
import Sessions
import Terminal

// `whet tune edit`: one example in the person's editor.

struct TuneEditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Edit an example in $VISUAL or $EDITOR.",
    discussion: """
      The example is shown as JSON, in the form that it is written to files in. What it was stays in the \
      log, and `whet tune undo` brings it back.
      """)

  @Argument(help: "The set.")
  var set: String
  @Argument(help: "The example's number.")
  var number: Int

  @Option(help: "Take the example from this file in place of an editor; - is the standard input.")
  var from: String?

  func run() throws {
    let store = try SessionsCommand.store()
    let old = try store.trainingExample(set: set, number: number)
    let text = try edited(old.example.json.text(indent: 2))
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: text)
    } catch {
      throw CommandError("That is no JSON (\(error)). Nothing was changed.")
    }
    guard let new = TrainingExample(json: json), !new.answer.isEmpty else {
      throw CommandError(
        "That is no example: 'messages' with an assistant's turn, or 'input' with two outputs, "
          + "were expected. Nothing was changed.")
    }
    let report = try store.perform(
      CurationAction(.examples([old.example.hash]), .edit(to: new)), on: set,
      by: TuneCommand.editor)
    Console.line(
      report.number.map { "Example \(number) was changed, action \($0)." }
        ?? "Nothing was to be changed.")
  }

  private func edited(_ text: String) throws -> String {
    if let from {
      return from == LineChunks.standardInput
        ? try PromptFiles.read("/dev/stdin", mayWait: true)
        : try PromptFiles.read(PromptFiles.absolute(from), mayWait: true)
    }
    switch EditedText.of(text) {
    case .edited(let text): return text
    case .failed(let reason): throw CommandError(reason)
    }
  }
}
