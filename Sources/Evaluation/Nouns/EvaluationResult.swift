import Core

// One cell of an evaluation: what one variant made of one case, once.

/// The answer of a variant to a case, and what it is worth.
public struct EvaluationResult: Hashable, Sendable {
  /// The case's id.
  public var caseID: String
  /// The variant's name.
  public var variant: String
  /// Which one it is of those that ask the same, from 1.
  public var repetition: Int
  /// The visible answer.
  public var output: String
  /// What it is worth; nil where it could not be measured, and `error` says why.
  public var grade: Grade?
  /// Why there is no grade: the server refused, the stream was cut, a judge could not be asked. Such
  /// a result is no wrong answer, and counts in no rate.
  public var error: String?
  public var finishReason: FinishReason?
  /// From the request to the end, without the waits between tries, in milliseconds.
  public var milliseconds: Double
  public var usage: Usage
  /// Nil where the price is not known.
  public var cost: Money?

  public init(
    caseID: String, variant: String, repetition: Int = 1, output: String = "",
    grade: Grade? = nil, error: String? = nil, finishReason: FinishReason? = nil,
    milliseconds: Double = 0, usage: Usage = Usage(inputTokens: 0, outputTokens: 0),
    cost: Money? = nil
  ) {
    self.caseID = caseID
    self.variant = variant
    self.repetition = repetition
    self.output = output
    self.grade = grade
    self.error = error
    self.finishReason = finishReason
    self.milliseconds = milliseconds
    self.usage = usage
    self.cost = cost
  }
}

extension EvaluationResult {
  /// Takes in what was answered.
  public mutating func take(_ answer: Answer, cost: Money?) {
    output = answer.text
    finishReason = answer.finishReason
    milliseconds = max(0, answer.timing.total - answer.timing.attemptStart)
    usage = answer.usage
    self.cost = cost
  }
}
