import Core
import FineTuning

// What a check found: the list with the score beside it, and the report with its charts.

/// The findings of a set.
public struct FindingsPage: Hashable, Sendable {
  public let set: String
  public let report: CheckReport
  /// Those that are listed: the first of each kind.
  public let findings: [TrainingFinding]
  public internal(set) var selection = 0
  public internal(set) var top = 0
  /// Whether the report with its charts is shown instead of the list.
  public internal(set) var showsReport = false
  public internal(set) var reportTop = 0

  init(set: String, report: CheckReport) {
    self.set = set
    self.report = report
    findings = report.findings.flatMap(\.kept)
  }

  public var selected: TrainingFinding? {
    findings.indices.contains(selection) ? findings[selection] : nil
  }

  /// `score 71 · 3 errors · 12 warnings · 2 notes`.
  public var summary: String {
    func count(_ severity: FindingSeverity, _ word: String) -> String {
      Numbers.counted(report.count(of: severity), word)
    }
    return "score \(report.score.value) · \(count(.error, "error")) · "
      + "\(count(.warning, "warning")) · \(count(.note, "note"))"
  }

  /// How many there are of the selected one's kind, where not all are listed.
  public var countSentence: String {
    guard let selected,
      let group = report.findings.first(where: {
        $0.code == selected.code && $0.severity == selected.severity
      }), group.count > group.kept.count
    else { return "" }
    return "\(Numbers.grouped(group.count)) like this; the first \(group.kept.count) are listed."
  }

  mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, findings.count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
  }
}
