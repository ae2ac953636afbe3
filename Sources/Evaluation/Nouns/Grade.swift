import Core

// What graders made of one answer. Values only.

/// What came of one assertion.
public struct AssertionResult: Hashable, Sendable {
  /// As it is written: `not-contains`.
  public var type: String
  public var metric: String?
  public var passed: Bool
  /// From 0 to 1.
  public var score: Double
  /// How much it counts among the others of its case.
  public var weight: Double
  /// Why, in one sentence. It may quote an answer.
  public var reason: String
  /// Of an `assert-set`, what came of its members.
  public var members: [AssertionResult]

  public init(
    type: String, metric: String? = nil, passed: Bool, score: Double, weight: Double = 1,
    reason: String, members: [AssertionResult] = []
  ) {
    self.type = type
    self.metric = metric
    self.passed = passed
    self.score = score
    self.weight = weight
    self.reason = reason
    self.members = members
  }
}

/// What an answer is worth by all the assertions of its case.
public struct Grade: Hashable, Sendable {
  public var passed: Bool
  /// From 0 to 1: the mean of its assertions' scores by their weights.
  public var score: Double
  public var assertions: [AssertionResult]

  public init(passed: Bool, score: Double, assertions: [AssertionResult]) {
    self.passed = passed
    self.score = score
    self.assertions = assertions
  }

  /// - Parameter threshold: from which score on the case passes; nil where every assertion must. An
  ///   assertion of weight 0 is looked at and counts for nothing.
  public init(_ assertions: [AssertionResult], threshold: Double? = nil) {
    let weight = assertions.reduce(0) { $0 + $1.weight }
    let sum = assertions.reduce(0) { $0 + $1.score * $1.weight }
    let score = weight > 0 ? sum / weight : 1
    self.score = score
    passed =
      threshold.map { score >= $0 } ?? assertions.filter { $0.weight > 0 }.allSatisfy(\.passed)
    self.assertions = assertions
  }
}
