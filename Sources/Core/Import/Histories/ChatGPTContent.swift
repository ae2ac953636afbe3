// What a message of ChatGPT's export holds: a text, or one of a dozen kinds of things that tools and
// thinking come in.

struct ChatGPTContent {
  private(set) var parts: [MessagePart] = []
  /// Whether it is what the model thought before it answered.
  private(set) var isThinking = false

  /// The parts that are text, one after the other.
  var text: String { parts.reduce(into: "") { if case .text(let text) = $1 { $0 += text } } }

  init(_ message: JSON) {
    let content = message["content"] ?? .null
    switch content["content_type"]?.string {
    case "thoughts":
      isThinking = true
      let thoughts = (content["thoughts"]?.array ?? []).map { thought in
        [thought["summary"]?.string ?? "", thought["content"]?.string ?? ""]
          .filter { !$0.isEmpty }.joined(separator: "\n")
      }
      add(thoughts.joined(separator: "\n\n"))
    case "reasoning_recap":
      // Says how long it thought, for the reader of the page.
      isThinking = true
    case "user_editable_context":
      add(Self.joined(content, ["user_profile", "user_instructions"]))
    case "model_editable_context": add(content["model_set_context"]?.string ?? "")
    default:
      for part in content["parts"]?.array ?? [] { add(part: part) }
      if parts.isEmpty { add(Self.joined(content, ["title", "text", "result", "url"])) }
    }
    addAttachments(of: message)
  }

  private static func joined(_ content: JSON, _ names: [String]) -> String {
    names.compactMap { content[$0]?.string }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private mutating func add(_ text: String) {
    if !text.isEmpty { parts.append(.text(text)) }
  }

  private mutating func add(part: JSON) {
    if let text = part.string ?? part["text"]?.string {
      add(text)
    } else if let pointer = part["asset_pointer"]?.string {
      let isImage = part["content_type"]?.string == "image_asset_pointer"
      parts.append(.media(url: pointer, contentType: isImage ? "image" : nil))
    } else if let audio = part["audio_asset_pointer"]?["asset_pointer"]?.string {
      parts.append(.media(url: audio, contentType: "audio"))
    }
  }

  /// Names the files that were given with a message, those that the text has no place for.
  private mutating func addAttachments(of message: JSON) {
    let pointers = parts.compactMap { part in
      if case .media(let url, _) = part { url } else { nil }
    }
    for attachment in message["metadata"]?["attachments"]?.array ?? [] {
      let id = attachment["id"]?.string ?? ""
      if !id.isEmpty, pointers.contains(where: { $0.hasSuffix(id) }) { continue }
      guard let name = attachment["name"]?.string ?? attachment["id"]?.string else { continue }
      parts.append(
        .media(
          url: name,
          contentType: (attachment["mimeType"] ?? attachment["mime_type"])?.string))
    }
  }
}
