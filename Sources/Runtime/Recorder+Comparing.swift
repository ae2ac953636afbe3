import Core
import Playground
import Sessions

// Runs out of the store as a comparison, for the panes and for commands alike.

extension Recorder {
  /// Writes runs to a file, side by side.
  func export(_ export: ComparisonExport, picture: ComparisonFile.Picture?) {
    let path = PromptFiles.absolute(export.path)
    withStore(isAsked: true) { recorder, store in
      let file = try ComparisonFile(path: path)
      let entries = try export.entries.map { entry in
        ComparisonReport.Entry(
          name: entry.name, steps: try Self.chain(endingIn: entry.run, in: store))
      }
      let report = ComparisonReport(
        promptName: export.promptName, entries: entries, baseline: export.baseline)
      try file.write(report, picture: picture)
      recorder.mailbox.post(.noticed(Notice(.success, "Exported the comparison to \(path).")))
    }
  }

  /// A run, with the steps of its chain before it.
  private static func chain(
    endingIn id: Identifier, in store: SessionStore
  ) throws(SessionError) -> [RecordedRun] {
    let chains = try batch(of: id, in: store).chains
    for chain in chains {
      guard let end = chain.firstIndex(where: { $0.run.id == id }) else { continue }
      return Array(chain[...end])
    }
    throw .noRun(id: id)
  }
}

extension ComparisonReport {
  /// The runs that were started together with one, side by side; each goes by the letter of its place.
  ///
  /// - Parameter baseline: the one that the others are compared with; nil for the first.
  public init(
    runsStartedWith id: Identifier, baseline: Identifier?, in store: SessionStore
  ) throws(SessionError) {
    let chains = try Recorder.batch(of: id, in: store).chains
    let entries = chains.enumerated().map { place, steps in
      Entry(name: Playground.Column.letter(of: place), steps: steps)
    }
    let path = chains.first?.first?.run.promptPath
    self.init(
      promptName: path?.split(separator: "/").last.map(String.init) ?? "prompt", entries: entries,
      baseline: baseline ?? chains.first?.last?.run.id)
  }
}
