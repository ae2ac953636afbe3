// The prompts of promptfoo (https://www.promptfoo.dev/docs/configuration/prompts): texts in Nunjucks,
// several in one file between lines of `---`, and lists of messages in JSON or YAML.

/// Reads the prompts of one file, or of one entry of a configuration.
struct PromptfooPrompts {
  private(set) var conversations: [ImportedConversation] = []
  private(set) var notes: [ImportNote] = []
  private let name: String
  private let place: String

  /// - Parameters:
  ///   - name: what the file of the prompt is to be called.
  ///   - place: what notes call the text.
  ///   - isSplit: whether lines of `---` part several prompts.
  init(_ text: String, name: String, place: String, isSplit: Bool) {
    self.name = name
    self.place = place
    if let messages = Self.messages(in: text) {
      add(messages, name: name)
      return
    }
    let texts = isSplit ? Self.parts(of: text) : [(text, 1)]
    for (index, (text, line)) in texts.enumerated() {
      add(text, name: texts.count > 1 ? "\(name)-\(index + 1)" : name, firstLine: line)
    }
  }

  /// A text that is a list of messages as a whole.
  static func messages(in text: String) -> [JSON]? {
    let start = text.first { !$0.isWhitespace }
    var value: JSON?
    if start == "[" { value = try? JSON(parsing: text) }
    if value == nil, start == "[" || start == "-" { value = (try? YAML(parsing: text))?.json }
    guard let value, ImportedChat.isChat(value) else { return nil }
    return value.array
  }

  private mutating func add(_ messages: [JSON], name: String) {
    let chat = ImportedChat(messages, place: place) { text, place in
      let translation = NunjucksTranslation(text, place: place)
      return (translation.text, translation.notes)
    }
    var conversation = ImportedConversation(name: name, origin: place)
    conversation.turns = chat.turns
    notes += chat.notes
    conversations.append(conversation)
  }

  private mutating func add(_ text: String, name: String, firstLine: Int) {
    // White space around a text is that of its file.
    let leading = text.prefix { $0.isWhitespace }.utf8.count { $0 == UInt8(ascii: "\n") }
    let translation = NunjucksTranslation(
      String(Substring(text).trimmed), place: place, firstLine: firstLine + leading)
    notes += translation.notes
    guard !translation.text.isBlank else { return }
    var conversation = ImportedConversation(name: name, origin: place)
    conversation.turns = [ImportedConversation.Turn(role: "user", text: translation.text)]
    conversations.append(conversation)
  }

  /// The texts between lines of `---`, with the lines on which they begin; empty ones are none.
  private static func parts(of text: String) -> [(text: String, line: Int)] {
    var parts: [(text: String, line: Int)] = [("", 1)]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.trimmed == "---" {
        parts.append(("", index + 2))
      } else {
        parts[parts.count - 1].text += line + "\n"
      }
    }
    return parts.filter { !$0.text.isBlank }
  }
}
