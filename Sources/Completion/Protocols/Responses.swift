// OpenAI's Responses: its named events, and the response that they build, to stream events
// (platform.openai.com/docs/api-reference/responses-streaming).

import Core

struct Responses: Dialect {
  private(set) var finishReason: FinishReason?
  var hasOutput = false
  private var toolCalls = ToolCallIndex()
  /// The indexes of the function calls by the names of their items.
  private var calls: [String: Int] = [:]
  /// The names of the items of which pieces have come, so that they are not taken again whole.
  private var streamedItems: Set<String> = []
  /// The event by which thinking comes: of its text and a summary of it only one is shown.
  private var thinkingType: String?

  init() {}

  mutating func decode(_ event: JSON, into events: inout [StreamEvent]) {
    switch event["type"]?.string ?? event["object"]?.string {
    case "response.output_text.delta":
      append(event["delta"], of: event, as: StreamEvent.text, to: &events)
      events.append(logprobs: event["logprobs"])
    case "response.refusal.delta":
      append(event["delta"], of: event, as: StreamEvent.refusal, to: &events)
    case "response.reasoning_text.delta", "response.reasoning_summary_text.delta":
      appendThinking(event, to: &events)
    case "response.reasoning_summary_part.added":
      let isFirst = (event["summary_index"]?.integer ?? 0) == 0
      if !isFirst, thinkingType == "response.reasoning_summary_text.delta" {
        events.append("\n\n", as: StreamEvent.thinking)
      }
    case "response.function_call_arguments.delta":
      appendCall(event, arguments: event["delta"]?.string ?? "", to: &events)
    case "response.output_item.added":
      if let item = event["item"], item["type"]?.string == "function_call" {
        appendCall(event, arguments: item["arguments"]?.string ?? "", to: &events)
      }
    case "response.output_item.done":
      if let item = event["item"] { decode(item: item, of: event, into: &events) }
    case "response.completed": end(event, status: "completed", into: &events)
    case "response.incomplete": end(event, status: "incomplete", into: &events)
    case "response.failed": end(event, status: "failed", into: &events)
    case "response":
      decode(response: event, status: event["status"]?.string ?? "completed", into: &events)
    default: break
    }
  }

  private mutating func end(_ event: JSON, status: String, into events: inout [StreamEvent]) {
    events.append(rate: event["timings"]?["predicted_per_second"]?.double)
    decode(response: event["response"] ?? .null, status: status, into: &events)
  }

  /// A response as it ended, or a whole one that was not streamed.
  private mutating func decode(
    response: JSON, status: String, into events: inout [StreamEvent]
  ) {
    if !hasOutput {
      for (place, item) in (response["output"]?.array ?? []).enumerated() {
        decode(item: item, of: ["output_index": .integer(place)], into: &events)
      }
    }
    if let usage = response["usage"].flatMap(Usage.init(responses:)) {
      events.append(.usage(usage))
    }
    switch status {
    case "completed": finishReason = toolCalls.isEmpty ? .stop : .toolCalls
    case "incomplete":
      let reason = response["incomplete_details"]?["reason"]?.string
      finishReason = reason == "content_filter" ? .contentFilter : .length
    case "failed", "cancelled":
      let words = ServerMessage.ofError(response) ?? "it did not say why"
      return events.append(.failure("The server broke off with an error: \(words)"))
    default: return
    }
    finish(into: &events)
  }

  /// A whole item: what of it has not come in pieces.
  private mutating func decode(item: JSON, of event: JSON, into events: inout [StreamEvent]) {
    if item["type"]?.string == "function_call" {
      return appendCall(
        event, item: item, arguments: item["arguments"]?.string ?? "", isWhole: true, to: &events)
    }
    guard !streamedItems.contains(Self.name(of: event, item: item)) else { return }
    let parts = (item["content"]?.array ?? []) + (item["summary"]?.array ?? [])
    for part in parts {
      switch part["type"]?.string {
      case "output_text":
        append(part["text"], of: event, as: StreamEvent.text, to: &events)
        events.append(logprobs: part["logprobs"])
      case "refusal": append(part["refusal"], of: event, as: StreamEvent.refusal, to: &events)
      case "reasoning_text", "summary_text":
        append(part["text"], of: event, as: StreamEvent.thinking, to: &events)
      default: break
      }
    }
  }

  private mutating func append(
    _ piece: JSON?, of event: JSON, as kind: (String) -> StreamEvent,
    to events: inout [StreamEvent]
  ) {
    guard piece?.string?.isEmpty == false else { return }
    streamedItems.insert(Self.name(of: event))
    append(piece, as: kind, to: &events)
  }

  private mutating func appendThinking(_ event: JSON, to events: inout [StreamEvent]) {
    let type = event["type"]?.string
    thinkingType = thinkingType ?? type
    if type == thinkingType {
      append(event["delta"], of: event, as: StreamEvent.thinking, to: &events)
    }
  }

  private mutating func appendCall(
    _ event: JSON, item: JSON? = nil, arguments: String, isWhole: Bool = false,
    to events: inout [StreamEvent]
  ) {
    hasOutput = true
    let item = item ?? event["item"]
    let name = Self.name(of: event, item: item)
    let index = calls[name] ?? calls.count
    calls[name] = index
    let fragment = toolCalls.fragment(
      index: index, id: item?["call_id"]?.string, name: item?["name"]?.string,
      arguments: arguments, isWhole: isWhole)
    if fragment != ToolCallFragment(index: fragment.index) { events.append(.toolCall(fragment)) }
  }

  /// What tells an item from others: its place in the output, or its id where a server leaves the
  /// place out. Not the other way round, because there are proxies that change the ids.
  private static func name(of event: JSON, item: JSON? = nil) -> String {
    event["output_index"]?.integer.map { "\($0)" } ?? event["item_id"]?.string
      ?? (item ?? event["item"])?["id"]?.string ?? ""
  }
}

extension Usage {
  /// The `usage` of a response; nil when it is none.
  fileprivate init?(responses json: JSON) {
    guard let input = json["input_tokens"]?.tokenCount,
      let output = json["output_tokens"]?.tokenCount
    else { return nil }
    let ofInput = json["input_tokens_details"]
    self.init(
      inputTokens: input, outputTokens: output,
      cachedInputTokens: ofInput?["cached_tokens"]?.tokenCount ?? 0,
      cacheWriteTokens: ofInput?["cache_write_tokens"]?.tokenCount ?? 0,
      reasoningTokens: json["output_tokens_details"]?["reasoning_tokens"]?.tokenCount ?? 0)
  }
}
