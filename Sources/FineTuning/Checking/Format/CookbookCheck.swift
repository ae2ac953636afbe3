import Core

// The rules of OpenAI's cookbook for a conversation, each of which counts once a turn that breaks it:
// "Data preparation and analysis for chat model fine-tuning", section "Format validation".

struct CookbookCheck {
  let rules: FormatRules

  /// The turns of a line's object; nil where there is no list of them.
  func messages(of object: JSON, _ faults: inout FormatFaults) -> [JSON]? {
    guard let messages = object["messages"]?.array, !messages.isEmpty else {
      faults.add(.missingMessagesList, Self.sentence(for: object))
      return nil
    }
    return messages
  }

  private static func sentence(for object: JSON) -> String {
    switch object["messages"] {
    case .array?: return "The list `messages` is empty."
    case nil: break
    case _?: return "`messages` is no list of turns."
    }
    if object["conversations"] != nil {
      return "It has no list `messages`, but `conversations`, as ShareGPT writes it."
    }
    if object["prompt"] != nil, object["completion"] != nil {
      return "It has no list `messages`, but `prompt` and `completion`."
    }
    return "It has no list `messages`."
  }

  /// Checks each turn, and whether the model is shown an answer.
  func check(_ messages: [JSON], _ faults: inout FormatFaults) {
    for (place, message) in messages.enumerated() { check(message, at: place, &faults) }
    if !messages.contains(where: { $0["role"]?.string == "assistant" }) {
      faults.add(.exampleMissingAssistantMessage, "No turn is the assistant's.")
    }
  }

  /// Checks one turn, whose place is counted from 0.
  func check(_ message: JSON, at place: Int, _ faults: inout FormatFaults) {
    guard case .object(let object) = message else {
      faults.add(.messageType, "Turn \(place + 1) is no object.")
      return
    }
    let role = object["role"]
    let content = object["content"]
    // Today a turn that only calls tools needs no content.
    let calls =
      rules == .today && role == "assistant"
      && (Self.isTrue(object["tool_calls"]) || Self.isTrue(object["function_call"]))
    if role == nil || (content == nil && !calls) {
      faults.add(
        .messageMissingKey, "Turn \(place + 1) has no `\(role == nil ? "role" : "content")`.")
    }
    if let member = object.members.first(where: { !rules.messageKeys.contains($0.name) }) {
      faults.add(
        .messageUnrecognizedKey, "Turn \(place + 1) has the member \(quoted(member.name)).")
    }
    if !rules.roles.contains(role?.string ?? "") {
      faults.add(.unrecognizedRole, Self.sentence(forRole: role, at: place))
    }
    if !isContent(content, in: object, calls: calls) {
      faults.add(.missingContent, Self.sentence(forContent: content, at: place))
    }
  }

  private func isContent(_ content: JSON?, in object: JSON.Object, calls: Bool) -> Bool {
    switch content {
    case .string(let text)?:
      // An empty text is none, unless a function is called.
      return !text.isEmpty || calls || Self.isTrue(object["function_call"])
    // Parts are younger than the cookbook, too.
    case .array(let parts)?: return rules == .today && !parts.isEmpty
    case nil, .null?: return calls
    default: return false
    }
  }

  private static func sentence(forRole role: JSON?, at place: Int) -> String {
    switch role {
    case nil: "Turn \(place + 1) has no role."
    case .string(let name)?: "Turn \(place + 1) has the role \(quoted(name))."
    default: "The role of turn \(place + 1) is no text."
    }
  }

  private static func sentence(forContent content: JSON?, at place: Int) -> String {
    switch content {
    case nil, .null?: "Turn \(place + 1) has no content."
    case .string?, .array?: "The content of turn \(place + 1) is empty."
    default: "The content of turn \(place + 1) is no text."
    }
  }

  /// Whether Python takes a value for true, as the validator does.
  private static func isTrue(_ value: JSON?) -> Bool {
    switch value {
    case nil, .null?, .bool(false)?: false
    case .bool(true)?: true
    case .integer(let number)?: number != 0
    case .number(let number)?: number != 0
    case .string(let text)?: !text.isEmpty
    case .array(let items)?: !items.isEmpty
    case .object(let object)?: !object.members.isEmpty
    }
  }
}
