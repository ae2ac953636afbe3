// A stream for an answer that was imported without one: written as a built-in model's is, so that
// it is replayed, shown and shared as any other. Where nobody knows any more when its pieces came, all
// of it comes at the answer's end.

/// The wire events of an answer, and what they come to.
struct ImportedStream {
  private(set) var events: [TimedWireEvent] = []
  private(set) var answer: Answer

  /// - Parameter textTimes: when pieces of the text came, in milliseconds; empty where that isn't known.
  init(_ imported: ImportedAnswer, textTimes: [Double] = []) {
    answer = Answer(estimatedInputTokens: TokenEstimate.tokens(in: imported.messages))
    // Thirty years, as long as session files take a run to last.
    let time = min(max(imported.duration ?? 0, 0), 1e12)
    func add(_ event: WireEvent, at time: Double) {
      events.append(TimedWireEvent(time: time, event: event))
    }
    func send(_ data: String, at time: Double) {
      add(.body(Array("data: \(data)\n\n".utf8)), at: time)
    }

    add(.head(status: 200, contentType: "text/event-stream"), at: 0)
    for (piece, time) in Self.pieces(of: imported, at: textTimes, or: time) {
      send(Self.chunk(delta: Self.delta(of: piece), finishReason: nil), at: time)
    }
    let end = Self.ending(of: imported)
    var last = JSON.object(["object": "chat.completion.chunk", "choices": []])
    if case .complete = end {
      last = Self.chunk(json: [:], finishReason: imported.finishReason.rawValue)
    }
    if case .object(var object) = last, let usage = imported.usage {
      object["usage"] = usage.chatCompletions
      last = .object(object)
    }
    if end == .complete || imported.usage != nil { send(last.text, at: time) }
    if end == .complete { send("[DONE]", at: time) }
    add(.end(end), at: time)
    let rounded = events.last?.time ?? time
    for event in Self.streamEvents(of: imported, end) { answer.apply(event, at: rounded) }
  }

  /// The answer cut at the times of its text, all else in the first piece; whole where there are none.
  private static func pieces(
    of imported: ImportedAnswer, at times: [Double], or end: Double
  ) -> [(ImportedAnswer, Double)] {
    guard imported.size > 0 else { return [] }
    let letters = Array(imported.text)
    let count = min(times.count, letters.count)
    guard count > 1 else { return [(imported, end)] }
    return (0..<count).map { place in
      var piece = imported
      if place > 0 {
        (piece.thinking, piece.refusal, piece.toolCalls) = ("", "", [])
      }
      piece.text = String(
        letters[place * letters.count / count..<(place + 1) * letters.count / count])
      return (piece, min(times[place * times.count / count], end))
    }
  }

  private static func ending(of imported: ImportedAnswer) -> WireEvent.Ending {
    if let error = imported.error { return .failed(error) }
    switch imported.finishReason {
    case .stop, .length, .toolCalls, .contentFilter: return .complete
    case .cancelled, .interrupted: return .cancelled
    case .truncated: return .failed("The answer was cut off.")
    case .error: return .failed("The other program doesn't say why.")
    }
  }

  /// What the decoder makes of the events.
  private static func streamEvents(
    of imported: ImportedAnswer, _ end: WireEvent.Ending
  ) -> [StreamEvent] {
    var events: [StreamEvent] = []
    if !imported.thinking.isEmpty { events.append(.thinking(imported.thinking)) }
    if !imported.text.isEmpty { events.append(.text(imported.text)) }
    if !imported.refusal.isEmpty { events.append(.refusal(imported.refusal)) }
    for (index, call) in imported.toolCalls.enumerated() {
      events.append(
        .toolCall(
          ToolCallFragment(
            index: index, id: call.id.isEmpty ? nil : call.id,
            name: call.name.isEmpty ? nil : call.name, arguments: call.arguments)))
    }
    if let usage = imported.usage { events.append(.usage(usage)) }
    switch end {
    case .complete: events.append(.finish(imported.finishReason))
    case .cancelled: events.append(.finish(.cancelled))
    case .failed(let sentence):
      events.append(imported.size > 0 ? .truncation(sentence) : .failure(sentence))
    }
    return events
  }

  private static func delta(of imported: ImportedAnswer) -> JSON {
    var delta = JSON.Object()
    if !imported.thinking.isEmpty { delta["reasoning_content"] = .string(imported.thinking) }
    if !imported.text.isEmpty { delta["content"] = .string(imported.text) }
    if !imported.refusal.isEmpty { delta["refusal"] = .string(imported.refusal) }
    if !imported.toolCalls.isEmpty {
      delta["tool_calls"] = .array(
        imported.toolCalls.enumerated().map { index, call in
          [
            "index": .integer(index), "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
          ]
        })
    }
    return .object(delta)
  }

  private static func chunk(delta: JSON, finishReason: String?) -> String {
    chunk(json: delta, finishReason: finishReason).text
  }

  private static func chunk(json delta: JSON, finishReason: String?) -> JSON {
    let choice: JSON = ["index": 0, "delta": delta, "finish_reason": JSON(finishReason)]
    return ["object": "chat.completion.chunk", "choices": [choice]]
  }
}

extension Usage {
  /// As the last chunk of a stream has it.
  fileprivate var chatCompletions: JSON {
    var object: JSON.Object = [
      "prompt_tokens": .integer(inputTokens), "completion_tokens": .integer(outputTokens),
    ]
    if cachedInputTokens > 0 || cacheWriteTokens > 0 {
      var details: JSON.Object = ["cached_tokens": .integer(cachedInputTokens)]
      if cacheWriteTokens > 0 { details["cache_write_tokens"] = .integer(cacheWriteTokens) }
      object["prompt_tokens_details"] = .object(details)
    }
    if reasoningTokens > 0 {
      object["completion_tokens_details"] = ["reasoning_tokens": .integer(reasoningTokens)]
    }
    return .object(object)
  }
}
