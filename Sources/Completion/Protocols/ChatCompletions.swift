// OpenAI's chat completions as it is really spoken, by OpenAI and by the many that follow it: chunks
// to stream events.

import Core

struct ChatCompletions: Dialect {
  /// Why the answer ended, once a chunk has said it. It is no event until the stream ends or says
  /// `[DONE]`, because the count of tokens comes after it.
  private(set) var finishReason: FinishReason?
  var hasOutput = false
  private var toolCalls = ToolCallIndex()
  private var text = RepeatedText()
  private var thinking = RepeatedText()

  init() {}

  mutating func decode(_ chunk: JSON, into events: inout [StreamEvent]) {
    let choice = chunk["choices"]?.array?.first { ($0["index"]?.integer ?? 0) == 0 }
    // Usage comes in a chunk of its own, or grows in every chunk; `choices` may then be missing.
    if let usage = chunk["usage"] { append(usage: usage, to: &events) }
    if !hasOutput { decodeProgress(chunk, into: &events) }
    guard let choice else { return events.append(rate: Self.rate(in: chunk)) }
    if let delta = choice["delta"], delta.object != nil {
      decode(delta: delta, into: &events)
    } else if !hasOutput, let message = choice["message"] {
      decode(delta: message, into: &events)
    }
    if let logprobs = choice["logprobs"] { events.append(logprobs: logprobs["content"]) }
    switch choice["finish_reason"]?.string {
    case nil, "": break
    case "error":
      flush(into: &events)
      events.append(.failure("The server broke off and did not say why."))
    case let name? where Self.interruptions.contains(name):
      flush(into: &events)
      events.append(
        .truncation("The server broke the answer off (\(name)): run it again."))
    case let name?:
      // Groq and Moonshot have places of their own for the usage.
      for place in [chunk["x_groq"], choice] { append(usage: place?["usage"], to: &events) }
      events.append(rate: Self.rate(in: chunk))
      flush(into: &events)
      finishReason = Self.finishReason(name)
    }
  }

  mutating func flush(into events: inout [StreamEvent]) {
    events.append(thinking.finish(), as: StreamEvent.thinking)
    events.append(text.finish(), as: StreamEvent.text)
  }

  private func append(usage: JSON?, to events: inout [StreamEvent]) {
    if let usage = usage.flatMap(Usage.init(chatCompletions:)) { events.append(.usage(usage)) }
  }

  /// llama.cpp says how far the prompt is read, where it is asked to.
  private func decodeProgress(_ chunk: JSON, into events: inout [StreamEvent]) {
    if let progress = chunk["prompt_progress"], let total = progress["total"]?.tokenCount,
      let processed = progress["processed"]?.tokenCount
    {
      events.append(
        .progress(PromptProgress(processedTokens: min(processed, total), totalTokens: total)))
    }
  }

  /// llama.cpp's measurement of its rate, which comes with the last chunks.
  private static func rate(in chunk: JSON) -> Double? {
    chunk["timings"]?["predicted_per_second"]?.double
  }

  /// What vLLM and DeepSeek call an end that the model did not choose.
  private static let interruptions: Set = ["abort", "insufficient_system_resource"]

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
    if let piece = delta["reasoning_content"]?.string ?? delta["reasoning"]?.string {
      append(thinking: piece, to: &events)
    }
    switch delta["content"] {
    case .string(let piece): append(text: piece, to: &events)
    case .array(let parts): for part in parts { decode(part: part, into: &events) }
    default: break
    }
    append(delta["refusal"], as: StreamEvent.refusal, to: &events)
    for call in delta["tool_calls"]?.array ?? [] {
      hasOutput = true
      events.append(.toolCall(toolCalls.fragment(call)))
    }
  }

  /// A part of a content that is a list, as Mistral's models that think send it.
  private mutating func decode(part: JSON, into events: inout [StreamEvent]) {
    if let piece = part["text"]?.string { append(text: piece, to: &events) }
    for piece in part["thinking"]?.array ?? [] {
      append(thinking: piece["text"]?.string ?? "", to: &events)
    }
  }

  private mutating func append(text piece: String, to events: inout [StreamEvent]) {
    if piece.isEmpty { return }
    hasOutput = true
    events.append(text.new(in: piece), as: StreamEvent.text)
  }

  private mutating func append(thinking piece: String, to events: inout [StreamEvent]) {
    if piece.isEmpty { return }
    hasOutput = true
    events.append(thinking.new(in: piece), as: StreamEvent.thinking)
  }
}

extension Usage {
  /// The `usage` of a chunk, in the words of OpenAI, OpenRouter or DeepSeek; nil when it is none.
  fileprivate init?(chatCompletions json: JSON) {
    guard let input = json["prompt_tokens"]?.tokenCount,
      let output = json["completion_tokens"]?.tokenCount
    else { return nil }
    let ofInput = json["prompt_tokens_details"]
    // xAI and Gemini leave thinking out of the completion, and count and bill it in the total.
    let total = json["total_tokens"]?.tokenCount ?? 0
    self.init(
      inputTokens: input, outputTokens: max(output, total - input),
      cachedInputTokens: ofInput?["cached_tokens"]?.tokenCount
        ?? json["prompt_cache_hit_tokens"]?.tokenCount ?? 0,
      cacheWriteTokens: ofInput?["cache_write_tokens"]?.tokenCount ?? 0,
      reasoningTokens: json["completion_tokens_details"]?["reasoning_tokens"]?.tokenCount ?? 0)
  }
}
