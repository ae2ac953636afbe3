import Core
import Evaluation

// One assertion with all that it takes to carry it out, and which grader does so.

/// An assertion beside the answer that is held to it.
struct AssertionCheck {
  let kind: AssertionKind
  let assertion: Assertion
  let answer: GradedAnswer
  let settings: GraderSettings
  let replies: [GraderQuestion.ID: GraderReply]

  var output: String { answer.output }

  /// What models must be asked first; nothing for most kinds.
  func questions() throws(GradingError) -> [GraderQuestion] {
    if kind.isJudged { return try judgeQuestions().map(GraderQuestion.judge) }
    return kind == .similar ? [try similarityQuestion()] : []
  }

  /// What is found, a `not-` aside.
  func verdict() throws(GradingError) -> Verdict {
    switch kind {
    case .equals: try equals()
    case .contains: try contains(anyCase: false)
    case .icontains: try contains(anyCase: true)
    case .containsAll: try containsAll(anyCase: false)
    case .containsAllAnyCase: try containsAll(anyCase: true)
    case .containsAny: try containsAny(anyCase: false)
    case .containsAnyAnyCase: try containsAny(anyCase: true)
    case .startsWith: try startsWith()
    case .regex: try regex()
    case .isJSON: try isJSON()
    case .containsJSON: try containsJSON()
    case .isSQL: try isSQL()
    case .containsSQL: try containsSQL()
    case .levenshtein: try levenshtein()
    case .rougeN: try rouge()
    case .bleu: try bleu()
    case .gleu: try gleu()
    case .similar: try similar()
    case .latency: try latency()
    case .cost: try cost()
    case .tokenCount: try tokenCount(answer.usage.outputTokens)
    case .tokensUsed: try tokenCount(answer.usage.inputTokens + answer.usage.outputTokens)
    case .wordCount: try wordCount()
    case .finishReason: try finishReason()
    case .toolCallF1: try toolCallF1()
    case .sqlExecution: try sqlExecution()
    case .program: try program()
    case .rubric, .closedQA, .factuality, .contextRecall, .contextRelevance,
      .contextFaithfulness, .answerRelevance:
      try judged()
    // A set is graded by its members, which the grader does.
    case .assertSet: throw error("holds other assertions, and none by itself")
    }
  }

  /// Why the assertion can't be carried out: a sentence that begins with its name.
  func error(_ problem: String) -> GradingError { GradingError("\(assertion.name) \(problem).") }

  // MARK: Values

  /// The value as a text: a number or a truth as JSON writes it.
  func text() throws(GradingError) -> String {
    switch assertion.value {
    case .string(let text) where !text.isEmpty: return text
    case .integer, .number, .bool: return assertion.value?.text ?? ""
    default: throw error("needs a text as its value")
    }
  }

  /// The value as texts: a list, or a text with commas between them.
  func texts() throws(GradingError) -> [String] {
    let texts: [String]
    switch assertion.value {
    case .array(let items): texts = items.map(\.gradedText)
    case .string(let text): texts = AssertionReader.list(in: text)
    case .integer, .number: texts = [assertion.value?.text ?? ""]
    default: texts = []
    }
    guard !texts.isEmpty else { throw error("needs a list of texts as its value") }
    return texts
  }

  /// The value as the texts to compare with: one, or a list of them.
  func references() throws(GradingError) -> [String] {
    if case .array(let items) = assertion.value, !items.isEmpty { return items.map(\.gradedText) }
    return [try text()]
  }

  /// `min` and `max` of an object; nil where it has neither.
  func bounds(in value: JSON?) throws(GradingError) -> (low: Double?, high: Double?)? {
    let (low, high) = (value?["min"]?.double, value?["max"]?.double)
    guard low != nil || high != nil else { return nil }
    if let low, let high, low > high { throw error("has a min that is more than its max") }
    return (low, high)
  }

  /// Whether a count lies within bounds.
  func verdict(
    of count: Int, _ unit: String, within bounds: (low: Double?, high: Double?)
  ) -> Verdict {
    let isEnough = bounds.low.map { Double(count) >= $0 } ?? true
    let isFew = bounds.high.map { Double(count) <= $0 } ?? true
    let asked = [
      bounds.low.map { "at least \(JSON.number($0).text)" },
      bounds.high.map { "at most \(JSON.number($0).text)" },
    ]
    return Verdict(
      isEnough && isFew,
      "It has \(count) \(unit); \(asked.compactMap { $0 }.joined(separator: " and ")) asked for.")
  }
}
