import ArgumentParser
import Core
import Sessions

// `whet tune rename` and `whet tune remove`: training sets by name.

struct TuneRenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Give a training set another name.")

  @Argument(help: "The set.")
  var set: String
  @Argument(help: "Its new name.")
  var name: String

  func run() throws { try SessionsCommand.store().renameTrainingSet(set, to: name) }
}

struct TuneRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a training set away, with its examples and its log.",
    discussion: "It can't be undone: `whet tune show SET --json` writes down what is in it first.")

  @Argument(help: "The set.")
  var set: String

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    let store = try SessionsCommand.store()
    let summary = try store.trainingSet(set)
    if !yes {
      guard Console.inputIsTerminal else {
        throw CommandError("'\(set)' is removed for good: say --yes where nobody can be asked.")
      }
      Console.write("Remove '\(set)' with \(Numbers.grouped(summary.count)) examples? [y/N] ")
      guard readLine()?.lowercased().hasPrefix("y") == true else { return }
    }
    try store.removeTrainingSet(set)
    Console.line("'\(set)' is removed.")
  }
}
