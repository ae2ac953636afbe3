// OpenAI's stored prompts, and the requests of its two protocols, as prompts. A stored prompt has
// `id` (`pmpt_…`) and `version`; both are kept. The fields are those of the Responses API and of
// chat completions (https://platform.openai.com/docs/api-reference).

/// Reads a stored prompt or the body of a request.
struct OpenAIPrompt {
  private(set) var conversation: ImportedConversation
  private(set) var notes: [ImportNote] = []
  private let place: String

  /// Whether an object looks like one.
  static func isOne(_ value: JSON) -> Bool {
    guard value.object != nil else { return false }
    let source = Self.merged(value)
    return ["messages", "input", "instructions"].contains { source[$0]?.isNull == false }
      || isStored(source)
  }

  private static func isStored(_ value: JSON) -> Bool {
    (value["id"] ?? value["prompt_id"])?.string?.hasPrefix("pmpt_") == true
  }

  /// The object with what its `prompt` holds, which counts first.
  private static func merged(_ value: JSON) -> JSON {
    guard var object = value.object, let prompt = object["prompt"]?.object else { return value }
    object["prompt"] = nil
    for member in prompt.members where !member.value.isNull { object[member.name] = member.value }
    return .object(object)
  }

  /// - Parameters:
  ///   - name: what its file is to be called unless it has a name.
  ///   - place: what notes call it.
  init(_ value: JSON, name: String, place: String) throws(ImportError) {
    self.place = place
    let source = Self.merged(value)
    conversation = ImportedConversation(
      name: source["name"]?.string ?? name, origin: place)
    let messages = Self.messages(of: source)
    guard !messages.isEmpty else {
      let id = (source["id"] ?? source["prompt_id"])?.string ?? "a prompt"
      throw ImportError(
        "\(place) names \(id) and holds none of its messages: copy them from the prompt's page, "
          + "or take the body of a request.")
    }
    let chat = ImportedChat(messages, place: place) { text, _ in
      (TemplateText(variablesIn: text), [])
    }
    conversation.turns = chat.turns
    notes = chat.notes
    guard !chat.turns.isEmpty else {
      throw ImportError("\(place) holds no message that says anything.")
    }
    readSettings(of: source)
    readVariables(source["variables"])
    readFormat(source["text"]?["format"] ?? source["response_format"])
    readTools(source["tools"])
    keepIdentity(of: source)
    noteRest(of: source)
  }

  private static func messages(of source: JSON) -> [JSON] {
    func list(_ value: JSON?, role: String) -> [JSON] {
      if let text = value?.string { return [["role": .string(role), "content": .string(text)]] }
      return value?.array ?? []
    }
    return list(source["instructions"], role: "system") + list(source["system"], role: "system")
      + list(source["messages"], role: "user") + list(source["input"], role: "user")
  }

  // MARK: Settings

  /// The names of settings there and here.
  private static let settings = [
    ("temperature", "temperature"), ("top_p", "topP"), ("top_k", "topK"),
    ("max_output_tokens", "maxOutputTokens"), ("max_completion_tokens", "maxOutputTokens"),
    ("max_tokens", "maxOutputTokens"), ("stop", "stopSequences"), ("seed", "seed"),
    ("frequency_penalty", "frequencyPenalty"), ("presence_penalty", "presencePenalty"),
    ("reasoning_effort", "reasoningEffort"), ("top_logprobs", "logprobs"),
  ]

  private mutating func readSettings(of source: JSON) {
    if let model = source["model"]?.string, !model.isEmpty {
      let provider = model.hasPrefix("claude") ? "anthropic" : "openai"
      conversation.model = model.contains("/") ? model : "\(provider)/\(model)"
    }
    if let description = source["description"]?.string { conversation.description = description }
    for (there, here) in Self.settings where conversation.config[here] == nil {
      guard let value = source[there], !value.isNull else { continue }
      conversation.config[here] = here == "stopSequences" && value.string != nil ? [value] : value
    }
    if let effort = source["reasoning"]?["effort"], !effort.isNull {
      conversation.config["reasoningEffort"] = effort
    }
  }

  /// `{"name": value}`, where a value is a text or a part; or a list of `{"name", "default"?}`.
  private mutating func readVariables(_ variables: JSON?) {
    for member in variables?.object?.members ?? [] {
      guard let value = Self.value(of: member.value) else {
        notes.append(
          ImportNote(place, "the variable '\(member.name)' has no text: it has no default"))
        continue
      }
      conversation.defaults[member.name] = value
    }
    for item in variables?.array ?? [] {
      guard let name = item["name"]?.string,
        let value = (item["default"] ?? item["value"]).flatMap(Self.value)
      else { continue }
      conversation.defaults[name] = value
    }
  }

  private static func value(of variable: JSON) -> JSON? {
    switch variable {
    case .null: nil
    case .object:
      (variable["text"] ?? variable["default"] ?? variable["value"] ?? variable["image_url"])
        .flatMap { $0.isNull ? nil : $0 }
    default: variable
    }
  }

  private mutating func readFormat(_ format: JSON?) {
    switch format?["type"]?.string {
    case "json_object": conversation.output["format"] = "json"
    case "json_schema":
      conversation.output["format"] = "json"
      guard let schema = format?["schema"] ?? format?["json_schema"]?["schema"] else { return }
      conversation.output["schema"] = schema
    default: break
    }
  }

  private mutating func readTools(_ tools: JSON?) {
    for tool in tools?.array ?? [] {
      if Parameters.isTool(tool) {
        conversation.tools.append(tool)
      } else {
        notes.append(ImportNote(place, "a tool without a name was left out"))
      }
    }
  }

  private mutating func keepIdentity(of source: JSON) {
    guard Self.isStored(source) else { return }
    conversation.others["openai.id"] = source["id"] ?? source["prompt_id"]
    if let version = source["version"], !version.isNull {
      conversation.others["openai.version"] = version
    }
  }

  /// Members that are read, or that say nothing of a prompt.
  private static let known: Set = [
    "id", "prompt_id", "version", "name", "description", "object", "created_at", "updated_at",
    "model", "instructions", "system", "input", "messages", "variables", "tools", "text",
    "response_format", "reasoning", "logprobs", "stream", "stream_options",
  ]

  private mutating func noteRest(of source: JSON) {
    let read = Self.known.union(Self.settings.map(\.0))
    let rest = (source.object?.members ?? []).filter { !read.contains($0.name) && !$0.value.isNull }
    guard !rest.isEmpty else { return }
    notes.append(
      ImportNote(place, "left out: \(rest.map(\.name).joined(separator: ", "))"))
  }
}
