// A prompt of another program in the words of this one: messages, settings and defaults, before they
// are written down as a `.prompt` file.

/// A prompt that is being imported.
struct ImportedConversation {
  /// What its file is to be called, without an ending.
  var name: String
  var description: String
  var model: String?
  /// By dotprompt's names.
  var config = JSON.Object()
  var defaults = JSON.Object()
  /// `format` and `schema`.
  var output = JSON.Object()
  var tools: [JSON] = []
  /// Keys of the front matter that are the other program's own.
  var others = JSON.Object()
  var turns: [Turn] = []

  struct Turn {
    /// As a template names it.
    var role: String
    var text: TemplateText
  }

  /// - Parameter origin: the file that it comes from.
  init(name: String, origin: String) {
    self.name = name
    let file = origin.split(separator: "/").last.map(String.init) ?? origin
    description = "Imported from \(file)"
  }

  /// The prompt as a file's text.
  var promptText: String {
    var text = "---\n\(frontMatter.yamlText)---\n"
    if turns.count == 1, turns[0].role == "user", turns[0].text.source.standsByItself {
      return text + turns[0].text.source + "\n"
    }
    var endsTight = true
    for turn in turns {
      let source = turn.text.source
      // White space at the ends of a text is part of it: there, the tags take none away.
      let beginsTight = source.first?.isWhitespace == true
      text +=
        (endsTight ? "{{" : "\n{{~") + "role \"\(turn.role)\"" + (beginsTight ? "}}" : "~}}\n")
      text += source
      endsTight = source.last?.isWhitespace == true
    }
    // The end of a file is trimmed.
    return text + (endsTight && !turns.isEmpty ? "{{!}}\n" : "\n")
  }

  private var frontMatter: JSON.Object {
    var front = JSON.Object()
    front["description"] = .string(description)
    if let model { front["model"] = .string(model) }
    if !config.members.isEmpty { front["config"] = .object(config) }
    if !defaults.members.isEmpty { front["input"] = ["default": .object(defaults)] }
    if !output.members.isEmpty { front["output"] = .object(output) }
    if !tools.isEmpty { front["tools"] = .array(tools) }
    front.members += others.members
    return front
  }
}

extension String {
  /// Whether nothing of it is lost where a file's ends are trimmed.
  fileprivate var standsByItself: Bool {
    first?.isWhitespace == false && last?.isWhitespace == false
  }
}
