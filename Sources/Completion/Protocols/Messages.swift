// Anthropic's Messages: content blocks and their deltas to stream events
// (platform.claude.com/docs/en/build-with-claude/streaming).

import Core

struct Messages: Dialect {
  private(set) var finishReason: FinishReason?
  var hasOutput = false
  private var toolCalls = ToolCallIndex()
  /// What the tool calls under way held at their start, by the numbers of their blocks: blocks of
  /// tools that run on the server are none of ours.
  private var toolInputs: [Int: String] = [:]
  /// Of the prompt, those tokens that the server neither took from its cache nor put there.
  private var freshTokens = 0
  private var usage = Usage(inputTokens: 0, outputTokens: 0)

  init() {}

  mutating func decode(_ event: JSON, into events: inout [StreamEvent]) {
    let block = event["index"]?.integer ?? 0
    switch event["type"]?.string {
    case "content_block_delta":
      if let delta = event["delta"] { decode(delta: delta, of: block, into: &events) }
    case "content_block_start":
      if let content = event["content_block"] { start(block, with: content, into: &events) }
    case "content_block_stop": stop(block, into: &events)
    case "message_start":
      // The output that is counted here has not come yet, so that the count is no news so far.
      if let usage = event["message"]?["usage"] { count(usage) }
    case "message_delta":
      if let usage = event["usage"] {
        count(usage)
        events.append(.usage(self.usage))
      }
      if let delta = event["delta"] { end(delta, into: &events) }
    case "message_stop": finish(into: &events)
    case "message": decode(message: event, into: &events)
    default: break
    }
  }

  /// A whole message that was not streamed.
  private mutating func decode(message: JSON, into events: inout [StreamEvent]) {
    for (block, content) in (message["content"]?.array ?? []).enumerated() {
      start(block, with: content, into: &events)
      stop(block, into: &events)
    }
    if let usage = message["usage"] {
      count(usage)
      events.append(.usage(self.usage))
    }
    end(message, into: &events)
  }

  private mutating func start(
    _ block: Int, with content: JSON, into events: inout [StreamEvent]
  ) {
    switch content["type"]?.string {
    case "text": append(content["text"], as: StreamEvent.text, to: &events)
    case "thinking": append(content["thinking"], as: StreamEvent.thinking, to: &events)
    case "tool_use":
      hasOutput = true
      let input = ToolCallIndex.text(ofArguments: content["input"])
      toolInputs[block] = input == "{}" ? "" : input
      events.append(
        .toolCall(
          toolCalls.fragment(
            index: block, id: content["id"]?.string, name: content["name"]?.string)))
    default: break
    }
  }

  private mutating func decode(
    delta: JSON, of block: Int, into events: inout [StreamEvent]
  ) {
    switch delta["type"]?.string {
    case "text_delta": append(delta["text"], as: StreamEvent.text, to: &events)
    case "thinking_delta": append(delta["thinking"], as: StreamEvent.thinking, to: &events)
    case "input_json_delta":
      guard toolInputs[block] != nil, let piece = delta["partial_json"]?.string, !piece.isEmpty
      else { return }
      events.append(.toolCall(toolCalls.fragment(index: block, arguments: piece)))
    default: break
    }
  }

  /// Gives the input that a call had at its start, unless it came in pieces after all.
  private mutating func stop(_ block: Int, into events: inout [StreamEvent]) {
    guard let input = toolInputs[block], !input.isEmpty else { return }
    let fragment = toolCalls.fragment(index: block, arguments: input, isWhole: true)
    if !fragment.arguments.isEmpty { events.append(.toolCall(fragment)) }
  }

  /// Why the message ends, if it says so.
  private mutating func end(_ message: JSON, into events: inout [StreamEvent]) {
    switch message["stop_reason"]?.string {
    case nil: break
    case "max_tokens", "model_context_window_exceeded": finishReason = .length
    case "tool_use": finishReason = .toolCalls
    case "refusal":
      append(message["stop_details"]?["explanation"], as: StreamEvent.refusal, to: &events)
      finishReason = .contentFilter
    case "pause_turn":
      events.append(
        .truncation(
          "The server paused a long turn (pause_turn), so that the answer is not finished."))
    default: finishReason = .stop
    }
  }

  /// Takes in counts, which are cumulative; those that are missing stay as they were.
  private mutating func count(_ json: JSON) {
    freshTokens = json["input_tokens"]?.tokenCount ?? freshTokens
    usage.cachedInputTokens =
      json["cache_read_input_tokens"]?.tokenCount ?? usage.cachedInputTokens
    usage.cacheWriteTokens =
      json["cache_creation_input_tokens"]?.tokenCount ?? usage.cacheWriteTokens
    usage.outputTokens = json["output_tokens"]?.tokenCount ?? usage.outputTokens
    usage.reasoningTokens =
      json["output_tokens_details"]?["thinking_tokens"]?.tokenCount ?? usage.reasoningTokens
    usage.inputTokens = freshTokens + usage.cachedInputTokens + usage.cacheWriteTokens
  }
}
