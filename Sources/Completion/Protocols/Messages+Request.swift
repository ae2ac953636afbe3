// What is asked of a server that speaks Anthropic's Messages
// (platform.claude.com/docs/en/api/messages).

import Core

extension Messages {
  static let path = "/messages"
  static let keyField = HTTPField(name: "x-api-key")
  static let fields = [HTTPField(name: "anthropic-version", value: "2023-06-01")]

  /// Tokens of the answer at most where neither the request nor the model's profile says: the
  /// protocol wants a number.
  private static let usualMaximumTokens = 4096

  static func body(
    of request: CompletionRequest, profile: ModelProfile, asksForUsage: Bool
  ) -> JSON.Object {
    var body: JSON.Object = ["model": .string(request.model.model)]
    let system = request.messages.filter { $0.role == .system }
    if !system.isEmpty {
      body["system"] = .string(system.map(\.text).joined(separator: "\n\n"))
    }
    body["messages"] = .array(request.messages.filter { $0.role != .system }.map(turn))
    var parameters = request.parameters
    parameters.maxTokens =
      parameters.maxTokens ?? profile.maxOutputTokens ?? usualMaximumTokens
    body.members += profile.named(options(of: parameters, to: request.model.model)).members
    body["stream"] = true
    return body
  }

  /// A message that says the result of a tool names no call, so that it is the user's.
  private static func turn(_ message: Message) -> JSON {
    let content = message.content(
      text: { ["type": "text", "text": .string($0)] },
      media: { ["type": .string($0.isDocument ? "document" : "image"), "source": source($0)] })
    return ["role": message.role == .assistant ? "assistant" : "user", "content": content]
  }

  private static func source(_ media: MediaSource) -> JSON {
    switch media {
    case .address(let url): ["type": "url", "url": .string(url)]
    case .bytes(let type, let base64):
      ["type": "base64", "media_type": .string(type), "data": .string(base64)]
    }
  }

  private static func options(of parameters: Parameters, to model: String) -> JSON.Object {
    var options = JSON.Object()
    options.set("max_tokens", parameters.maxTokens)
    options.set("temperature", parameters.temperature)
    options.set("top_p", parameters.topP)
    options.set("top_k", parameters.topK)
    options.set("stop_sequences", parameters.stop)
    var output = JSON.Object()
    switch parameters.reasoningEffort {
    case nil: break
    case "none", "off": options["thinking"] = ["type": "disabled"]
    case let effort? where budgetedModels.contains(where: model.contains):
      options["thinking"] = [
        "type": "enabled",
        "budget_tokens": .integer(
          thinkingBudget(effort: effort, of: parameters.maxTokens ?? usualMaximumTokens)),
      ]
    case let effort?:
      options["thinking"] = ["type": "adaptive", "display": "summarized"]
      if effort != "on" { output["effort"] = .string(effort) }
    }
    if let schema = parameters.responseSchema.map(AnswerSchema.init), !schema.isAnyJSON {
      output["format"] = ["type": "json_schema", "schema": schema.schema]
    }
    if !output.members.isEmpty { options["output_config"] = .object(output) }
    if !parameters.tools.isEmpty {
      options["tools"] = .array(
        parameters.tools.map { ToolDefinition($0)?.withInputSchema ?? $0 })
    }
    return options
  }

  /// The models before 4.6, most of which know no effort: they think within a budget of tokens that
  /// is part of the answer's (platform.claude.com, "Adaptive thinking" and "Effort").
  private static let budgetedModels = [
    "claude-3-", "claude-haiku-4-5", "claude-opus-4-0", "claude-opus-4-1", "claude-opus-4-2025",
    "claude-opus-4-5", "claude-sonnet-4-0", "claude-sonnet-4-2025", "claude-sonnet-4-5",
  ]

  /// Tokens of an answer that may go into thinking. Anthropic takes no fewer than 1024, and says so
  /// itself of an answer that has no room for them.
  private static func thinkingBudget(effort: String, of maxTokens: Int) -> Int {
    let percent = ["minimal": 10, "low": 20, "on": 50, "medium": 50][effort] ?? 80
    return max(1024, maxTokens / 100 * percent)
  }
}
