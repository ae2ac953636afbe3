// What is asked of a server that speaks Ollama's own chat.

import Core

extension OllamaChat {
  static let path = "/api/chat"
  static let modelsPath = "/api/tags"
  static let streamsLines = true
  static let baseURLAdvice = "which is that of the server, without /v1"
  static let fetchesMedia = false

  static func body(
    of request: CompletionRequest, profile: ModelProfile, asksForUsage: Bool
  ) -> JSON.Object {
    var body: JSON.Object = [
      "model": .string(request.model.model), "messages": .array(request.messages.map(turn)),
    ]
    let parameters = request.parameters
    body.members += profile.named(members(of: parameters)).members
    let options = profile.named(options(of: parameters))
    if !options.members.isEmpty { body["options"] = .object(options) }
    body["stream"] = true
    return body
  }

  /// Pictures stand beside the text, without their places in it.
  private static func turn(_ message: Message) -> JSON {
    var turn: JSON.Object = [
      "role": .string(message.role.rawValue), "content": .string(message.text),
    ]
    let images = message.parts.compactMap { part -> JSON? in
      guard case .media(let url, let type) = part,
        case .bytes(_, let base64)? = try? MediaSource(url: url, contentType: type)
      else { return nil }
      return .string(base64)
    }
    if !images.isEmpty { turn["images"] = .array(images) }
    return .object(turn)
  }

  private static func members(of parameters: Parameters) -> JSON.Object {
    var members = JSON.Object()
    // Most models only think or don't; a few know how much.
    switch parameters.reasoningEffort {
    case nil: break
    case "none", "off": members["think"] = false
    case "on": members["think"] = true
    case let effort?: members["think"] = .string(effort)
    }
    if let count = parameters.topLogprobs {
      members["logprobs"] = true
      members["top_logprobs"] = .integer(count)
    }
    if let schema = parameters.responseSchema.map(AnswerSchema.init) {
      members["format"] = schema.isAnyJSON ? "json" : schema.schema
    }
    if !parameters.tools.isEmpty {
      members["tools"] = .array(parameters.tools.map { ToolDefinition($0)?.wrapped ?? $0 })
    }
    return members
  }

  private static func options(of parameters: Parameters) -> JSON.Object {
    var options = JSON.Object()
    options.set("num_ctx", parameters.contextWindow)
    options.set("num_predict", parameters.maxTokens)
    options.set("temperature", parameters.temperature)
    options.set("top_p", parameters.topP)
    options.set("top_k", parameters.topK)
    options.set("stop", parameters.stop)
    options.set("seed", parameters.seed)
    options.set("frequency_penalty", parameters.frequencyPenalty)
    options.set("presence_penalty", parameters.presencePenalty)
    return options
  }
}
