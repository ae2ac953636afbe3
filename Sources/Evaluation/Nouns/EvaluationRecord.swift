import Core

// A whole evaluation as it was run: what reports, verdicts, the grid and the ladder are made of.

/// Variants over the cases of a frozen dataset, with what came of each.
public struct EvaluationRecord: Hashable, Sendable {
  /// Unique in the world, and sorted by the time it was begun.
  public var id: Identifier
  /// What a person calls it: the name of its file.
  public var name: String
  /// The file that it was read from, from the root; nil for one that has none.
  public var path: String?
  /// Seconds since 1970.
  public var startedAt: Double
  /// The hash of the cases, inputs and expectations, in any order: evaluations are compared only
  /// where it is the same.
  public var datasetHash: String
  /// In the order of the file.
  public var cases: [EvaluationCase]
  public var variants: [EvaluationVariant]
  /// How often each variant is asked each case.
  public var repeatCount: Int
  /// In any order; those that are not there have not been asked yet.
  public var results: [EvaluationResult]

  public init(
    id: Identifier, name: String, path: String? = nil, startedAt: Double, datasetHash: String,
    cases: [EvaluationCase],
    variants: [EvaluationVariant], repeatCount: Int = 1, results: [EvaluationResult] = []
  ) {
    self.id = id
    self.name = name
    self.path = path
    self.startedAt = startedAt
    self.datasetHash = datasetHash
    self.cases = cases
    self.variants = variants
    self.repeatCount = repeatCount
    self.results = results
  }
}
