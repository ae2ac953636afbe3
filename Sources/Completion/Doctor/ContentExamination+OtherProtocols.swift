// The events of OpenAI's Responses and of Anthropic's Messages, and the lines of Ollama's chat.

import Core

extension ContentExamination {
  // MARK: Responses

  mutating func takeResponsesEvent(_ event: JSON, _ sightings: inout Sightings) {
    let type = event["type"]?.string ?? event["object"]?.string ?? ""
    if lookForUnknown(in: event, besides: Self.responsesMembers, &sightings) {
      sightings.note(.unknownFields)
    }
    switch type {
    case "response.refusal.delta": sightings.note(.refusal)
    case "response.completed", "response.incomplete", "response.failed":
      takeResponse(event["response"] ?? .null, &sightings)
    case "response": takeResponse(event, &sightings)
    case _ where type.hasPrefix("response."): break
    default: sightings.note(.unknownEvents, type)
    }
    takeTimings(event, &sightings)
  }

  /// A response as it ended.
  private mutating func takeResponse(_ response: JSON, _ sightings: inout Sightings) {
    hasFinishReason = true
    hasEnded = true
    if let tokens = response["usage"]?["input_tokens"]?.tokenCount {
      count(inputTokens: tokens, &sightings)
    }
    if let error = response["error"], !error.isNull {
      hasFailed = true
      sightings.note(.errorInStream, ServerMessage(json: response)?.text, length: 300)
    }
    switch response["incomplete_details"]?["reason"]?.string {
    case nil: break
    case "content_filter": sightings.note(.contentFilter, "content_filter")
    case let reason?: sightings.note(.lengthLimit, reason)
    }
  }

  private static let responsesMembers: Set = [
    "type", "sequence_number", "response", "item", "item_id", "output_index", "content_index",
    "summary_index", "delta", "text", "part", "logprobs", "arguments", "name", "refusal",
    "annotation", "annotation_index", "timings", "error", "code", "message", "param",
    "id", "object", "created_at", "status", "model", "output", "usage", "incomplete_details",
  ]

  private mutating func takeTimings(_ event: JSON, _ sightings: inout Sightings) {
    guard let timings = event["timings"], !timings.isNull else { return }
    sightings.note(.timings)
    rate = timings["predicted_per_second"]?.double ?? rate
  }

  // MARK: Messages

  mutating func takeMessagesEvent(_ event: JSON, _ sightings: inout Sightings) {
    let type = event["type"]?.string ?? ""
    switch type {
    case "message_start": takeUsage(event["message"]?["usage"])
    case "message_delta":
      takeUsage(event["usage"])
      takeStopReason(event["delta"], &sightings)
    case "message":
      takeUsage(event["usage"])
      takeStopReason(event, &sightings)
      hasEnded = true
    case "message_stop": end(with: type, &sightings)
    case "content_block_start", "content_block_delta", "content_block_stop", "ping": break
    default: sightings.note(.unknownEvents, type)
    }
    takeTimings(event, &sightings)
  }

  /// Counts are cumulative, and those of the prompt parted by what the cache had of it.
  private mutating func takeUsage(_ usage: JSON?) {
    guard let usage, usage.object != nil else { return }
    usageCount = 1
    let counts = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"]
      .compactMap { usage[$0]?.tokenCount }
    if !counts.isEmpty { inputTokens = max(inputTokens ?? 0, counts.reduce(0, +)) }
  }

  private mutating func takeStopReason(_ message: JSON?, _ sightings: inout Sightings) {
    guard let reason = message?["stop_reason"]?.string else { return }
    hasFinishReason = true
    switch reason {
    case "max_tokens", "model_context_window_exceeded": sightings.note(.lengthLimit, reason)
    case "refusal": sightings.note(.refusal)
    default: break
    }
  }

  // MARK: Ollama

  mutating func takeOllamaLine(_ line: JSON, _ sightings: inout Sightings) {
    if lookForUnknown(in: line, besides: Self.ollamaMembers, &sightings) {
      sightings.note(.unknownFields)
    }
    if line["message"]?["thinking"]?.string?.isEmpty == false {
      sightings.note(.thinking, "thinking")
    }
    for call in line["message"]?["tool_calls"]?.array ?? [] {
      sightings.note(.toolCalls, call["function"]?["name"]?.string)
    }
    guard line["done"]?.bool == true else { return }
    hasFinishReason = true
    hasEnded = true
    if let tokens = line["prompt_eval_count"]?.tokenCount {
      count(inputTokens: tokens, &sightings)
    }
    if line["done_reason"]?.string == "length" { sightings.note(.lengthLimit, "length") }
  }

  private static let ollamaMembers: Set = [
    "model", "created_at", "message", "done", "done_reason", "total_duration", "load_duration",
    "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration", "error", "logprobs",
    "remote_model", "remote_host",
  ]
}
