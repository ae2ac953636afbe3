// A check from its first line to its report, as a value: whoever has lines can carry it out.

/// A check of a set, line after line.
public struct TrainingCheck: Sendable {
  public let settings: CheckSettings
  public private(set) var tally: CheckTally

  public init(settings: CheckSettings = CheckSettings()) {
    self.settings = settings
    tally = CheckTally(settings: settings)
  }

  /// Takes the next line, without its end.
  public mutating func take(_ line: [UInt8]) {
    let verdict = LineVerdict(of: line, format: settings.format, rules: settings.rules)
    tally.add(LineFacts(verdict, line: tally.lines + 1, settings: settings))
  }

  /// Takes the lines of a part of the file that follows what was taken.
  public mutating func take(_ part: CheckTally) { tally.merge(part) }

  /// What came of it.
  public consuming func finish() -> CheckReport {
    for (finding, count) in SetFindings.all(of: tally, settings) {
      tally.add(finding, count: count)
    }
    return CheckReport(tally, settings: settings)
  }
}
