// How well the marks of support agree with labels: counted, and as precision and recall.

/// Verdicts beside labels.
public struct SupportEvaluation: Hashable, Sendable {
  /// A sentence of which label and verdict differ.
  public struct Miss: Hashable, Sendable {
    public var text: String
    public var label: SupportVerdict
    public var verdict: SupportVerdict
    /// Why it has that verdict.
    public var reason: String
  }

  private var counts: [SupportVerdict: [SupportVerdict: Int]] = [:]
  public private(set) var misses: [Miss] = []

  public init() {}

  /// Precision and recall of a mark: of those that have it, and of those that should have it, the
  /// share that has it rightly. 1 where there are none.
  public struct Quality: Hashable, Sendable {
    public var precision: Double
    public var recall: Double
  }

  /// Adds a sentence that was judged by label and by marks. Of an answer of several sentences, the
  /// worst verdict counts: a contradiction, then what no passage says.
  public mutating func add(_ text: String, label: SupportVerdict, as support: AnswerSupport) {
    let order: [SupportVerdict] = [.contradicted, .absent, .supported]
    let worst = order.lazy.compactMap { verdict in
      support.sentences.first { $0.verdict == verdict }
    }.first
    let verdict = worst?.verdict ?? .noClaim
    counts[label, default: [:]][verdict, default: 0] += 1
    guard verdict != label else { return }
    let reason = worst?.reason { "passage \($0 + 1)" } ?? "states nothing"
    misses.append(Miss(text: text, label: label, verdict: verdict, reason: reason))
  }

  public func count(label: SupportVerdict, verdict: SupportVerdict) -> Int {
    counts[label]?[verdict] ?? 0
  }

  /// Sentences with a label.
  public func count(label: SupportVerdict) -> Int {
    counts[label]?.values.reduce(0, +) ?? 0
  }

  /// Those of all labels.
  public var total: Int { LabelledSentences.labels.reduce(0) { $0 + count(label: $1) } }

  /// Of the verdicts in a set, whichever of them it is.
  public func quality(of marks: Set<SupportVerdict>) -> Quality {
    func sum(_ labels: Set<SupportVerdict>) -> Int {
      labels.reduce(0) { sum, label in
        marks.reduce(sum) { $0 + count(label: label, verdict: $1) }
      }
    }
    let right = sum(marks)
    let marked = sum(Set(SupportVerdict.allCases))
    let labelled = marks.reduce(0) { $0 + count(label: $1) }
    return Quality(
      precision: marked == 0 ? 1 : Double(right) / Double(marked),
      recall: labelled == 0 ? 1 : Double(right) / Double(labelled))
  }
}
