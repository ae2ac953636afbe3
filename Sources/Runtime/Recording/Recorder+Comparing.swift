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
    for chain in try batch(of: id, in: store).attempts.joined() {
      guard let end = chain.firstIndex(where: { $0.run.id == id }) else { continue }
      return Array(chain[...end])
    }
    throw .noRun(id: id)
  }
}

extension ComparisonReport {
  /// The runs that were started together with one, side by side, as they stood in their columns: `A`,
  /// or `A1` and `A2` where one was repeated.
  ///
  /// - Parameter baseline: the name of the one that the others are compared with; nil for the first.
  ///
  /// Throws `SessionError`, and `ComparisonFileError` for a baseline that isn't there.
  public init(
    runsStartedWith id: Identifier, baseline: String?, in store: SessionStore
  ) throws {
    var entries: [Entry] = []
    for (place, attempts) in try Recorder.batch(of: id, in: store).attempts.enumerated() {
      let letter = Playground.Column.letter(of: place)
      for (attempt, steps) in attempts.enumerated() {
        let name = attempts.count == 1 ? letter : "\(letter)\(attempt + 1)"
        entries.append(Entry(name: name, steps: steps))
      }
    }
    let names = entries.map(\.name)
    if let baseline, !names.contains(baseline) {
      throw ComparisonFileError(
        description:
          "There is no answer '\(baseline)' among those of this run: \(names.joined(separator: ", "))."
      )
    }
    let compared = entries.first { $0.name == baseline } ?? entries.first
    let path = entries.first?.steps.first?.run.promptPath
    self.init(
      promptName: path?.split(separator: "/").last.map(String.init) ?? "prompt", entries: entries,
      baseline: compared?.steps.last?.run.id)
  }
}
