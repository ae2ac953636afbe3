// What is asked of a server that speaks OpenAI's chat completions.

import Core

extension ChatCompletions {
  static let path = "/chat/completions"

  static func body(
    of request: CompletionRequest, profile: ModelProfile, asksForUsage: Bool
  ) -> JSON.Object {
    var body: JSON.Object = [
      "model": .string(request.model.model), "messages": .array(request.messages.map(turn)),
    ]
    body.members += profile.named(options(of: request.parameters)).members
    body["stream"] = true
    if asksForUsage {
      body.members += profile.named(["stream_options": ["include_usage": true]]).members
    }
    return body
  }

  private static func turn(_ message: Message) -> JSON {
    let content = message.content(
      text: { ["type": "text", "text": .string($0)] },
      media: { ["type": "image_url", "image_url": ["url": .string($0.url)]] })
    return ["role": .string(message.role.rawValue), "content": content]
  }

  private static func options(of parameters: Parameters) -> JSON.Object {
    var options = JSON.Object()
    options.set("temperature", parameters.temperature)
    options.set("top_p", parameters.topP)
    options.set("top_k", parameters.topK)
    options.set("max_tokens", parameters.maxTokens)
    options.set("stop", parameters.stop)
    options.set("seed", parameters.seed)
    options.set("frequency_penalty", parameters.frequencyPenalty)
    options.set("presence_penalty", parameters.presencePenalty)
    options.set("reasoning_effort", parameters.reasoningEffort)
    if let count = parameters.topLogprobs {
      options["logprobs"] = true
      options["top_logprobs"] = .integer(count)
    }
    if let schema = parameters.responseSchema.map(AnswerSchema.init) {
      options["response_format"] =
        schema.isAnyJSON
        ? ["type": "json_object"]
        : ["type": "json_schema", "json_schema": .object(schema.named)]
    }
    if !parameters.tools.isEmpty {
      options["tools"] = .array(parameters.tools.map { ToolDefinition($0)?.wrapped ?? $0 })
    }
    return options
  }
}
