import Core

// "Why not?": the answer, a passage at a time.

/// A page that says why passages aren't among those that the prompt is given.
public struct AbsencePage: Hashable, Sendable {
  /// The number of the examination.
  let number: Int
  public let question: String
  /// Nil while it is being looked into.
  public internal(set) var report: AbsenceReport?
  /// Why there is no answer; nil where nothing went wrong.
  public internal(set) var problem: String?
  /// The place of the passage that is shown, among those of the report.
  public internal(set) var place = 0
  /// The first row that is shown.
  public internal(set) var top = 0

  init(number: Int, question: String) {
    self.number = number
    self.question = question
  }

  /// The passage that is shown; nil where none is meant.
  public var shown: AbsentPassage? {
    report.flatMap { $0.passages.indices.contains(place) ? $0.passages[place] : nil }
  }

  public var lines: [ReportLine] {
    if let problem { return [ReportLine(.problem, problem)] }
    guard let report else { return [ReportLine(.note, "Trying what would bring it in…")] }
    return shown?.lines ?? report.problemLines
  }

  mutating func show(passageMovedBy step: Int) {
    guard let report else { return }
    place = max(0, min(place + step, report.passages.count - 1))
    top = 0
  }
}
