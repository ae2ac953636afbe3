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

  public init(firstActivity: Double? = nil, firstText: Double? = nil, total: Double = 0) {
    self.firstActivity = firstActivity
    self.firstText = firstText
    self.total = total
  }
}

/// A run's answer so far, or as it ended.
public struct Answer: Hashable, Sendable {
  /// The visible answer.
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
  private var countedUsage: Usage?
  private var estimatedOutput = TokenEstimate()
  /// Tokens of the prompt, estimated; used until a server has counted.
  private var estimatedInput: Int

  /// - Parameter inputTokens: an estimate of the prompt's length in tokens.
  public init(estimatedInputTokens inputTokens: Int = 0) { estimatedInput = inputTokens }

  public var isFinished: Bool { finishReason != nil }

  /// The server's count, or an estimate that says so.
  public var usage: Usage {
    countedUsage
      ?? Usage(
        inputTokens: estimatedInput, outputTokens: estimatedOutput.tokens, isEstimated: true)
  }

  /// Output tokens a second from the first activity to the last; nil before there are any.
  public var tokensPerSecond: Double? {
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
    case .toolCall(let fragment):
      noteActivity(at: time)
      merge(fragment)
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
    estimatedInput = 0
  }

  private mutating func noteActivity(at time: Double) {
    if timing.firstActivity == nil { timing.firstActivity = time }
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

extension Answer {
  /// The members in which a finished run is printed by `whet run --json` and written to files.
  public var json: JSON.Object {
    [
      "output": .string(text),
      "thinking": .string(thinking),
      "refusal": refusal.isEmpty ? .null : .string(refusal),
      "tool_calls": .array(
        toolCalls.map {
          [
            "id": .string($0.id), "name": .string($0.name),
            "arguments": .string($0.arguments.isEmpty ? "{}" : $0.arguments),
          ]
        }),
      "finish_reason": JSON(finishReason?.rawValue),
      "error": JSON(error),
      "usage": [
        "input_tokens": .integer(usage.inputTokens),
        "output_tokens": .integer(usage.outputTokens), "estimated": .bool(usage.isEstimated),
      ],
      "timing": [
        "first_activity_ms": JSON(timing.firstActivity), "first_text_ms": JSON(timing.firstText),
        "total_ms": .number(timing.total),
      ],
    ]
  }

  /// The answer that such an object holds, what is missing left empty; nil when it isn't one.
  public init?(json: JSON) {
    guard case .object = json else { return nil }
    if let reason = json["finish_reason"], !reason.isNull {
      guard let known = reason.string.flatMap(FinishReason.init) else { return nil }
      finishReason = known
    }
    text = json["output"]?.string ?? ""
    thinking = json["thinking"]?.string ?? ""
    refusal = json["refusal"]?.string ?? ""
    toolCalls = (json["tool_calls"]?.array ?? []).map {
      ToolCall(
        id: $0["id"]?.string ?? "", name: $0["name"]?.string ?? "",
        arguments: $0["arguments"]?.string ?? "")
    }
    error = json["error"]?.string
    timing = Timing(
      firstActivity: json["timing"]?["first_activity_ms"]?.double,
      firstText: json["timing"]?["first_text_ms"]?.double,
      total: json["timing"]?["total_ms"]?.double ?? 0)
    estimatedInput = json["usage"]?["input_tokens"]?.tokenCount ?? 0
    estimatedOutput.add(text)
    estimatedOutput.add(thinking)
    let stated = Usage(
      inputTokens: estimatedInput, outputTokens: json["usage"]?["output_tokens"]?.tokenCount ?? 0,
      isEstimated: json["usage"]?["estimated"]?.bool ?? true)
    if stated != usage { count(stated) }
  }
}

extension JSON {
  /// A count of tokens from a file or a server: bounded, so that no sum of them can overflow.
  public var tokenCount: Int? { integer.map { min(max($0, 0), 1 << 40) } }
}
