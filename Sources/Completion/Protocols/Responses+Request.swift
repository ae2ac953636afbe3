// What is asked of a server that speaks OpenAI's Responses.

import Core

extension Responses {
  static let path = "/responses"

  static func body(
    of request: CompletionRequest, profile: ModelProfile, asksForUsage: Bool
  ) -> JSON.Object {
    var body: JSON.Object = ["model": .string(request.model.model)]
    let instructions = request.messages.prefix { $0.role == .system }
    if !instructions.isEmpty {
      body["instructions"] = .string(instructions.map(\.text).joined(separator: "\n\n"))
    }
    body["input"] = .array(request.messages.dropFirst(instructions.count).map(item))
    body.members += profile.named(options(of: request.parameters)).members
    // A response that is kept at the server is never asked for again.
    body.members += profile.named(["store": false]).members
    body["stream"] = true
    return body
  }

  /// A message that says the result of a tool names no call, so that it is the user's.
  private static func item(_ message: Message) -> JSON {
    let role = message.role == .tool ? .user : message.role
    let textType: JSON = role == .assistant ? "output_text" : "input_text"
    let content = message.content(
      text: { ["type": textType, "text": .string($0)] },
      media: { ["type": "input_image", "image_url": .string($0.url)] })
    return ["role": .string(role.rawValue), "content": content]
  }

  private static func options(of parameters: Parameters) -> JSON.Object {
    var options = JSON.Object()
    options.set("temperature", parameters.temperature)
    options.set("top_p", parameters.topP)
    options.set("max_output_tokens", parameters.maxTokens)
    if let effort = parameters.reasoningEffort {
      options["reasoning"] = ["effort": .string(effort)]
    }
    if let count = parameters.topLogprobs {
      options["top_logprobs"] = .integer(count)
      options["include"] = ["message.output_text.logprobs"]
    }
    if let schema = parameters.responseSchema.map(AnswerSchema.init) {
      var format: JSON.Object = ["type": schema.isAnyJSON ? "json_object" : "json_schema"]
      if !schema.isAnyJSON { format.members += schema.named.members }
      options["text"] = ["format": .object(format)]
    }
    if !parameters.tools.isEmpty {
      options["tools"] = .array(parameters.tools.map { ToolDefinition($0)?.flat ?? $0 })
    }
    return options
  }
}
