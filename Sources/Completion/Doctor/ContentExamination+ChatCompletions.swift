// The chunks of OpenAI's chat completions, as the many write them that follow it.

import Core

extension ContentExamination {
  mutating func takeChunk(_ chunk: JSON, _ sightings: inout Sightings) {
    let choices = chunk["choices"]?.array
    let hasUsage = takeUsage(of: chunk, &sightings)
    let hasFilterResults =
      chunk["prompt_filter_results"] != nil
      || (choices ?? []).contains { $0["content_filter_results"] != nil }
    if hasFilterResults { sightings.note(.filterResults) }
    let hasProgress = takeProgress(chunk, &sightings)
    if choices?.isEmpty == true, !hasUsage, !hasFilterResults, !hasProgress {
      sightings.note(.emptyChoices)
    }
    var hasUnknown = lookForUnknown(in: chunk, besides: Self.chunkMembers, &sightings)
    for choice in choices ?? [] {
      if takeChoice(choice, isProgress: hasProgress, &sightings) { hasUnknown = true }
    }
    if hasUnknown { sightings.note(.unknownFields) }
    if asksForWindow, chunk["system_fingerprint"]?.string == "fp_ollama" {
      sightings.note(.windowIgnored)
    }
  }

  /// Whether there is any, in the place that OpenAI has for it or in another.
  private mutating func takeUsage(of chunk: JSON, _ sightings: inout Sightings) -> Bool {
    let places = [
      ("", chunk["usage"]), ("x_groq", chunk["x_groq"]?["usage"]),
      ("choices[0].usage", chunk["choices"]?[0]?["usage"]),
    ]
    for (place, usage) in places {
      guard let tokens = usage?["prompt_tokens"]?.tokenCount else { continue }
      count(inputTokens: tokens, &sightings)
      if !place.isEmpty { sightings.note(.usageElsewhere, place) }
      if chunk["choices"]?.array == nil { sightings.note(.usageWithoutChoices) }
      return true
    }
    return false
  }

  /// llama.cpp's own members; whether there are any.
  private mutating func takeProgress(_ chunk: JSON, _ sightings: inout Sightings) -> Bool {
    if let progress = chunk["prompt_progress"], !progress.isNull {
      sightings.note(.promptProgress)
      return true
    }
    guard let timings = chunk["timings"], !timings.isNull else { return false }
    sightings.note(.timings)
    rate = timings["predicted_per_second"]?.double ?? rate
    return true
  }

  /// Whether it has members that nothing here reads.
  private mutating func takeChoice(
    _ choice: JSON, isProgress: Bool, _ sightings: inout Sightings
  ) -> Bool {
    var hasUnknown = lookForUnknown(in: choice, besides: Self.choiceMembers, &sightings)
    takeFinishReason(choice["finish_reason"]?.string, &sightings)
    let message = choice["message"].flatMap { $0.isNull ? nil : $0 }
    if message != nil, hasOutput || choice["delta"]?.object != nil {
      sightings.note(.wholeMessage)
    }
    if let delta = choice["delta"], delta.object != nil {
      let isEmpty = !takeDelta(delta, &sightings)
      let isNothing = isEmpty && choice["finish_reason"]?.string == nil && !isProgress
      // A role alone is how streams begin.
      if isNothing, hasBegun { sightings.note(.emptyDelta) }
      if !isProgress { hasBegun = true }
      if lookForUnknown(in: delta, besides: Self.deltaMembers, &sightings) { hasUnknown = true }
    } else if let message {
      if !hasOutput { _ = takeDelta(message, &sightings) }
    } else if choice["finish_reason"]?.string == nil {
      sightings.note(.choiceWithoutDelta)
    }
    return hasUnknown
  }

  private mutating func takeFinishReason(_ reason: String?, _ sightings: inout Sightings) {
    guard let reason else { return }
    switch reason {
    case "":
      sightings.note(.emptyFinishReason)
      return
    case "error":
      hasFailed = true
      sightings.note(.errorInStream, "finish_reason: error")
    case "length", "max_tokens", "model_length": sightings.note(.lengthLimit, reason)
    case "content_filter": sightings.note(.contentFilter, reason)
    case "abort", "insufficient_system_resource": sightings.note(.brokenOff, reason)
    default: break
    }
    hasFinishReason = true
  }

  /// Whether it holds anything.
  private mutating func takeDelta(_ delta: JSON, _ sightings: inout Sightings) -> Bool {
    let names = ["reasoning_content", "reasoning"].filter { delta[$0]?.string?.isEmpty == false }
    if !names.isEmpty {
      thinking.take(delta[names[0]]?.string ?? "", &sightings)
      sightings.note(.thinking, names.first)
      if names.count > 1 { sightings.note(.thinkingTwice) }
    }
    let piece = delta["content"]?.string ?? ""
    text.take(piece, &sightings)
    let parts = delta["content"]?.array ?? []
    for part in parts where part["thinking"] != nil {
      sightings.note(.thinking, "parts of content")
    }
    let hasRefusal = delta["refusal"]?.string?.isEmpty == false
    if hasRefusal { sightings.note(.refusal) }
    let calls = delta["tool_calls"]?.array ?? []
    for call in calls { toolCalls.take(call, &sightings) }
    let hasContent =
      !names.isEmpty || !piece.isEmpty || !parts.isEmpty || hasRefusal || !calls.isEmpty
    if hasContent { hasOutput = true }
    return hasContent
  }

  private static let chunkMembers: Set = [
    "id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier",
    "error", "prompt_filter_results", "timings", "prompt_progress", "x_groq",
  ]
  private static let choiceMembers: Set = [
    "index", "delta", "message", "finish_reason", "logprobs", "content_filter_results",
    "usage",
  ]
  private static let deltaMembers: Set = [
    "role", "content", "refusal", "tool_calls", "reasoning_content", "reasoning",
  ]
}
