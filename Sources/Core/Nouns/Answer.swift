// What a run has brought so far: the one place where a stream's events become an answer, for a
// column on the screen, a headless run and a replay alike.

/// A call of a tool that the model asks for.
public struct ToolCall: Hashable, Sendable {
  /// The server's name for the call; empty when it gave none.
  public var id: String
  public var name: String
  /// JSON text, as the model wrote it.
  public var arguments: String
}

/// When things happened, in milliseconds from the start of the run.
public struct Timing: Hashable, Sendable {
  /// The first token of any kind, thinking included.
  public var firstActivity: Double?
  /// The first visible text.
  public var firstText: Double?
  /// The last thing that happened; the end, once there is a finish reason.
  public var total: Double = 0
  /// When the last try began: what was waited before it is no time of the model's.
  public var attemptStart: Double = 0

  public init(
    firstActivity: Double? = nil, firstText: Double? = nil, total: Double = 0,
    attemptStart: Double = 0
  ) {
    self.firstActivity = firstActivity
    self.firstText = firstText
    self.total = total
    self.attemptStart = attemptStart
  }

  /// From the start of the last try to the first token of any kind, in milliseconds.
  public var timeToFirstActivity: Double? { firstActivity.map { max(0, $0 - attemptStart) } }
  /// From the start of the last try to the first visible text, in milliseconds.
  public var timeToFirstText: Double? { firstText.map { max(0, $0 - attemptStart) } }
}

/// A run's answer so far, or as it ended.
public struct Answer: Hashable, Sendable {
  /// The visible answer, with the beginning that it was given.
  public private(set) var text = ""
  /// The model's thinking, which is no part of `text`.
  public private(set) var thinking = ""
  public private(set) var refusal = ""
  /// By the indexes of their fragments; empty where one was left out.
  public private(set) var toolCalls: [ToolCall] = []
  /// Nil while the run goes on.
  public private(set) var finishReason: FinishReason?
  /// Why it failed, or how it was cut off, when it was.
  public private(set) var error: String?
  public private(set) var timing = Timing()
  /// Of the tokens of `text`, in order; empty unless they were asked for.
  public private(set) var logprobs: [TokenLogprob] = []
  /// How far the prompt is read; nil where the server doesn't say, and once the answer has begun.
  public private(set) var progress: PromptProgress?
  /// The last try that failed; nil once the next has brought anything.
  public private(set) var pendingRetry: Retry?
  /// The beginning of `text` that the model was given to go on from; empty for most answers.
  public private(set) var given = ""
  /// Tokens a second as the server measured them.
  private(set) var measuredRate: Double?
  private var countedUsage: Usage?
  /// The estimate of the output when the server counted last.
  private var estimatedWhenCounted = 0
  private var estimatedOutput: TokenEstimate
  /// Tokens of the prompt, estimated; used until a server has counted.
  private var estimatedInput: Int

  /// - Parameters:
  ///   - inputTokens: an estimate of the prompt's length in tokens.
  ///   - tokenRatio: how the model's server counts tokens, as far as that was learned.
  ///   - given: the beginning of the answer that the model goes on from; empty for none.
  public init(
    estimatedInputTokens inputTokens: Int = 0, tokenRatio: TokenRatio = TokenRatio(),
    given: String = ""
  ) {
    self.given = given
    text = given
    estimatedInput = inputTokens
    estimatedOutput = TokenEstimate(ratio: tokenRatio)
  }

  /// An answer that was written down.
  init(
    text: String, thinking: String, refusal: String, toolCalls: [ToolCall],
    finishReason: FinishReason?, error: String?, usage: Usage, timing: Timing,
    logprobs: [TokenLogprob], tokensPerSecond: Double?, given: String
  ) {
    self.text = text
    self.given = given
    self.thinking = thinking
    self.refusal = refusal
    self.toolCalls = toolCalls
    self.finishReason = finishReason
    self.error = error
    self.timing = timing
    self.logprobs = logprobs
    measuredRate = tokensPerSecond
    estimatedInput = usage.inputTokens
    estimatedOutput = TokenEstimate()
    let written = text.utf8.dropFirst(given.utf8.count)
    for part in [String(decoding: written, as: UTF8.self), thinking, refusal]
      + toolCalls.flatMap({ [$0.name, $0.arguments] })
    {
      estimatedOutput.add(part)
    }
    if usage != self.usage { count(usage) }
  }

  public var isFinished: Bool { finishReason != nil }

  /// Whether `tokensPerSecond` is neither measured nor counted by the server.
  public var isRateEstimated: Bool { measuredRate == nil && usage.isEstimated }

  /// The server's count, or an estimate that says so.
  public var usage: Usage {
    guard var usage = countedUsage else {
      return Usage(
        inputTokens: estimatedInput, outputTokens: estimatedOutput.tokens, isEstimated: true)
    }
    // Some servers count at the start, and again at an end that may never come: a count before more
    // than half of what has come says too little.
    if finishReason?.isSuccess != true, estimatedOutput.tokens / 2 > estimatedWhenCounted {
      usage.outputTokens = max(usage.outputTokens, estimatedOutput.tokens)
      usage.isEstimated = true
    }
    return usage
  }

  /// Output tokens a second: the server's own measurement, else from the first activity to the
  /// last; nil before there are any.
  public var tokensPerSecond: Double? {
    if let measuredRate { return measuredRate }
    guard let first = timing.firstActivity, timing.total > first, usage.outputTokens > 0 else {
      return nil
    }
    return Double(usage.outputTokens) / (timing.total - first) * 1000
  }

  /// Takes in what a stream said.
  ///
  /// - Parameter time: milliseconds since the run began.
  ///
  /// What comes after the end is dropped, but for usage, which servers send last.
  public mutating func apply(_ event: StreamEvent, at time: Double) {
    if case .usage(let usage) = event {
      count(usage)
      if !isFinished { timing.total = max(timing.total, time) }
      return
    }
    guard !isFinished else { return }
    timing.total = max(timing.total, time)
    switch event {
    case .text(let piece):
      noteActivity(at: time)
      if timing.firstText == nil { timing.firstText = time }
      text += piece
      estimatedOutput.add(piece)
    case .thinking(let piece):
      noteActivity(at: time)
      thinking += piece
      estimatedOutput.add(piece)
    case .refusal(let piece):
      noteActivity(at: time)
      refusal += piece
      estimatedOutput.add(piece)
    case .toolCall(let fragment):
      noteActivity(at: time)
      merge(fragment)
      estimatedOutput.add(fragment.name ?? "")
      estimatedOutput.add(fragment.arguments)
    case .logprobs(let tokens): logprobs += tokens
    case .progress(let progress):
      pendingRetry = nil
      if timing.firstActivity == nil { self.progress = progress }
    case .rate(let rate): if rate.isFinite, rate > 0 { measuredRate = rate }
    case .retry(let retry):
      pendingRetry = retry
      progress = nil
      timing.attemptStart = time + retry.delay
    case .usage: break
    case .finish(let reason): finishReason = reason
    case .truncation(let message):
      error = message
      finishReason = .truncated
    case .failure(let message):
      error = message
      finishReason = .error
    }
  }

  /// Ends a run that ends from outside: a cancel, a cut connection, a crash.
  public mutating func end(_ reason: FinishReason, error: String? = nil, at time: Double) {
    guard !isFinished else { return }
    timing.total = max(timing.total, time)
    finishReason = reason
    self.error = error
  }

  /// What has been counted needs no estimate.
  private mutating func count(_ usage: Usage) {
    countedUsage = usage
    estimatedWhenCounted = estimatedOutput.tokens
    estimatedInput = 0
  }

  private mutating func noteActivity(at time: Double) {
    guard timing.firstActivity == nil else { return }
    timing.firstActivity = time
    progress = nil
    pendingRetry = nil
  }

  private mutating func merge(_ fragment: ToolCallFragment) {
    // An index comes from the server: it must not make a list of any length.
    let index = min(max(fragment.index, 0), 127)
    while toolCalls.count <= index {
      toolCalls.append(ToolCall(id: "", name: "", arguments: ""))
    }
    if let id = fragment.id { toolCalls[index].id = id }
    if let name = fragment.name { toolCalls[index].name += name }
    toolCalls[index].arguments += fragment.arguments
  }
}
