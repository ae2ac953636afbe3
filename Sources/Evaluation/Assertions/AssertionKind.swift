// The kinds of assertions that can be carried out, by the names that promptfoo gives them
// (https://www.promptfoo.dev/docs/configuration/expected-outputs), and those of its kinds that
// cannot.

/// A kind of assertion that a grader carries out.
public enum AssertionKind: String, CaseIterable, Hashable, Sendable {
  case equals, contains, icontains, regex, similar, levenshtein, bleu, gleu, latency, cost
  case factuality, program
  case containsAll = "contains-all"
  case containsAny = "contains-any"
  case containsAllAnyCase = "icontains-all"
  case containsAnyAnyCase = "icontains-any"
  case startsWith = "starts-with"
  case isJSON = "is-json"
  case containsJSON = "contains-json"
  case isSQL = "is-sql"
  case containsSQL = "contains-sql"
  case rougeN = "rouge-n"
  case wordCount = "word-count"
  case finishReason = "finish-reason"
  /// The tokens of the answer.
  case tokenCount = "token-count"
  /// Those of the prompt and the answer.
  case tokensUsed = "tokens-used"
  case toolCallF1 = "tool-call-f1"
  case sqlExecution = "sql-execution"
  case rubric = "llm-rubric"
  case closedQA = "model-graded-closedqa"
  case contextRecall = "context-recall"
  case contextRelevance = "context-relevance"
  case contextFaithfulness = "context-faithfulness"
  case answerRelevance = "answer-relevance"
  case assertSet = "assert-set"

  /// Other names of some kinds.
  static let aliases: [String: AssertionKind] = [
    "model-graded-factuality": .factuality, "similar:cosine": .similar, "grade": .rubric,
  ]

  /// The kind of a name, without a `not-`; nil for one that is not known.
  public init?(name: String) {
    guard let kind = AssertionKind(rawValue: name) ?? Self.aliases[name] else { return nil }
    self = kind
  }

  /// Whether a judge model is asked: `examples/judges` holds a prompt of its name.
  public var isJudged: Bool {
    switch self {
    case .rubric, .closedQA, .factuality, .contextRecall, .contextRelevance, .contextFaithfulness,
      .answerRelevance:
      true
    default: false
    }
  }

  /// Whether its value is a list of texts.
  var takesList: Bool {
    switch self {
    case .containsAll, .containsAny, .containsAllAnyCase, .containsAnyAnyCase: true
    default: false
    }
  }

  /// Whether there is nothing to hold an answer to without a value.
  var needsValue: Bool {
    switch self {
    case .equals, .contains, .icontains, .regex, .similar, .levenshtein, .bleu, .gleu, .factuality,
      .containsAll, .containsAny, .containsAllAnyCase, .containsAnyAnyCase, .startsWith, .rougeN,
      .wordCount, .finishReason, .toolCallF1, .sqlExecution, .rubric, .closedQA, .contextRecall:
      true
    case .program, .latency, .cost, .isJSON, .containsJSON, .isSQL, .containsSQL, .tokenCount,
      .tokensUsed, .contextRelevance, .contextFaithfulness, .answerRelevance, .assertSet:
      false
    }
  }
}

extension AssertionKind {
  /// promptfoo's kinds that are not carried out, with what to do instead.
  static let unsupported: [String: String] = [
    "javascript": code, "python": code, "ruby": code,
    "webhook": "nothing is sent to addresses in a file; let a program ask it (type: program)",
    "classifier": service, "moderation": service, "guardrails": service, "pi": service,
    "perplexity": "it needs the chances of all tokens, which most servers don't send",
    "perplexity-score": "it needs the chances of all tokens, which most servers don't send",
    "is-refusal": "which words are a refusal is not documented; use icontains-any or llm-rubric",
    "is-xml": markup, "contains-xml": markup, "is-html": markup, "contains-html": markup,
    "is-valid-function-call": tools, "is-valid-openai-function-call": tools,
    "is-valid-openai-tools-call": tools,
    "meteor": "it needs lists of synonyms; use rouge-n, gleu or similar",
    "rouge-l": "use rouge-n", "rouge-s": "use rouge-n",
    "similar:dot": "use similar, which takes the cosine",
    "similar:euclidean": "use similar, which takes the cosine",
    "g-eval": "use llm-rubric",
    "select-best": "one answer is graded at a time; compare variants instead",
    "max-score": "one answer is graded at a time; compare variants instead",
    "conversation-relevance": "use llm-rubric", "search-rubric": "use llm-rubric",
    "agent-rubric": "use llm-rubric", "research-rubric": "use llm-rubric",
    "video-rubric": "only text is graded", "noise-sensitivity": "use llm-rubric",
    "citation-faithfulness": "use context-faithfulness", "human": "people grade in the grid",
    "skill-used": traces, "trajectory:tool-used": traces, "trajectory:tool-args-match": traces,
    "trajectory:tool-sequence": traces, "trajectory:step-count": traces,
    "trajectory:goal-success": traces, "trace-span-count": traces, "trace-span-duration": traces,
    "trace-error-spans": traces,
  ]

  private static let code = "code in a file is not run; make it a program (type: program)"
  private static let service = "it needs a service of its own; make it a program (type: program)"
  private static let markup = "markup is not read; use regex, or make it a program (type: program)"
  private static let tools = "what tools take is not looked at; make it a program (type: program)"
  private static let traces = "there are no traces; use tool-call-f1 for the tools that were called"
}
