import ArgumentParser
import Core
import FineTuning
import Runtime
import Sessions

// `whet tune sets`: the training sets of the store.

struct TuneSetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sets", abstract: "List the training sets.")

  @Flag(help: "Print a line of JSON for each set.")
  var json = false

  func run() throws {
    let sets = try SessionsCommand.store().trainingSets()
    if json {
      for set in sets { Console.line(set.json.text) }
      return
    }
    if sets.isEmpty {
      Console.line("There are none yet: `whet tune import` and `whet tune collect` make one.")
    }
    for set in sets {
      Console.line(
        "\(LocalTime.system.minute(set.changedAt))  \(Numbers.grouped(set.count)) examples  "
          + "\(Numbers.grouped(set.approved)) approved  \(Numbers.grouped(set.rejected)) rejected  "
          + "≈\(Numbers.grouped(set.tokens)) tokens\t\(set.name)")
    }
  }
}

extension TrainingSetSummary {
  fileprivate var json: JSON {
    [
      "name": .string(name), "examples": .integer(count), "approved": .integer(approved),
      "rejected": .integer(rejected), "tokens": .integer(tokens), "changed_at": .number(changedAt),
    ]
  }
}
