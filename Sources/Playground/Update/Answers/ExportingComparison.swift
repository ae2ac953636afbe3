import Core

// The answers side by side on their way to a file.

/// Runs that are to be written to a file as a comparison.
public struct ComparisonExport: Hashable, Sendable {
  /// A run that is kept, and the letter of its column.
  public struct Entry: Hashable, Sendable {
    public var name: String
    public var run: Identifier

    public init(name: String, run: Identifier) {
      self.name = name
      self.run = run
    }
  }

  /// What the prompt goes by.
  public var promptName: String
  /// In the order of the columns; the baseline comes first where no column shows it any more.
  public var entries: [Entry]
  /// The run that the others are compared with; nil for none.
  public var baseline: Identifier?
  /// As it was typed; its ending says in which form it is written.
  public var path: String

  public init(promptName: String, entries: [Entry], baseline: Identifier?, path: String) {
    self.promptName = promptName
    self.entries = entries
    self.baseline = baseline
    self.path = path
  }
}

extension State {
  mutating func askForComparisonFile() {
    guard !comparedEntries.isEmpty else {
      notice = Notice(
        .information,
        columns.contains { $0.phase != .empty }
          ? "These runs are not kept, so they can't be exported."
          : "There is nothing to export yet: ^R runs the prompt.")
      return
    }
    overlays.append(.line(LineInput(.exportComparison, text: "\(exportName)-comparison.html")))
  }

  func exportComparison(to path: String) -> [Effect] {
    [
      .exportComparison(
        ComparisonExport(
          promptName: prompt.name, entries: comparedEntries, baseline: baseline?.run, path: path))
    ]
  }

  private var comparedEntries: [ComparisonExport.Entry] {
    var entries: [ComparisonExport.Entry] = []
    for (index, column) in columns.enumerated() {
      let letter = Column.letter(of: index)
      let attempts = column.attempts
      for (place, attempt) in attempts.enumerated() {
        guard let run = attempt.recordedRun else { continue }
        let name = attempts.count == 1 ? letter : "\(letter)\(place + 1)"
        entries.append(ComparisonExport.Entry(name: name, run: run))
      }
    }
    if let run = baseline?.run, let label = baselineLabel,
      !entries.contains(where: { $0.run == run })
    {
      entries.insert(ComparisonExport.Entry(name: label, run: run), at: 0)
    }
    return entries
  }

  /// The prompt's name without the ending of a prompt file.
  private var exportName: String {
    let name = prompt.name.split(separator: "/").last.map(String.init) ?? prompt.name
    return name.hasSuffix(".prompt") ? String(name.dropLast(".prompt".count)) : name
  }
}
