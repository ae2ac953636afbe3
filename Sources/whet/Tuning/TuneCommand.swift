import ArgumentParser

// `whet tune`: from good answers to a better model.

extension String {
  /// The set that is meant by `set:NAME` where a file may be named, too; nil for a file.
  var trainingSetName: String? { hasPrefix("set:") ? String(dropFirst(4)) : nil }
}

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Curate, check and write training data, train on it, and prove what it brought.",
    subcommands: [
      TuneSetsCommand.self, TuneImportCommand.self, TuneCollectCommand.self, TuneShowCommand.self,
      TuneMarkCommand.self, TuneEditCommand.self, TuneReplaceCommand.self, TuneSystemCommand.self,
      TuneUndoCommand.self, TuneRedoCommand.self, TuneLogCommand.self, TuneReplayCommand.self,
      TuneRenameCommand.self, TuneRemoveCommand.self,
      TuneCheckCommand.self, TuneWriteCommand.self, TuneRecipeCommand.self,
      TuneEstimateCommand.self,
      TuneStartCommand.self, TuneListCommand.self, TuneWatchCommand.self,
      TuneCancelCommand.self, TuneProofCommand.self,
    ])
}
