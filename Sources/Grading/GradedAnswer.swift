import Core
import Evaluation

// What a grader may look at: the case, and what the model made of it.

/// An answer, ready to be graded.
public struct GradedAnswer: Hashable, Sendable {
  /// Its inputs are filled in, and its assertions' values with them.
  public var evaluationCase: EvaluationCase
  /// The visible answer.
  public var output: String
  /// Nil where the server gave none.
  public var finishReason: FinishReason?
  /// From the request to the end.
  public var milliseconds: Double
  /// Nil where the price is not known.
  public var cost: Money?
  public var usage: Usage
  /// What the model was given to answer from, the first one first.
  public var passages: [Passage]
  /// The model's thinking, which is no part of the answer.
  public var thinking: String
  public var toolCalls: [ToolCall]

  public init(
    _ evaluationCase: EvaluationCase, output: String, finishReason: FinishReason? = nil,
    milliseconds: Double = 0, cost: Money? = nil,
    usage: Usage = Usage(inputTokens: 0, outputTokens: 0), passages: [Passage] = [],
    thinking: String = "", toolCalls: [ToolCall] = []
  ) {
    self.evaluationCase = evaluationCase
    self.output = output
    self.finishReason = finishReason
    self.milliseconds = milliseconds
    self.cost = cost
    self.usage = usage
    self.passages = passages
    self.thinking = thinking
    self.toolCalls = toolCalls
  }

  /// What was asked, as a judge is told it: the input of that name, else all inputs.
  var question: String {
    let inputs = evaluationCase.inputs
    for name in ["question", "query", "input", "prompt"] {
      if let text = inputs[name]?.string { return text }
    }
    if inputs.members.count == 1, let text = inputs.members[0].value.string { return text }
    return JSON.object(inputs).text(indent: 2)
  }

  /// What it could be answered from: the passages, else the input `context`; nil for nothing.
  var context: String? {
    guard passages.isEmpty else {
      return passages.enumerated().map { "[\($0.offset + 1)] \($0.element.text)" }
        .joined(separator: "\n\n")
    }
    switch evaluationCase.inputs["context"] {
    case .string(let text): return text
    case .array(let parts): return parts.map(\.gradedText).joined(separator: "\n\n")
    default: return nil
    }
  }
}

extension JSON {
  /// A value as an answer would hold it: a text without its quotes, all else as JSON.
  var gradedText: String { string ?? text }
}
