import Core

// Whether a change may go in: what a CI server is told by an exit status.

/// When an evaluation fails a pipeline.
public enum FailureRule: Hashable, Sendable {
  /// When it is surely worse than the baseline.
  case worse
  /// Unless it is surely better.
  case notBetter
  /// When its pass rate is below a share.
  case below(Double)

  /// `worse`, `not-better`, `below:0.8`; nil for anything else.
  public init?(_ text: String) {
    switch text {
    case "worse": self = .worse
    case "not-better": self = .notBetter
    default:
      guard text.hasPrefix("below:"), let share = Double(text.dropFirst(6)), 0...1 ~= share else {
        return nil
      }
      self = .below(share)
    }
  }

  /// Whether it needs something to compare with.
  public var needsBaseline: Bool { if case .below = self { false } else { true } }
}

/// What a gate comes to.
public enum GateDecision: Hashable, Sendable {
  case passes(String)
  case fails(String)
  /// Too much is missing to decide.
  case unmeasured(String)

  public var sentence: String {
    switch self {
    case .passes(let text), .fails(let text), .unmeasured(let text): text
    }
  }

  /// 0, 1 or 3.
  public var exitStatus: Int32 {
    switch self {
    case .passes: 0
    case .fails: 1
    case .unmeasured: 3
    }
  }
}

/// Decides on one variant.
public struct Gate: Hashable, Sendable {
  public var rule: FailureRule
  /// The share of answers that may be missing.
  public var mostUnmeasured: Double

  public init(_ rule: FailureRule, mostUnmeasured: Double = 0.05) {
    self.rule = rule
    self.mostUnmeasured = mostUnmeasured
  }

  /// Why figures say too little; nil where they don't.
  public static func gap(in figures: VariantFigures, most: Double = 0.05) -> String? {
    let missing = figures.unmeasured + figures.missing
    let total = figures.measured + missing
    guard total > 0 else { return "\(figures.variant): there is no answer" }
    guard figures.measured == 0 || Double(missing) > most * Double(total) else { return nil }
    return "\(figures.variant): \(Numbers.grouped(missing)) of \(Numbers.grouped(total)) answers "
      + "could not be measured"
  }

  /// - Parameters:
  ///   - verdict: against the baseline; nil where there is none.
  ///   - baseline: the baseline's figures; nil where there is none.
  public func decision(
    on figures: VariantFigures, verdict: PairedVerdict?, baseline: VariantFigures?
  ) -> GateDecision {
    for figures in [figures] + [baseline].compactMap({ $0 }) {
      if let gap = Self.gap(in: figures, most: mostUnmeasured) { return .unmeasured(gap) }
    }
    if case .below(let share) = rule {
      let rate = figures.passRate?.mean ?? 0
      let sentence =
        "\(figures.variant): \(Numbers.share(rate)) passed, at least \(Numbers.share(share)) asked"
      return rate < share ? .fails(sentence) : .passes(sentence)
    }
    guard let verdict else {
      return .unmeasured("\(figures.variant): there is no baseline to compare with")
    }
    let sentence = "\(figures.variant) beside \(verdict.baseline): \(verdict.sentence)"
    switch (rule, verdict.kind) {
    case (_, .worse), (.notBetter, .cannotTell): return .fails(sentence)
    default: return .passes(sentence)
    }
  }
}
