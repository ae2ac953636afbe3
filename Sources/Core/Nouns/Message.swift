// One turn of a conversation, as it is sent to a model.

/// Whose turn it is.
public enum Role: String, Hashable, Sendable, CaseIterable {
  case system, user, assistant, tool
}

/// A piece of what a turn says.
public enum MessagePart: Hashable, Sendable {
  case text(String)
  /// A picture or another file: an address, or a `data:` URL (RFC 2397) that holds it.
  case media(url: String, contentType: String?)
  /// A place that a template keeps for what another program puts there; models are not sent it.
  case section(String)
}

/// What is said in one turn, and who says it.
public struct Message: Hashable, Sendable {
  public var role: Role
  public var parts: [MessagePart]
  /// What else is known of it, such as `purpose`: `history`. It is not sent.
  public var metadata: JSON.Object

  public init(role: Role, parts: [MessagePart], metadata: JSON.Object = [:]) {
    self.role = role
    self.parts = parts
    self.metadata = metadata
  }

  public init(role: Role, text: String) { self.init(role: role, parts: [.text(text)]) }

  /// The pieces of text, one after the other.
  public var text: String {
    if parts.count == 1, case .text(let text) = parts[0] { return text }
    return parts.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }
  }

  /// Whether it says anything but text.
  public var hasMedia: Bool { mediaCount > 0 }

  var mediaCount: Int {
    parts.count { if case .media = $0 { true } else { false } }
  }
}

extension Message {
  /// `{"role":…,"content":…,"metadata":…}`, as it is kept: the content is a string, or a list of
  /// parts where there is more than text; metadata is left out where there is none.
  public var json: JSON {
    var object: JSON.Object = ["role": .string(role.rawValue)]
    object["content"] =
      parts.allSatisfy(\.isText) ? .string(text) : .array(parts.map(\.json))
    if !metadata.members.isEmpty { object["metadata"] = .object(metadata) }
    return .object(object)
  }

  /// The message that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let role = json["role"]?.string.flatMap(Role.init), let content = json["content"] else {
      return nil
    }
    let metadata = json["metadata"]?.object ?? [:]
    if let text = content.string {
      self.init(role: role, parts: [.text(text)], metadata: metadata)
      return
    }
    guard let items = content.array else { return nil }
    let parts = items.compactMap(MessagePart.init)
    guard parts.count == items.count else { return nil }
    self.init(role: role, parts: parts, metadata: metadata)
  }
}

extension MessagePart {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }

  /// In the words of chat completions, which have none for a section and for a medium's type.
  fileprivate var json: JSON {
    switch self {
    case .text(let text): return ["type": "text", "text": .string(text)]
    case .media(let url, let contentType):
      var object: JSON.Object = ["type": "image_url", "image_url": ["url": .string(url)]]
      if let contentType { object["content_type"] = .string(contentType) }
      return .object(object)
    case .section(let name): return ["type": "section", "section": .string(name)]
    }
  }

  fileprivate init?(json: JSON) {
    if let text = json["text"]?.string {
      self = .text(text)
    } else if let url = json["image_url"]?["url"]?.string {
      self = .media(url: url, contentType: json["content_type"]?.string)
    } else if let name = json["section"]?.string {
      self = .section(name)
    } else {
      return nil
    }
  }
}
