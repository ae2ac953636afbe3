// Puts rendered text into messages, as the dotprompt format splits them: a role begins a message,
// and text of white space only is none. Roles, media and sections come here as what they are, never
// as text, so that no value that a template is filled with can pose as one.

/// Collects messages from pieces of text, media and sections, and the roles between them.
struct MessageBuilder {
  private var turns: [Template.Turn] = []
  private var role = Role.user
  private var roleName = Role.user.rawValue
  private var metadata = JSON.Object()
  private var parts: [MessagePart] = []
  private var text = ""
  private let history: [Template.Turn]
  private var hasHistory = false
  /// Of the partials that are being put in, outermost first.
  private var indents: [Indent] = []
  /// UTF-8 bytes of text and addresses so far.
  private(set) var byteCount = 0

  /// White space before each line of a partial.
  private struct Indent {
    var text: String
    /// Whether a line has ended, and nothing of the next has come.
    var isDue = true
  }

  /// - Parameter history: an earlier conversation, for `{{history}}`.
  init(history: [Template.Turn]) { self.history = history }

  // MARK: Parts

  mutating func append(_ piece: String) {
    if indents.isEmpty {
      put(piece)
      return
    }
    var isFirstLine = true
    for line in piece.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if !isFirstLine {
        beginLine()
        put("\n")
        for index in indents.indices { indents[index].isDue = true }
      }
      if !line.isEmpty {
        beginLine()
        put(String(Substring(line)))
      }
      isFirstLine = false
    }
  }

  mutating func append(_ part: MessagePart) {
    beginLine()
    endText()
    parts.append(part)
    if case .media(let url, _) = part { byteCount += url.utf8.count }
  }

  /// Begins each line that follows with white space, until `endIndent`.
  mutating func beginIndent(_ indent: String) { indents.append(Indent(text: indent)) }

  mutating func endIndent() { indents.removeLast() }

  private mutating func beginLine() {
    for index in indents.indices where indents[index].isDue {
      indents[index].isDue = false
      put(indents[index].text)
    }
  }

  private mutating func put(_ piece: String) {
    text += piece
    byteCount += piece.utf8.count
  }

  // MARK: Messages

  /// - Parameter name: the role as the template calls it.
  mutating func begin(_ newRole: Role, name: String, metadata newMetadata: JSON.Object) {
    beginLine()
    if endMessage() { metadata = JSON.Object() }
    for member in newMetadata.members { metadata[member.name] = member.value }
    role = newRole
    roleName = name
  }

  mutating func insertHistory() {
    beginLine()
    endMessage()
    for var turn in history {
      turn.message.metadata["purpose"] = "history"
      turns.append(turn)
    }
    hasHistory = true
    role = .assistant
    roleName = "model"
    metadata = JSON.Object()
  }

  /// The messages; a history that the template doesn't place stands before the last user message.
  mutating func finished() -> [Template.Turn] {
    endMessage()
    guard !hasHistory, !history.isEmpty else { return turns }
    return turns.last?.message.role == .user
      ? turns.dropLast() + history + turns.suffix(1) : turns + history
  }

  /// Tells whether there was anything in it.
  @discardableResult
  private mutating func endMessage() -> Bool {
    endText()
    guard !parts.isEmpty else { return false }
    let message = Message(role: role, parts: parts, metadata: metadata)
    turns.append(Template.Turn(message, roleName: roleName))
    parts = []
    return true
  }

  private mutating func endText() {
    if !text.unicodeScalars.allSatisfy(\.isTemplateBlank) { parts.append(.text(text)) }
    text = ""
  }
}

extension Unicode.Scalar {
  /// White space as JavaScript trims it, which the format goes by: a byte order mark counts.
  var isTemplateBlank: Bool { properties.isWhitespace || self == "\u{FEFF}" }
}

extension Role {
  /// The role of the name that a template gives it; dotprompt calls the assistant "model".
  static func named(_ name: String) -> Role? {
    name == "model" ? .assistant : Role(rawValue: name)
  }

  static let templateNames = "system, user, model, assistant, tool"
}
