import Core
import Evaluation

// One cell of the grid: what a variant made of a case, over all the times that it was asked.

/// Counts of a cell's answers.
public struct GridCell: Hashable, Sendable {
  public private(set) var passed = 0
  public private(set) var failed = 0
  /// Those that could not be measured.
  public private(set) var unmeasured = 0
  private var scores = 0.0

  /// - Parameter results: nil for what was not asked yet.
  init(_ results: some Sequence<EvaluationResult?>) {
    for case let result? in results {
      guard let grade = result.grade else {
        unmeasured += 1
        continue
      }
      if grade.passed { passed += 1 } else { failed += 1 }
      scores += grade.score.isFinite ? grade.score : 0
    }
  }

  public var measured: Int { passed + failed }

  /// From 0 to 1; nil where nothing was measured.
  public var score: Double? { measured > 0 ? scores / Double(measured) : nil }

  /// Of those that were measured.
  var share: Double? { measured > 0 ? Double(passed) / Double(measured) : nil }

  /// What is to be said of it in one word.
  public enum Verdict: Hashable, Sendable {
    case waiting, passed, failed, partial, flaky, unmeasured
  }

  public var verdict: Verdict {
    if measured == 0 { return unmeasured > 0 ? .unmeasured : .waiting }
    if failed == 0 { return .passed }
    if passed > 0 { return .flaky }
    return (score ?? 0) > 0.005 ? .partial : .failed
  }

  /// A sign, with what the sign alone doesn't tell: `✓`, `✗ .50`, `± 2/3`.
  public func text(repeatCount: Int) -> String {
    let sign =
      switch verdict {
      case .waiting: "·"
      case .passed: "✓"
      case .failed, .partial: "✗"
      case .flaky: "±"
      case .unmeasured: "!"
      }
    guard measured > 0 else { return sign }
    if repeatCount > 1 {
      return "\(sign) \(passed)/\(measured)\(unmeasured > 0 ? " !" : "")"
    }
    guard let score, score > 0.005, score < 0.995 else { return sign }
    return "\(sign) \(Numbers.fixed(score, digits: 2))"
  }

  /// What became of a case from one variant to another.
  public enum Change: Hashable, Sendable { case fixed, broken }

  /// Nil where it passes as often as before, and where that can't be told.
  public func change(from baseline: GridCell) -> Change? {
    guard let share, let before = baseline.share, share != before else { return nil }
    return share > before ? .fixed : .broken
  }
}

/// Which cases the grid shows.
public enum GridFilter: Hashable, Sendable {
  case all, failed, changed, fixed, broken, flaky, unmeasured

  public var word: String {
    switch self {
    case .all: "all cases"
    case .failed: "failed"
    case .changed: "changed against the baseline"
    case .fixed: "fixed"
    case .broken: "broken"
    case .flaky: "flaky"
    case .unmeasured: "not measured"
    }
  }
}

/// What is added up over a column.
public struct VariantCounts: Hashable, Sendable {
  public var passed = 0
  public var measured = 0
  public var unmeasured = 0
  /// Cases that pass more often, and less often, than with the baseline.
  public var fixed = 0
  public var broken = 0

  /// In which the rate is 95 times of 100; nil where nothing was measured.
  public var interval: ClosedRange<Double>?

  /// Of those that were measured.
  public var rate: Double? { measured > 0 ? Double(passed) / Double(measured) : nil }
}
