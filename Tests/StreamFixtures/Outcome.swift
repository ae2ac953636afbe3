// What a stream comes to, compared as one value; and the ways to feed it.

import Completion
import Core

public struct Outcome: Equatable, Sendable {
  public var text = ""
  public var thinking = ""
  public var refusal = ""
  public var toolCalls: [[String]] = []
  public var finishReason: FinishReason?
  public var error: String?
  /// Input and output tokens as the server counted them; nil when it did not.
  public var usage: [Int]?
  /// Cached, cache-written and reasoning tokens; nil when there are none.
  public var usageDetails: [Int]?
  public var logprobs: [TokenLogprob] = []
  /// Tokens a second as the server measured them.
  public var rate: Double?

  public init(
    text: String = "", thinking: String = "", refusal: String = "", toolCalls: [[String]] = [],
    finishReason: FinishReason? = nil, error: String? = nil, usage: [Int]? = nil,
    usageDetails: [Int]? = nil, logprobs: [TokenLogprob] = [], rate: Double? = nil
  ) {
    self.text = text
    self.thinking = thinking
    self.refusal = refusal
    self.toolCalls = toolCalls
    self.finishReason = finishReason
    self.error = error
    self.usage = usage
    self.usageDetails = usageDetails
    self.logprobs = logprobs
    self.rate = rate
  }
}

extension Outcome {
  /// Decodes what went over the wire for one run.
  public init(
    events: [WireEvent], ending: WireEvent.Ending = .complete, key: KeyUse = .unnamed
  ) {
    var decoder = StreamDecoder(key: key)
    var answer = Answer()
    for wire in events + [.end(ending)] {
      for event in decoder.decode(wire) { answer.apply(event, at: 0) }
    }
    self.init(answer)
  }

  /// Decodes the bodies as one stream.
  public init(
    wire: WireProtocol = .chatCompletions, status: Int = 200,
    contentType: String = "text/event-stream", bodies: some Sequence<[UInt8]>,
    ending: WireEvent.Ending = .complete, key: KeyUse = .unnamed
  ) {
    let head: [WireEvent] = [
      .request(.test(wire)),
      .head(status: status, contentType: contentType),
    ]
    self.init(events: head + bodies.map(WireEvent.body), ending: ending, key: key)
  }

  public init(_ answer: Answer) {
    self.init()
    text = answer.text
    thinking = answer.thinking
    refusal = answer.refusal
    toolCalls = answer.toolCalls.map { [$0.id, $0.name, $0.arguments] }
    finishReason = answer.finishReason
    error = answer.error
    logprobs = answer.logprobs
    rate = answer.json["tokens_per_second"]?.double
    guard !answer.usage.isEstimated else { return }
    usage = [answer.usage.inputTokens, answer.usage.outputTokens]
    let details = [
      answer.usage.cachedInputTokens, answer.usage.cacheWriteTokens, answer.usage.reasoningTokens,
    ]
    if details != [0, 0, 0] { usageDetails = details }
  }
}

/// One event of a chat completions stream with this delta.
public func chunk(_ delta: String, finish: String? = nil) -> String {
  let reason = finish.map { "\"\($0)\"" } ?? "null"
  return "data: {\"choices\":[{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(reason)}]}\n\n"
}

public func textChunk(_ text: String) -> String { chunk("{\"content\":\(JSON.string(text).text)}") }

public let done = "data: [DONE]\n\n"
