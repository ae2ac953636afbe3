// The kinds of assertions that are carried out: promptfoo's by its names
// (https://www.promptfoo.dev/docs/configuration/expected-outputs), and a few of whet's own.

/// A kind of assertion.
public enum AssertionKind: String, Hashable, Sendable, CaseIterable {
  case equals, contains, icontains, regex
  case containsAll = "contains-all"
  case containsAny = "contains-any"
  case icontainsAll = "icontains-all"
  case icontainsAny = "icontains-any"
  case startsWith = "starts-with"
  case isJSON = "is-json"
  case containsJSON = "contains-json"
  case isSQL = "is-sql"
  case containsSQL = "contains-sql"
  case levenshtein
  case rougeN = "rouge-n"
  case bleu
  case similar
  case latency, cost
  case finishReason = "finish-reason"
  case wordCount = "word-count"
  case assertSet = "assert-set"
  // whet's own.
  case tokenCount = "token-count"
  case sqlExecution = "sql-execution"
  case program
  // By models.
  case rubric = "llm-rubric"
  case closedQA = "model-graded-closedqa"
  case factuality
  case contextRecall = "context-recall"
  case contextRelevance = "context-relevance"
  case contextFaithfulness = "context-faithfulness"
  case answerRelevance = "answer-relevance"

  /// Other names of promptfoo's for the same.
  static let aliases = [
    "model-graded-factuality": AssertionKind.factuality, "tokens": .tokenCount,
  ]

  /// - Parameter name: without `not-`.
  public init?(name: String) {
    guard let kind = AssertionKind(rawValue: name) ?? Self.aliases[name] else { return nil }
    self = kind
  }

  /// Whether a model decides.
  public var isJudged: Bool {
    switch self {
    case .rubric, .closedQA, .factuality, .contextRecall, .contextRelevance,
      .contextFaithfulness, .answerRelevance:
      true
    default: false
    }
  }

  /// Whether it is about what a request took, not about what was answered.
  public var isLimit: Bool {
    switch self {
    case .latency, .cost, .tokenCount: true
    default: false
    }
  }

  /// Kinds of promptfoo that are known and not carried out, with the reason.
  public static func reasonLeftOut(_ name: String) -> String? {
    switch name {
    case "javascript", "python", "ruby":
      "no code is run in the program: write it as a program of its own, `type: program`"
    case "webhook": "no server but models is asked: write it as `type: program`"
    case "perplexity", "perplexity-score", "classifier", "moderation", "guardrails", "pi",
      "select-best", "max-score", "human", "g-eval", "conversation-relevance",
      "is-valid-function-call", "is-valid-openai-function-call", "is-valid-openai-tools-call",
      "is-refusal", "is-xml", "contains-xml", "is-html", "contains-html", "gleu", "meteor",
      "f-score", "rouge-l", "rouge-s", "trace-span-count", "trace-span-duration",
      "trace-error-spans", "search-rubric", "agent-rubric", "tool-call-f1", "skill-used":
      "there is no grader for it"
    default: name.hasPrefix("promptfoo:") ? "there is no grader for it" : nil
    }
  }
}
