import Core

// All failures of one variant with their causes: what they come to, and what they don't tell.

/// The diagnosis of a variant's failures.
public struct DiagnosisReport: Hashable, Sendable {
  /// What was diagnosed: names for a reader, and what commands are made of.
  public struct Ground: Hashable, Sendable {
    /// The evaluation's id and its file; the file is nil where it isn't known any more.
    public var evaluation: Identifier
    public var file: String?
    public var variant: String
    /// The prompt's file; nil for a prompt that stands in the evaluation's own.
    public var prompt: String?
    /// The index that the variant searches; nil for none.
    public var index: String?
    /// Diagnoses are compared only where it is the same.
    public var datasetHash: String

    public init(
      evaluation: Identifier, file: String?, variant: String, prompt: String? = nil,
      index: String? = nil, datasetHash: String
    ) {
      self.evaluation = evaluation
      self.file = file
      self.variant = variant
      self.prompt = prompt
      self.index = index
      self.datasetHash = datasetHash
    }
  }

  public var ground: Ground
  /// Seconds since 1970.
  public var madeAt: Double
  /// Cases that could be graded, those that pass included.
  public var caseCount: Int
  /// Of the cases that failed and were looked at, in the order of the file.
  public var placements: [Placement]
  /// Cases that failed and were not looked at.
  public var leftOut: Int

  public init(
    ground: Ground, madeAt: Double, caseCount: Int, placements: [Placement], leftOut: Int = 0
  ) {
    self.ground = ground
    self.madeAt = madeAt
    self.caseCount = caseCount
    self.placements = placements
    self.leftOut = leftOut
  }

  /// How many failures have a cause.
  public struct Count: Hashable, Sendable {
    public var cause: FailureCause
    public var count: Int
    /// Where its share of all failures like these is, 95 times of 100.
    public var interval: ClosedRange<Double>
    /// The ids of the first cases, three at most.
    public var examples: [String]
  }

  /// The causes that there are, the most frequent first; those that could not be measured last.
  public var counts: [Count] {
    FailureCause.allCases.compactMap { cause in
      let cases = placements.filter { $0.cause == cause }
      guard !cases.isEmpty else { return nil }
      return Count(
        cause: cause, count: cases.count,
        interval: ProportionInterval.wilson(cases.count, of: placements.count),
        examples: cases.prefix(3).map(\.caseID))
    }.sorted { one, other in
      let isMeasured = (one.cause != .unmeasured, other.cause != .unmeasured)
      return isMeasured.0 == isMeasured.1 ? one.count > other.count : isMeasured.0
    }
  }

  /// The failures that have a cause.
  public var placed: [Placement] { placements.filter { $0.cause != .unmeasured } }

  /// The failures of each lever, the most frequent first.
  public var levers: [(lever: Lever, placements: [Placement])] {
    Lever.allCases.map { lever in
      (lever, placed.filter { Lever($0.cause) == lever })
    }.filter { !$0.1.isEmpty }.sorted { $0.1.count > $1.1.count }
  }

  /// The lever that the counts speak for; nil as long as chance could have put it first.
  public var lever: Lever? {
    guard let first = levers.first else { return nil }
    let second = levers.dropFirst().first?.placements.count ?? 0
    return Self.leads(first.placements.count, second) ? first.lever : nil
  }

  /// How many more failures would tell, if they came as these did; nil where that isn't known.
  public var missingFailures: Int? {
    guard lever == nil, let first = levers.first?.placements.count else { return nil }
    let second = levers.dropFirst().first?.placements.count ?? 0
    guard first > second else { return nil }
    for factor in 2...50 where Self.leads(first * factor, second * factor) {
      return (factor - 1) * placements.count
    }
    return nil
  }

  /// Whether one count is before another by more than chance: its share of both is over a half, 95
  /// times of 100.
  private static func leads(_ one: Int, _ other: Int) -> Bool {
    ProportionInterval.wilson(one, of: one + other).lowerBound > 0.5
  }
}
