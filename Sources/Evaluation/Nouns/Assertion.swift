import Core

// What is asked of an answer, in promptfoo's words
// (https://www.promptfoo.dev/docs/configuration/expected-outputs). A value: what carries it out is a
// grader.

/// One thing that an answer is held to.
public struct Assertion: Hashable, Sendable {
  /// What kind it is, without its `not-`: `contains`, `sql-execution`.
  public var type: String
  /// Whether it holds where its kind does not: `not-contains`.
  public var isNegated = false
  /// What the answer is compared with; its form is that of the kind.
  public var value: JSON?
  /// From which score on it passes; of some kinds a limit of their own unit.
  public var threshold: Double?
  /// How much its score counts among those of its case; one of 0 counts for nothing.
  public var weight = 1.0
  /// The name under which its scores are added up over the cases; nil for none.
  public var metric: String?
  /// Settings of its kind: the database of a query, the votes of a judge.
  public var config: JSON.Object = [:]
  /// The model that judges, where its kind needs one; nil for the evaluation's own.
  public var model: String?
  /// Of an `assert-set`, those that it holds together.
  public var members: [Assertion] = []

  public init(_ type: String, value: JSON? = nil) {
    self.type = type
    self.value = value
  }

  /// The kind as it is written: `not-contains`.
  public var name: String { isNegated ? "not-\(type)" : type }
}
