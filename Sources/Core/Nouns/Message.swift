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
  public var hasMedia: Bool {
    parts.contains { if case .media = $0 { true } else { false } }
  }
}

extension Message {
  /// `{"role":…,"content":…}`, as it is kept and as servers of chat completions read it: the content
  /// is a string, or a list of parts where there is more than text.
  public var json: JSON {
    ["role": .string(role.rawValue), "content": hasMedia ? .array(mediaContent) : .string(text)]
  }

  private var mediaContent: [JSON] {
    parts.compactMap { part in
      switch part {
      case .text(let text): ["type": "text", "text": .string(text)]
      case .media(let url, _): ["type": "image_url", "image_url": ["url": .string(url)]]
      case .section: nil
      }
    }
  }

  /// The message that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let role = json["role"]?.string.flatMap(Role.init), let content = json["content"] else {
      return nil
    }
    if let text = content.string {
      self.init(role: role, text: text)
      return
    }
    guard let items = content.array else { return nil }
    let parts = items.compactMap { item in
      item["text"]?.string.map(MessagePart.text)
        ?? item["image_url"]?["url"]?.string.map { .media(url: $0, contentType: nil) }
    }
    guard parts.count == items.count else { return nil }
    self.init(role: role, parts: parts)
  }
}
