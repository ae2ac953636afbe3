// A provider of promptfoo (https://www.promptfoo.dev/docs/providers): a model with its settings.

/// A model as promptfoo's configuration names it.
public struct PromptfooProvider: Hashable, Sendable {
  /// `openai:chat:gpt-5`.
  public let id: String
  /// What results call it; nil for its id.
  public let label: String?
  /// The labels of the prompts that it is asked; nil for all.
  public let prompts: [String]?
  let config: JSON

  /// The providers that `providers` or `targets` lists; what is none is left out.
  public static func all(in providers: JSON?) -> [PromptfooProvider] {
    (providers?.array ?? providers.map { [$0] } ?? []).compactMap { PromptfooProvider($0) }
  }

  /// Nil for what names no provider.
  public init?(_ entry: JSON) {
    var details = entry
    if let id = entry.string {
      self.id = id
      details = [:]
    } else if let id = entry["id"]?.string {
      self.id = id
    } else {
      guard let member = entry.object?.members.first else { return nil }
      id = member.name
      details = member.value
    }
    label = details["label"]?.string
    prompts = details["prompts"]?.array?.compactMap(\.string)
    config = details["config"] ?? [:]
  }

  /// Nil for a provider that is a program.
  public var model: ModelReference? {
    id == "echo" ? .echo : ModelReference.promptfoo(id)
  }

  /// What its settings ask for, as far as a prompt can.
  public var parameters: Parameters {
    var conversation = ImportedConversation(name: "provider", origin: id)
    apply(to: &conversation)
    conversation.turns = []
    return (try? PromptFile(parsing: conversation.promptText, name: id))?.parameters
      ?? Parameters()
  }

  /// The names of settings that mean nothing to a prompt.
  public var unknownSettings: [String] {
    let known = Set(Self.settings.map(\.0) + ["response_format"])
    return (config.object?.members ?? []).map(\.name).filter { !known.contains($0) }
  }

  /// The settings of providers with what they are called here.
  private static let settings = [
    ("temperature", "temperature"), ("top_p", "topP"), ("max_tokens", "maxOutputTokens"),
    ("max_completion_tokens", "maxOutputTokens"), ("max_output_tokens", "maxOutputTokens"),
    ("stop", "stopSequences"), ("seed", "seed"), ("reasoning_effort", "reasoningEffort"),
    ("frequency_penalty", "frequencyPenalty"), ("presence_penalty", "presencePenalty"),
    // Ollama's.
    ("num_predict", "maxOutputTokens"), ("top_k", "topK"),
  ]

  func apply(to conversation: inout ImportedConversation) {
    conversation.model = model?.description
    for (there, here) in Self.settings {
      guard let value = config[there], value.object == nil, !value.isNull else { continue }
      conversation.config[here] = here == "stopSequences" && value.string != nil ? [value] : value
    }
    switch config["response_format"]?["type"]?.string {
    case "json_object": conversation.output["format"] = "json"
    case "json_schema":
      conversation.output["format"] = "json"
      conversation.output["schema"] = config["response_format"]?["json_schema"]?["schema"]
    default: break
    }
  }
}
