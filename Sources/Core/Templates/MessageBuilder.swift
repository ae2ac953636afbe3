// Puts rendered text into messages, as the dotprompt format splits them: a role begins a message,
// and a message of white space only is none. Roles come here as roles, never as text, so that no
// value that a template is filled with can pose as one.

/// Collects messages from pieces of text and the roles between them.
struct MessageBuilder {
  private var messages: [Message] = []
  private var role = Role.user
  private var text = ""
  private let history: [Message]
  private var hasHistory = false
  /// UTF-8 bytes of text so far.
  private(set) var byteCount = 0

  /// - Parameter history: an earlier conversation, for `{{history}}`.
  init(history: [Message]) { self.history = history }

  mutating func append(_ piece: String) {
    text += piece
    byteCount += piece.utf8.count
  }

  mutating func begin(_ newRole: Role) {
    endMessage()
    role = newRole
  }

  mutating func insertHistory() {
    endMessage()
    messages += history
    hasHistory = true
    role = .assistant
  }

  /// The messages; a history that the template doesn't place stands before the last user message.
  mutating func finished() -> [Message] {
    endMessage()
    guard !hasHistory, !history.isEmpty else { return messages }
    return messages.last?.role == .user
      ? messages.dropLast() + history + messages.suffix(1) : messages + history
  }

  private mutating func endMessage() {
    if !text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      messages.append(Message(role: role, text: text))
    }
    text = ""
  }
}

extension Role {
  /// The role of the name that a template gives it; dotprompt calls the assistant "model".
  static func named(_ name: String) -> Role? {
    name == "model" ? .assistant : Role(rawValue: name)
  }

  static let templateNames = "system, user, model, assistant, tool"
}
