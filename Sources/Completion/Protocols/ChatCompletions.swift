// OpenAI's chat completions as it is really spoken, by OpenAI and by the many that follow it: chunks
// to stream events. It sees whole events only; framing, status and ending are StreamDecoder's.

import Core

struct ChatCompletions: Dialect {
  /// Why the answer ended, once a chunk has said it. It is no event until the stream ends or says
  /// `[DONE]`, because the count of tokens comes after it.
  private(set) var finishReason: FinishReason?
  /// Whether any part of the answer has come.
  private(set) var hasOutput = false
  private var toolCalls = ToolCallIndex()

  init() {}

  /// What one event of the stream says. Data that is no JSON says nothing: the stream goes on.
  mutating func decode(_ event: ServerSentEvent, into events: inout [StreamEvent]) {
    if event.data.elementsEqual(Self.done) { return finish(into: &events) }
    if let chunk = try? JSON(parsing: event.data) {
      decode(chunk, into: &events)
    } else {
      // Some servers forget the blank line between events, or before [DONE], and glue them.
      for line in event.data.split(separator: UInt8(ascii: "\n")) {
        decode(line: line, into: &events)
        if events.last?.endsAnswer == true { return }
      }
    }
  }

  /// What a body says that is a whole JSON document; false when it is no completion.
  mutating func decode(document: [UInt8], into events: inout [StreamEvent]) -> Bool {
    guard let json = try? JSON(parsing: document) else { return false }
    for chunk in json.array ?? [json] where events.last?.endsAnswer != true {
      decode(chunk, into: &events)
    }
    if hasOutput, finishReason == nil { finishReason = .stop }
    return finishReason != nil || events.last?.endsAnswer == true
  }

  private static let done = Array("[DONE]".utf8)

  private mutating func decode(line: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
    var line = line
    let isDone = line.suffix(Self.done.count).elementsEqual(Self.done)
    if isDone {
      line = line.dropLast(Self.done.count)
      let field = Array("data:".utf8)
      while line.last == UInt8(ascii: " ") { line = line.dropLast() }
      if line.suffix(field.count).elementsEqual(field) { line = line.dropLast(field.count) }
    }
    if let chunk = try? JSON(parsing: line) { decode(chunk, into: &events) }
    if isDone, events.last?.endsAnswer != true { finish(into: &events) }
  }

  private func finish(into events: inout [StreamEvent]) {
    events.append(.finish(finishReason ?? .stop))
  }

  private mutating func decode(_ chunk: JSON, into events: inout [StreamEvent]) {
    if let message = Self.error(in: chunk) {
      return events.append(.failure("The server broke off with an error: \(message)"))
    }
    // Usage comes in a chunk of its own, or grows in every chunk; `choices` may then be missing.
    if let usage = chunk["usage"], let input = usage["prompt_tokens"]?.tokenCount,
      let output = usage["completion_tokens"]?.tokenCount
    {
      events.append(.usage(Usage(inputTokens: input, outputTokens: output)))
    }
    guard let choice = chunk["choices"]?.array?.first(where: { ($0["index"]?.integer ?? 0) == 0 })
    else { return }
    if let delta = choice["delta"], delta.object != nil {
      decode(delta: delta, into: &events)
    } else if !hasOutput, let message = choice["message"] {
      decode(delta: message, into: &events)
    }
    switch choice["finish_reason"]?.string {
    case nil, "": break
    case "error": events.append(.failure("The server broke off and did not say why."))
    case let name?: finishReason = Self.finishReason(name)
    }
  }

  private static func error(in chunk: JSON) -> String? {
    let isError =
      chunk["error"].map { !$0.isNull } ?? (chunk["object"]?.string == "error")
    guard isError else { return nil }
    return ServerMessage(json: chunk)?.text ?? "it did not say which"
  }

  private static func finishReason(_ name: String) -> FinishReason {
    switch name {
    case "length", "max_tokens", "model_length": .length
    case "tool_calls", "function_call": .toolCalls
    case "content_filter": .contentFilter
    default: .stop
    }
  }

  private mutating func decode(delta: JSON, into events: inout [StreamEvent]) {
    // Two names for one thing; some servers send both.
    if let thinking = (delta["reasoning_content"]?.string ?? delta["reasoning"]?.string) {
      append(thinking, as: StreamEvent.thinking, to: &events)
    }
    if let text = delta["content"]?.string { append(text, as: StreamEvent.text, to: &events) }
    if let refusal = delta["refusal"]?.string {
      append(refusal, as: StreamEvent.refusal, to: &events)
    }
    for call in delta["tool_calls"]?.array ?? [] {
      hasOutput = true
      events.append(.toolCall(toolCalls.fragment(call)))
    }
  }

  /// Adds a piece, to the last event when that is of the same kind.
  private mutating func append(
    _ piece: String, as kind: (String) -> StreamEvent, to events: inout [StreamEvent]
  ) {
    if piece.isEmpty { return }
    hasOutput = true
    // The last event leaves the array first, so that its text grows in place.
    switch (kind(piece), events.popLast()) {
    case (.text, .text(var text)):
      text += piece
      events.append(.text(text))
    case (.thinking, .thinking(var text)):
      text += piece
      events.append(.thinking(text))
    case (.refusal, .refusal(var text)):
      text += piece
      events.append(.refusal(text))
    case (let event, let before):
      if let before { events.append(before) }
      events.append(event)
    }
  }
}
