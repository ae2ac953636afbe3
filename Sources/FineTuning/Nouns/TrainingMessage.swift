import Core

// One turn of a training example, as files for training have it.

/// A turn of a training example; unlike a `Message` it may call tools, and say what it weighs.
public struct TrainingMessage: Hashable, Sendable {
  /// `system`, `developer`, `user`, `assistant` or `tool`, where the file is right.
  public var role: String
  /// A text, a list of parts, or nil where there is none, as beside tool calls.
  public var content: JSON?
  /// Who speaks, or the tool's name.
  public var name: String?
  /// Whether an assistant's turn is trained on: 1, or 0 for a turn that only leads there; nil is 1.
  public var weight: Int?
  /// The calls of tools, in the words of chat completions.
  public var toolCalls: JSON?
  /// Which call a tool's turn answers.
  public var toolCallID: String?

  public init(
    role: String, content: JSON? = nil, name: String? = nil, weight: Int? = nil,
    toolCalls: JSON? = nil, toolCallID: String? = nil
  ) {
    self.role = role
    self.content = content
    self.name = name
    self.weight = weight
    self.toolCalls = toolCalls
    self.toolCallID = toolCallID
  }

  public init(role: String, text: String) { self.init(role: role, content: .string(text)) }

  /// What it says, its pieces of text one after the other.
  public var text: String {
    if let text = content?.string { return text }
    return (content?.array ?? []).compactMap { $0["text"]?.string }.joined()
  }

  /// As a member of `messages`.
  public var json: JSON {
    var object: JSON.Object = ["role": .string(role)]
    if let content {
      object["content"] = content
    } else if toolCalls != nil {
      object["content"] = .null
    }
    if let name { object["name"] = .string(name) }
    if let weight { object["weight"] = .integer(weight) }
    if let toolCalls { object["tool_calls"] = toolCalls }
    if let toolCallID { object["tool_call_id"] = .string(toolCallID) }
    return .object(object)
  }

  /// The turn that such an object holds; nil when it has no role. Members it doesn't know are left out.
  public init?(json: JSON) {
    guard let role = json["role"]?.string else { return nil }
    self.init(
      role: role, content: json["content"].flatMap { $0.isNull ? nil : $0 },
      name: json["name"]?.string, weight: json["weight"]?.integer,
      toolCalls: json["tool_calls"].flatMap { $0.isNull ? nil : $0 },
      toolCallID: json["tool_call_id"]?.string)
  }
}
