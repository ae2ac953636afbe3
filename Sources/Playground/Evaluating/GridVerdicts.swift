import Core
import Evaluation

// Whether variants are better than the baseline. What takes resampling is worked out elsewhere, on what
// was measured by then, and dropped when another baseline was chosen meanwhile.

/// The variants of an evaluation that are to be compared with one of them.
public struct VariantComparing: Hashable, Sendable {
  /// With the results that there are.
  public var record: EvaluationRecord
  /// The baseline's place among the variants.
  public var baseline: Int

  public init(_ record: EvaluationRecord, baseline: Int) {
    self.record = record
    self.baseline = baseline
  }

  /// A verdict for each variant; nil for the baseline itself.
  public func result() -> ComparedVariants {
    let base = record.variants[baseline].name
    return ComparedVariants(
      evaluation: record.id, baseline: baseline,
      verdicts: record.variants.map { variant in
        variant.name == base
          ? nil : try? PairedVerdict(of: variant.name, in: record, against: base)
      })
  }
}

/// What came of it.
public struct ComparedVariants: Hashable, Sendable {
  public var evaluation: Identifier
  public var baseline: Int
  /// In the order of the variants.
  public var verdicts: [PairedVerdict?]

  public init(evaluation: Identifier, baseline: Int, verdicts: [PairedVerdict?]) {
    self.evaluation = evaluation
    self.baseline = baseline
    self.verdicts = verdicts
  }
}
