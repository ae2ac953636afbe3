import ArgumentParser

// `whet tune`: from good answers to a better model.

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Curate, check and write training data, train on it, and prove what it brought.",
    subcommands: [
      TuneSetsCommand.self, TuneImportCommand.self, TuneCollectCommand.self, TuneShowCommand.self,
      TuneMarkCommand.self, TuneEditCommand.self, TuneReplaceCommand.self, TuneSystemCommand.self,
      TuneUndoCommand.self, TuneRedoCommand.self, TuneLogCommand.self, TuneReplayCommand.self,
      TuneRenameCommand.self, TuneRemoveCommand.self,
      TuneCheckCommand.self, TuneWriteCommand.self,
      TuneStartCommand.self, TuneListCommand.self, TuneWatchCommand.self,
      TuneCancelCommand.self, TuneProofCommand.self,
    ])
}
