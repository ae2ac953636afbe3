import ArgumentParser
import Core
import FineTuning
import Sessions

// `whet tune undo` and `whet tune redo`: the last action on a training set, taken back and done again.

struct TuneUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back the last action on a training set.")

  @Argument(help: "The set.")
  var set: String

  func run() throws {
    let logged = try SessionsCommand.store().undoCuration(of: set)
    Console.line("Action \(logged.number) was taken back: \(logged.words).")
  }
}

struct TuneRedoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo", abstract: "Do the action again that was taken back last.")

  @Argument(help: "The set.")
  var set: String

  func run() throws {
    let logged = try SessionsCommand.store().redoCuration(of: set)
    Console.line("Action \(logged.number) was done again: \(logged.words).")
  }
}
