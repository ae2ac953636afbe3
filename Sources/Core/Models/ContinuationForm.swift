// How a server is told to go on from the beginning of an answer, where it can: what providers have
// written about it, and what their servers do.

/// How a server is asked to go on from the assistant's last message in place of answering it.
public enum ContinuationForm: Hashable, Sendable {
  /// The message comes last, and that says it all: Anthropic's Messages
  /// (platform.claude.com/docs, "Prefill Claude's response"), Ollama's `/api/chat`, OpenRouter, Groq.
  case lastMessage
  /// Beside that, `add_generation_prompt` is false and `continue_final_message` true: vLLM
  /// (docs.vllm.ai, "OpenAI-Compatible Server", extra parameters), SGLang, llama.cpp (#23012; older
  /// ones take the last message alone).
  case flags
  /// Beside that, the message has `"prefix": true`: Mistral, and DeepSeek at its address `/beta`.
  case prefixMember
}

/// Why a model can't go on from a text; a sentence for a person.
public struct ContinuationRefusal: Error, Hashable, CustomStringConvertible {
  public let description: String
}

extension Provider {
  /// Nil for a server that always begins a new answer.
  public var continuationForm: ContinuationForm? {
    switch wire {
    case .messages, .ollamaChat: .lastMessage
    case .responses: nil
    case .chatCompletions:
      switch host {
      case "api.openai.com": nil
      case let host where Self.azureDomains.contains(where: host.hasSuffix): nil
      case "openrouter.ai", "api.groq.com": .lastMessage
      case "api.mistral.ai", "api.deepseek.com": .prefixMember
      default: .flags
      }
    }
  }

  private static let azureDomains = [
    ".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com",
  ]
}

extension ModelCatalog {
  /// The request for going on from a beginning of its answer.
  ///
  /// Throws where that can be known to be impossible before anything is sent.
  public func request(
    _ request: CompletionRequest, continuing beginning: String
  ) throws(ContinuationRefusal) -> CompletionRequest {
    let model = request.model
    guard beginning.contains(where: { !$0.isWhitespace }) else {
      throw ContinuationRefusal(description: "There is no text yet that a model could go on from.")
    }
    if model == .echo {
      throw ContinuationRefusal(
        description: "\(model) only repeats what it is asked: it can't go on from a text.")
    }
    // A provider that nobody knows is told of when the request is made.
    guard let provider = provider(of: model) else { return request.continuing(beginning) }
    guard provider.continuationForm != nil else {
      throw ContinuationRefusal(
        description: "\(provider.name) always begins a new answer: its API can't go on from a text "
          + "of yours. Pick another model (M-m) and try again.")
    }
    // Anthropic refuses a last message that ends in white space.
    return request.continuing(
      provider.wire == .messages ? beginning.withoutTrailingWhitespace : beginning)
  }
}

extension String {
  fileprivate var withoutTrailingWhitespace: String {
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex
    return String(self[..<end])
  }
}
