// One turn of a conversation, as it is sent to a model.

/// Whose turn it is.
public enum Role: String, Hashable, Sendable, CaseIterable {
  case system, user, assistant, tool
}

/// A text, and who says it.
public struct Message: Hashable, Sendable {
  public var role: Role
  public var text: String

  public init(role: Role, text: String) {
    self.role = role
    self.text = text
  }
}

extension Message {
  /// `{"role":…,"content":…}`, as every protocol and file format here writes it.
  public var json: JSON { ["role": .string(role.rawValue), "content": .string(text)] }

  /// The message that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let role = json["role"]?.string.flatMap(Role.init), let text = json["content"]?.string
    else { return nil }
    self.init(role: role, text: text)
  }
}
