// What a prompt is filled in with, as the dotprompt format's own programs take it: JSON, with an
// earlier conversation, documents and context variables beside the inputs.

/// What is wrong with the data or the options that a prompt is to be rendered with.
public struct PromptDataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found and what was expected.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// `{"input"?, "context"?, "messages"?, "docs"?}`.
public struct PromptData: Hashable, Sendable {
  /// Values for the template's variables.
  public var input: JSON.Object = [:]
  /// What the template names with `@`: `{"state": {"x": 1}}` for `@state.x`.
  public var context: JSON.Object = [:]
  /// An earlier conversation.
  public var messages: [Template.Turn] = []
  /// Documents, for other programs' use: the template finds them as `@metadata.docs`.
  public var docs: [JSON] = []

  public init() {}

  /// The data that such an object holds; null holds none.
  public init(json: JSON) throws(PromptDataError) {
    let object = try json.dataObject("the data")
    input = try object["input"].dataObject("'input'")
    context = try object["context"].dataObject("'context'")
    docs = try object["docs"].dataList("'docs'")
    for message in try object["messages"].dataList("'messages'") {
      messages.append(try Template.Turn(json: message))
    }
  }
}

extension Template.Turn {
  /// `{"role","content":[…],"metadata"?}`, in the format's words.
  var json: JSON {
    var object: JSON.Object = [
      "role": .string(roleName),
      "content": .array(writtenContent ?? message.parts.map(\.json)),
    ]
    if !message.metadata.members.isEmpty { object["metadata"] = .object(message.metadata) }
    return .object(object)
  }

  /// The turn that such an object holds; its content may be a text, too.
  fileprivate init(json: JSON) throws(PromptDataError) {
    guard let name = json["role"]?.string, let role = Role.named(name) else {
      throw PromptDataError(
        "A message of 'messages' has no role: one of \(Role.templateNames) was expected.")
    }
    let content: [JSON]
    if let text = json["content"]?.string {
      content = [["text": .string(text)]]
    } else {
      content = try json["content"].dataList("'content'")
    }
    let message = Message(
      role: role, parts: content.compactMap(MessagePart.init),
      metadata: try json["metadata"].dataObject("'metadata'"))
    self.init(message, roleName: name, writtenContent: content)
  }
}

extension MessagePart {
  /// `{"text"}`, `{"media":{"url","contentType"?}}` or
  /// `{"metadata":{"purpose":NAME,"pending":true}}`.
  fileprivate var json: JSON {
    switch self {
    case .text(let text): return ["text": .string(text)]
    case .media(let url, let contentType):
      var media: JSON.Object = ["url": .string(url)]
      if let contentType { media["contentType"] = .string(contentType) }
      return ["media": .object(media)]
    case .section(let name): return ["metadata": ["purpose": .string(name), "pending": true]]
    }
  }

  /// The part that such an object holds; nil when it isn't one.
  fileprivate init?(json: JSON) {
    if let text = json["text"]?.string {
      self = .text(text)
    } else if let url = json["media"]?["url"]?.string {
      self = .media(url: url, contentType: json["media"]?["contentType"]?.string)
    } else if let name = json["metadata"]?["purpose"]?.string {
      self = .section(name)
    } else {
      return nil
    }
  }
}

extension JSON? {
  /// The members of an object, of which there are none in what is missing or null.
  func dataObject(_ name: String) throws(PromptDataError) -> JSON.Object {
    switch self {
    case nil, .null: return [:]
    case .object(let object): return object
    default: throw PromptDataError("A JSON object was expected for \(name).")
    }
  }

  func dataList(_ name: String) throws(PromptDataError) -> [JSON] {
    switch self {
    case nil, .null: return []
    case .array(let items): return items
    default: throw PromptDataError("A JSON list was expected for \(name).")
    }
  }
}

extension JSON {
  fileprivate func dataObject(_ name: String) throws(PromptDataError) -> JSON.Object {
    try JSON?.some(self).dataObject(name)
  }
}
