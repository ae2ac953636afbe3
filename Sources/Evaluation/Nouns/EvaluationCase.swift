import Core

// A case of an evaluation: what a prompt is filled in with, and what its answer is held to.

/// Inputs with what is expected of the answer.
public struct EvaluationCase: Hashable, Sendable {
  /// Names it in results and splits: the file's own id, else made of its inputs.
  public var id: String
  /// What a reader knows it by; empty for nothing.
  public var description: String
  public var inputs: JSON.Object
  public var assertions: [Assertion]
  /// From which score on it passes; nil where every assertion must.
  public var threshold: Double?
  /// The answer that would be right, as far as the file says it in a plain form.
  public var expected: JSON?
  public var tags: [String]
  /// The passages that hold what is needed to answer, as judgments name them: documents, or spans of
  /// them. Their `query` is the case's id.
  public var relevant: [Judgment]
  /// All else that the file says of it.
  public var metadata: JSON.Object

  public init(
    id: String, description: String = "", inputs: JSON.Object, assertions: [Assertion] = [],
    threshold: Double? = nil, expected: JSON? = nil, tags: [String] = [],
    relevant: [Judgment] = [], metadata: JSON.Object = [:]
  ) {
    self.id = id
    self.description = description
    self.inputs = inputs
    self.assertions = assertions
    self.threshold = threshold
    self.expected = expected
    self.tags = tags
    self.relevant = relevant
    self.metadata = metadata
  }
}

extension EvaluationCase {
  /// What an assertion's `{{name}}` can stand for: the inputs, and what is expected.
  public var knownValues: JSON.Object {
    var values = inputs
    if values["expected"] == nil { values["expected"] = expected }
    return values
  }
}
