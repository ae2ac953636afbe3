// Ollama's own chat: a JSON object a line to stream events
// (github.com/ollama/ollama/blob/main/docs/api.md).

import Core

struct OllamaChat: Dialect {
  private(set) var finishReason: FinishReason?
  var hasOutput = false
  private var toolCalls = ToolCallIndex()
  private var callCount = 0

  init() {}

  mutating func decode(_ line: JSON, into events: inout [StreamEvent]) {
    if let message = line["message"] {
      append(message["thinking"], as: StreamEvent.thinking, to: &events)
      append(message["content"], as: StreamEvent.text, to: &events)
      for call in message["tool_calls"]?.array ?? [] { append(call: call, to: &events) }
    }
    if let logprobs = line["logprobs"] { events.append(logprobs: logprobs) }
    guard line["done"]?.bool == true else { return }
    // A prompt that was cached went uncounted in older versions: what is missing is unknown, not 0.
    if let input = line["prompt_eval_count"]?.tokenCount,
      let output = line["eval_count"]?.tokenCount
    {
      events.append(.usage(Usage(inputTokens: input, outputTokens: output)))
    }
    if let count = line["eval_count"]?.double, let nanoseconds = line["eval_duration"]?.double {
      events.append(rate: count / nanoseconds * 1e9)
    }
    finishReason =
      line["done_reason"]?.string == "length" ? .length : callCount > 0 ? .toolCalls : .stop
    finish(into: &events)
  }

  /// Calls come whole, and in older versions without an id.
  private mutating func append(call: JSON, to events: inout [StreamEvent]) {
    hasOutput = true
    let function = call["function"]
    events.append(
      .toolCall(
        toolCalls.fragment(
          index: callCount, id: call["id"]?.string, name: function?["name"]?.string,
          arguments: ToolCallIndex.text(ofArguments: function?["arguments"]))))
    callCount += 1
  }
}
