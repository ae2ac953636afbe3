import ArgumentParser

// `whet tune`: from good answers to a better model.

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Curate, check and write training data, train on it, and prove what it brought.",
    subcommands: [
      TuneCheckCommand.self, TuneStartCommand.self, TuneListCommand.self, TuneWatchCommand.self,
      TuneCancelCommand.self,
    ])
}
