// A list of messages, in the shapes that OpenAI's two protocols and promptfoo have for it, as turns
// of a template.

/// Reads messages of the form `{"role", "content"}`, whose content is a text or a list of parts.
struct ImportedChat {
  private(set) var turns: [ImportedConversation.Turn] = []
  private(set) var notes: [ImportNote] = []
  private let place: String
  /// Makes a template of a text, and notes what it could not.
  private let translate: (String, String) -> (TemplateText, [ImportNote])

  /// - Parameters:
  ///   - place: what notes call the list.
  ///   - translate: a text, and what notes call it.
  init(
    _ messages: [JSON], place: String,
    translate: @escaping (String, String) -> (TemplateText, [ImportNote])
  ) {
    self.place = place
    self.translate = translate
    for (index, message) in messages.enumerated() { add(message, number: index + 1) }
  }

  /// Whether a value is a list of messages.
  static func isChat(_ value: JSON) -> Bool {
    guard let items = value.array, !items.isEmpty else { return false }
    return items.allSatisfy { $0["role"]?.string != nil }
  }

  private mutating func add(_ message: JSON, number: Int) {
    let here = "\(place), message \(number)"
    guard let name = message["role"]?.string else {
      let type = message["type"]?.string ?? "unknown"
      return notes.append(ImportNote(here, "an item of the type '\(type)' was left out"))
    }
    guard let role = Self.roles[name.lowercased()] else {
      return notes.append(ImportNote(here, "the role '\(name)' is none here: it was left out"))
    }
    for key in ["tool_calls", "function_call"] where message[key]?.isNull == false {
      notes.append(ImportNote(here, "'\(key)' was left out: a prompt holds what is said only"))
    }
    var text = TemplateText()
    switch message["content"] {
    case .string(let content): add(content, to: &text, here)
    case .array(let parts): for part in parts { add(part, to: &text, here) }
    default: break
    }
    if text.isBlank {
      notes.append(ImportNote(here, "it says nothing, and was left out"))
    } else {
      turns.append(ImportedConversation.Turn(role: role, text: text))
    }
  }

  private static let roles = [
    "system": "system", "developer": "system", "user": "user", "human": "user",
    "assistant": "model", "model": "model", "ai": "model", "tool": "tool", "function": "tool",
  ]

  private mutating func add(_ content: String, to text: inout TemplateText, _ here: String) {
    let (translated, notes) = translate(content, here)
    text.append(translated)
    self.notes += notes
  }

  private mutating func add(_ part: JSON, to text: inout TemplateText, _ here: String) {
    if let content = part.string ?? part["text"]?.string ?? part["refusal"]?.string {
      add(content, to: &text, here)
    } else if let url = part["image_url"]?.string ?? part["image_url"]?["url"]?.string {
      addMedia(url, to: &text, here)
    } else {
      let type = part["type"]?.string ?? "unknown"
      notes.append(ImportNote(here, "a part of the type '\(type)' was left out"))
    }
  }

  private mutating func addMedia(_ url: String, to text: inout TemplateText, _ here: String) {
    let inner = url.hasPrefix("{{") && url.hasSuffix("}}") ? url.dropFirst(2).dropLast(2) : ""
    if let path = TemplatePath(inner.trimmed) {
      text.append(tag: "{{media url=\(path.source())}}")
    } else if url.contains(where: { "\"\\{}".contains($0) || $0.isWhitespace }) {
      notes.append(ImportNote(here, "a picture was left out: its address is made of several parts"))
    } else {
      text.append(tag: "{{media url=\"\(url)\"}}")
    }
  }
}
