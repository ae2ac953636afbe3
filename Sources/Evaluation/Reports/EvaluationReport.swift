import Core

// What an evaluation came to, made once and written in any form: figures of each variant, and each
// beside the baseline.

/// An evaluation with its figures and verdicts.
public struct EvaluationReport: Hashable, Sendable {
  public let record: EvaluationRecord
  public let figures: [VariantFigures]
  /// Each variant beside the baseline; nil for the baseline itself, and where there is none.
  public let verdicts: [PairedVerdict?]
  /// The figures of the baseline, where it is of another evaluation.
  public let baseline: VariantFigures?

  /// What variants are compared with.
  public enum Baseline: Hashable, Sendable {
    /// A variant of the same evaluation.
    case variant(String)
    /// A variant of an earlier evaluation; nil for the one of the same name, or the only one.
    case evaluation(EvaluationRecord, variant: String?)
  }

  /// Throws `ComparisonRefusal` where the baseline was asked something else.
  ///
  /// - Parameter baseline: nil for the first variant where there are several, else none.
  public init(
    _ record: EvaluationRecord, against baseline: Baseline? = nil
  ) throws(ComparisonRefusal) {
    self.record = record
    figures = record.variants.map { VariantFigures(of: $0.name, in: record) }
    let names = record.variants.map(\.name)
    switch baseline {
    case .evaluation(let other, let named):
      var verdicts: [PairedVerdict?] = []
      for name in names {
        let counterpart = try Self.counterpart(of: name, named, in: other)
        verdicts.append(
          try PairedVerdict(of: name, in: record, against: counterpart, in: other))
      }
      self.verdicts = verdicts
      let first = try names.first.map { name throws(ComparisonRefusal) in
        try Self.counterpart(of: name, named, in: other)
      }
      self.baseline = first.map { VariantFigures(of: $0, in: other) }
    case .variant(let name):
      guard names.contains(name) else {
        throw ComparisonRefusal(
          "There is no variant '\(name)' to compare with: there are \(names.joined(separator: ", "))."
        )
      }
      verdicts = try Self.verdicts(in: record, against: name)
      self.baseline = nil
    case nil:
      verdicts =
        names.count > 1
        ? try Self.verdicts(in: record, against: names[0]) : names.map { _ in nil }
      self.baseline = nil
    }
  }

  private static func verdicts(
    in record: EvaluationRecord, against baseline: String
  ) throws(ComparisonRefusal) -> [PairedVerdict?] {
    var verdicts: [PairedVerdict?] = []
    for variant in record.variants {
      verdicts.append(
        variant.name == baseline
          ? nil : try PairedVerdict(of: variant.name, in: record, against: baseline))
    }
    return verdicts
  }

  private static func counterpart(
    of name: String, _ named: String?, in other: EvaluationRecord
  ) throws(ComparisonRefusal) -> String {
    let names = other.variants.map(\.name)
    if let named {
      guard names.contains(named) else {
        throw ComparisonRefusal(
          "The baseline has no variant '\(named)': there are \(names.joined(separator: ", ")).")
      }
      return named
    }
    if names.contains(name) { return name }
    guard names.count == 1 else {
      throw ComparisonRefusal(
        "The baseline has no variant '\(name)', and several others: name one of "
          + "\(names.joined(separator: ", ")) with --baseline-variant.")
    }
    return names[0]
  }

  /// The figures of what a verdict compares with.
  public func baselineFigures(of verdict: PairedVerdict) -> VariantFigures? {
    baseline ?? figures.first { $0.variant == verdict.baseline }
  }
}

extension Estimate {
  /// `82 % (74–88)`.
  public var shareText: String {
    func percent(_ share: Double) -> String { Numbers.grouped(Int((share * 100).rounded())) }
    return
      "\(Numbers.share(mean)) (\(percent(interval.lowerBound))–\(percent(interval.upperBound)))"
  }

  /// `.82 (.74–.88)`.
  public var scoreText: String {
    func score(_ value: Double) -> String {
      let text = Numbers.fixed(value, digits: 2)
      return text.hasPrefix("0.") ? String(text.dropFirst()) : text
    }
    return "\(score(mean)) (\(score(interval.lowerBound))–\(score(interval.upperBound)))"
  }

  /// `{"mean","low","high"}`.
  public var json: JSON {
    [
      "mean": .number(mean), "low": .number(interval.lowerBound),
      "high": .number(interval.upperBound),
    ]
  }
}
