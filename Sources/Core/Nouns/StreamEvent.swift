// What a stream of any protocol says, in the same few words.

/// One thing that a stream says of its answer.
public enum StreamEvent: Hashable, Sendable {
  /// The next piece of the visible answer.
  case text(String)
  /// The next piece of the model's thinking.
  case thinking(String)
  /// The next piece of a refusal, which is shown as one.
  case refusal(String)
  case toolCall(ToolCallFragment)
  /// The probabilities of the next tokens of the text.
  case logprobs([TokenLogprob])
  /// How much of the prompt the model has read.
  case progress(PromptProgress)
  /// The server's own measurement of the rate of its output, in tokens a second; each replaces the
  /// one before.
  case rate(Double)
  /// A try failed, and another follows after a wait.
  case retry(Retry)
  /// The server's count so far; each replaces the one before.
  case usage(Usage)
  case finish(FinishReason)
  /// The stream ended before the answer did, with a sentence that says how; the text so far is kept.
  case truncation(String)
  /// The run failed, with a sentence a person can act on; the text so far is kept.
  case failure(String)
}

extension StreamEvent {
  /// Whether nothing but a count of tokens can follow.
  public var endsAnswer: Bool {
    switch self {
    case .finish, .truncation, .failure: true
    case .text, .thinking, .refusal, .toolCall, .logprobs, .progress, .rate, .retry, .usage: false
    }
  }
}

/// How far a model has read a prompt, before the first token of its answer.
public struct PromptProgress: Hashable, Sendable {
  /// Tokens read so far, those from a cache included.
  public var processedTokens: Int
  public var totalTokens: Int

  public init(processedTokens: Int, totalTokens: Int) {
    self.processedTokens = processedTokens
    self.totalTokens = totalTokens
  }
}

/// A piece of a tool call; pieces of one call share their index.
public struct ToolCallFragment: Hashable, Sendable {
  /// The place of the call among those of the answer, from 0.
  public var index: Int
  /// Comes with the first piece, as a rule; nil in the others.
  public var id: String?
  /// The next piece of the tool's name; nil when there is none.
  public var name: String?
  /// The next piece of the arguments' JSON text.
  public var arguments: String

  public init(index: Int, id: String? = nil, name: String? = nil, arguments: String = "") {
    self.index = index
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

/// Why a run ended.
public enum FinishReason: String, Hashable, Sendable, CaseIterable {
  case stop
  /// Cut off at the token limit.
  case length
  case toolCalls = "tool_calls"
  case contentFilter = "content_filter"
  /// The connection ended before the answer did.
  case truncated
  case cancelled
  case error
  /// whet itself ended while the run streamed; said of a run that is found again.
  case interrupted

  /// For a reader: `tool calls`.
  public var words: String { String(rawValue.map { $0 == "_" ? " " : $0 }) }

  /// Whether the run gave what it was asked for, or what a person chose.
  public var isSuccess: Bool {
    switch self {
    case .stop, .length, .toolCalls, .contentFilter: true
    case .truncated, .cancelled, .error, .interrupted: false
    }
  }
}
