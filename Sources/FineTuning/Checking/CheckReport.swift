import Core

// What a check came to, for commands, panes and scripts.

/// The result of a check.
public struct CheckReport: Hashable, Sendable {
  public let lines: Int
  public let findings: [FindingList.Group]
  public let measures: SetMeasures
  /// How many answers are unlike the others, or unlike those that a person calls right.
  public let drift: DriftSummary
  public let score: CheckScore

  init(_ tally: CheckTally, drift: DriftSummary) {
    lines = tally.lines
    findings = tally.findings.groups
    measures = tally.measures
    self.drift = drift
    score = CheckScore(tally)
  }

  public var worst: FindingSeverity? { findings.map(\.severity).max() }

  public func count(of severity: FindingSeverity) -> Int {
    findings.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
  }

  /// How often each kind was found.
  public var counts: [String: Int] {
    findings.reduce(into: [:]) { $0[$1.code, default: 0] += $1.count }
  }
}
