// An answer as JSON: what `whet run --json` prints, and what is written to files.

extension Answer {
  /// The members in which a finished run is printed by `whet run --json` and written to files.
  public var json: JSON.Object {
    var object: JSON.Object = [
      "output": .string(text),
      "thinking": .string(thinking),
      "refusal": refusal.isEmpty ? .null : .string(refusal),
      "tool_calls": .array(toolCalls.map(\.json)),
      "finish_reason": JSON(finishReason?.rawValue),
      "error": JSON(error),
      "usage": usage.json,
      "timing": timing.json,
    ]
    if let measuredRate { object["tokens_per_second"] = .number(measuredRate) }
    if !given.isEmpty { object["given"] = .string(given) }
    if !logprobs.isEmpty { object["logprobs"] = .array(logprobs.map(\.json)) }
    return object
  }

  /// The answer that such an object holds, what is missing left empty; nil when it isn't one.
  public init?(json: JSON) {
    guard case .object = json else { return nil }
    var reason: FinishReason?
    if let name = json["finish_reason"], !name.isNull {
      guard let known = name.string.flatMap(FinishReason.init) else { return nil }
      reason = known
    }
    let text = json["output"]?.string ?? ""
    let given = json["given"]?.string ?? ""
    self.init(
      text: text, thinking: json["thinking"]?.string ?? "",
      refusal: json["refusal"]?.string ?? "",
      toolCalls: (json["tool_calls"]?.array ?? []).map(ToolCall.init),
      finishReason: reason, error: json["error"]?.string,
      usage: Usage(json: json["usage"] ?? .null), timing: Timing(json: json["timing"] ?? .null),
      logprobs: (json["logprobs"]?.array ?? []).compactMap(TokenLogprob.init),
      tokensPerSecond: json["tokens_per_second"]?.double,
      given: text.utf8.starts(with: given.utf8) ? given : "")
  }
}

extension ToolCall {
  fileprivate var json: JSON {
    [
      "id": .string(id), "name": .string(name),
      "arguments": .string(arguments.isEmpty ? "{}" : arguments),
    ]
  }

  fileprivate init(json: JSON) {
    self.init(
      id: json["id"]?.string ?? "", name: json["name"]?.string ?? "",
      arguments: json["arguments"]?.string ?? "")
  }
}

extension Timing {
  fileprivate var json: JSON {
    var object: JSON.Object = [
      "first_activity_ms": JSON(firstActivity), "first_text_ms": JSON(firstText),
      "total_ms": .number(total),
    ]
    if attemptStart > 0 { object["attempt_start_ms"] = .number(attemptStart) }
    return .object(object)
  }

  fileprivate init(json: JSON) {
    self.init(
      firstActivity: json["first_activity_ms"]?.double, firstText: json["first_text_ms"]?.double,
      total: json["total_ms"]?.double ?? 0, attemptStart: json["attempt_start_ms"]?.double ?? 0)
  }
}

extension TokenLogprob {
  fileprivate var json: JSON {
    var object: JSON.Object = ["token": .string(token)]
    if let bytes { object["bytes"] = .array(bytes.map { .integer(Int($0)) }) }
    object["logprob"] = .number(logprob)
    object["top"] = .array(top.map(\.json))
    return .object(object)
  }

  fileprivate init?(json: JSON) {
    guard let chosen = Candidate(json: json) else { return nil }
    self.init(
      token: chosen.token, bytes: json["bytes"]?.bytes, logprob: chosen.logprob,
      top: (json["top"]?.array ?? []).compactMap(Candidate.init))
  }
}
