import Core
import Glibc

// Whether one variant is better than another on the same cases, by how much, and how sure that is.

/// A variant beside a baseline, case by case.
public struct PairedVerdict: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case better, worse
    /// Not yet: about so many more cases are needed; nil where no difference shows at all.
    case cannotTell(moreCases: Int?)
  }

  public var baseline: String
  public var variant: String
  /// The cases that both were measured on.
  public var cases: Int
  /// Cases that only the variant passes, and that only the baseline does: by the majority of repeats.
  public var gained: [String]
  public var lost: [String]
  /// How much more of the cases the variant passes, from -1 to 1.
  public var difference: Estimate
  /// How often chance alone makes as much of a difference: McNemar's exact test where each case was
  /// asked once, else a permutation of signs over the cases.
  public var pValue: Double
  /// How much more it scores.
  public var scoreDifference: Estimate
  public var kind: Kind

  /// Chance is ruled out below this.
  public static let significance = 0.05

  /// Throws a sentence where the two were not asked the same.
  ///
  /// - Parameters:
  ///   - variant: of `record`.
  ///   - baseline: of `other`.
  ///   - other: nil for the same evaluation.
  public init(
    of variant: String, in record: EvaluationRecord, against baseline: String,
    in other: EvaluationRecord? = nil, resampling: Resampling = Resampling()
  ) throws(ComparisonRefusal) {
    let other = other ?? record
    guard record.datasetHash == other.datasetHash else {
      throw ComparisonRefusal(
        "They were measured on different datasets (\(ContentHash.short(other.datasetHash)) and "
          + "\(ContentHash.short(record.datasetHash))): evaluate the baseline on this one again.")
    }
    self.init(
      variant, record.rates(of: variant), baseline, other.rates(of: baseline),
      order: record.cases.map(\.id), resampling)
  }

  private init(
    _ variant: String, _ rates: [String: CaseRate], _ baseline: String,
    _ before: [String: CaseRate], order: [String], _ resampling: Resampling
  ) {
    self.variant = variant
    self.baseline = baseline
    let pairs = order.compactMap { id in
      if let a = before[id], let b = rates[id] { (id: id, before: a, after: b) } else { nil }
    }
    cases = pairs.count
    gained = pairs.filter { $0.before.rate < 0.5 && $0.after.rate >= 0.5 }.map(\.id)
    lost = pairs.filter { $0.before.rate >= 0.5 && $0.after.rate < 0.5 }.map(\.id)
    let rates = resampling.difference(
      from: pairs.map(\.before.rate), to: pairs.map(\.after.rate))
    difference = rates.estimate
    scoreDifference =
      resampling.difference(
        from: pairs.map(\.before.score), to: pairs.map(\.after.score)
      ).estimate
    let isAskedOnce = pairs.allSatisfy { $0.before.count == 1 && $0.after.count == 1 }
    pValue =
      isAskedOnce ? ExactTest.mcnemar(gained: gained.count, lost: lost.count) : rates.pValue
    if pairs.isEmpty {
      pValue = 1
      kind = .cannotTell(moreCases: nil)
    } else if pValue <= Self.significance, difference.mean != 0 {
      kind = difference.mean > 0 ? .better : .worse
    } else {
      let needed: Int?
      if isAskedOnce {
        needed = SampleSize.pairs(gained: gained.count, lost: lost.count, of: pairs.count)
      } else {
        let mean = difference.mean
        let squares = pairs.reduce(0.0) { sum, pair in
          let residual = pair.after.rate - pair.before.rate - mean
          return sum + residual * residual
        }
        needed = SampleSize.mean(
          difference: mean, deviation: sqrt(squares / Double(max(1, pairs.count - 1))))
      }
      let count = pairs.count
      kind = .cannotTell(moreCases: needed.map { max(1, $0 - count) })
    }
  }

  /// `better by 12 points (4 to 20), p = .003`.
  public var sentence: String {
    let points = Self.points(difference.mean.magnitude)
    let sign: Double = difference.mean < 0 ? -1 : 1
    let ends = [difference.interval.lowerBound * sign, difference.interval.upperBound * sign]
      .sorted().map(Self.points)
    let figures = "\(points) points (\(ends[0]) to \(ends[1])), p = \(Self.p(pValue))"
    switch kind {
    case .better: return "better by \(figures)"
    case .worse: return "worse by \(figures)"
    case .cannotTell(let more):
      guard cases > 0 else { return "can't tell: no case was measured with both" }
      guard let more else {
        return
          "can't tell: no difference on \(Numbers.grouped(cases)) \(cases == 1 ? "case" : "cases")"
      }
      let word = difference.mean > 0 ? "up" : "down"
      return "can't tell yet: \(word) \(figures); about \(Self.rough(more)) more cases needed"
    }
  }

  private static func points(_ share: Double) -> String {
    let value = Numbers.decimal(share * 100)
    return value.hasSuffix(".0") ? String(value.dropLast(2)) : value
  }

  static func p(_ value: Double) -> String {
    value < 0.001 ? "<.001" : String(Numbers.fixed(value, digits: value < 0.1 ? 3 : 2).trimmedZero)
  }

  /// With two digits: the estimate has no more.
  private static func rough(_ count: Int) -> String {
    guard count >= 100 else { return "\(count)" }
    var scale = 1
    while count / scale >= 100 { scale *= 10 }
    return Numbers.grouped((count + scale / 2) / scale * scale)
  }
}

/// Why two evaluations can't be compared, in a sentence that says what to do.
public struct ComparisonRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// What became of the repeats of one case.
struct CaseRate: Hashable {
  var count: Int
  /// The share that passed, and the mean score.
  var rate: Double
  var score: Double
}

extension EvaluationRecord {
  /// The measured cases of a variant.
  func rates(of variant: String) -> [String: CaseRate] {
    var rates: [String: CaseRate] = [:]
    for result in results where result.variant == variant {
      guard let grade = result.grade else { continue }
      let before = rates[result.caseID] ?? CaseRate(count: 0, rate: 0, score: 0)
      let count = Double(before.count)
      rates[result.caseID] = CaseRate(
        count: before.count + 1,
        rate: (before.rate * count + (grade.passed ? 1 : 0)) / (count + 1),
        score: (before.score * count + grade.score) / (count + 1))
    }
    return rates
  }
}

extension String {
  /// `.05` for `0.05`.
  fileprivate var trimmedZero: String { hasPrefix("0.") ? String(dropFirst()) : self }
}
