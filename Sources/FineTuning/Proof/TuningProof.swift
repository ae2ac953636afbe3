import Core
import Evaluation

// Whether a tuned model is better than the one that it was made of: scores on the same frozen cases,
// with those that are near the training set apart, since a model may know those by heart.

/// The training example that a case of an evaluation is like.
public struct NearExample: Hashable, Sendable {
  /// The line or the number of the example, from 1.
  public var number: Int
  /// From 0 to 1: how much of their texts they share.
  public var likeness: Double

  public init(number: Int, likeness: Double) {
    self.number = number
    self.likeness = likeness
  }
}

/// A tuned model beside its base.
public struct TuningProof: Hashable, Sendable {
  /// What one variant made of the cases.
  public struct Score: Hashable, Sendable {
    public var variant: String
    public var model: ModelReference
    /// On all cases.
    public var all: VariantFigures
    /// On the cases that are not near the training set: the ones that count.
    public var far: VariantFigures
    /// On the cases that are.
    public var near: VariantFigures
    public var cost: RequestCost
  }

  /// A pair of variants, and which of them is better.
  public struct Comparison: Hashable, Sendable {
    public var pair: ProofPair
    public var all: PairedVerdict
    /// By the cases that are not near the training set.
    public var far: PairedVerdict
    public var saving: TuningSaving
  }

  public let name: String
  /// The id of the evaluation, by which it is found again.
  public let evaluation: Identifier
  public let datasetHash: String
  public let caseCount: Int
  public let base: ModelReference
  public let tuned: TunedModel
  /// How many examples the tuned model was trained on.
  public let exampleCount: Int
  /// The cases that are near the training set, by their ids.
  public let near: [String: NearExample]
  /// What training cost; nil where nobody said.
  public let trainingCost: Money?
  /// In the order of the evaluation's variants.
  public let scores: [Score]
  public let comparisons: [Comparison]

  /// What is known besides what was answered.
  public struct Training: Hashable, Sendable {
    /// How many examples there were.
    public var exampleCount: Int
    /// The cases that are near one of them, by their ids.
    public var near: [String: NearExample]
    /// Nil where nobody said.
    public var cost: Money?

    public init(exampleCount: Int, near: [String: NearExample], cost: Money? = nil) {
      self.exampleCount = exampleCount
      self.near = near
      self.cost = cost
    }
  }

  /// Throws where a pair's variants are not in the evaluation.
  ///
  /// - Parameters:
  ///   - record: what came of the plan's evaluation.
  ///   - prices: of the models; one that isn't there has none that is known.
  public init(
    of record: EvaluationRecord, by plan: ProofPlan, training: Training,
    prices: [ModelReference: Price] = [:]
  ) throws(ComparisonRefusal) {
    name = record.name
    evaluation = record.id
    datasetHash = record.datasetHash
    caseCount = record.cases.count
    base = plan.base
    tuned = plan.tuned
    exampleCount = training.exampleCount
    trainingCost = training.cost
    let ids = Set(record.cases.map(\.id))
    near = training.near.filter { ids.contains($0.key) }
    let nearIDs = Set(near.keys)
    let farRecord = record.keeping { !nearIDs.contains($0) }
    let nearRecord = record.keeping(nearIDs.contains)
    scores = record.variants.map { variant in
      Score(
        variant: variant.name, model: variant.asked.model,
        all: VariantFigures(of: variant.name, in: record),
        far: VariantFigures(of: variant.name, in: farRecord),
        near: VariantFigures(of: variant.name, in: nearRecord),
        cost: RequestCost(
          of: record.results.filter { $0.variant == variant.name },
          at: prices[variant.asked.model]))
    }
    var comparisons: [Comparison] = []
    for pair in plan.pairs {
      guard let before = scores.first(where: { $0.variant == pair.base }),
        let after = scores.first(where: { $0.variant == pair.tuned })
      else {
        throw ComparisonRefusal(
          "The evaluation has no variant '\(pair.base)' or '\(pair.tuned)' to compare.")
      }
      comparisons.append(
        Comparison(
          pair: pair, all: try PairedVerdict(of: pair.tuned, in: record, against: pair.base),
          far: try PairedVerdict(of: pair.tuned, in: farRecord, against: pair.base),
          saving: TuningSaving(
            from: before.cost, to: after.cost, trainingCost: training.cost)))
    }
    self.comparisons = comparisons
  }

  /// The share of the cases that are near the training set.
  public var nearShare: Double {
    caseCount > 0 ? Double(near.count) / Double(caseCount) : 0
  }

  /// What a gate decides by: the tuned model on the cases that are not near the training set.
  ///
  /// - Returns: the decision on the pairs that differ in the model alone that lets the least pass.
  public func decision(by gate: Gate) -> GateDecision {
    let decisions = comparisons.filter { $0.pair.kind == .sameAsking }.compactMap { comparison in
      let before = scores.first { $0.variant == comparison.pair.base }
      return scores.first { $0.variant == comparison.pair.tuned }.map {
        gate.decision(on: $0.far, verdict: comparison.far, baseline: before?.far)
      }
    }
    return decisions.max { $0.exitStatus < $1.exitStatus }
      ?? .unmeasured("There is nothing to compare")
  }
}

extension EvaluationRecord {
  /// The evaluation as if it had been of some of its cases only.
  fileprivate func keeping(_ isKept: (String) -> Bool) -> EvaluationRecord {
    var record = self
    record.cases.removeAll { !isKept($0.id) }
    record.results.removeAll { !isKept($0.caseID) }
    return record
  }
}
