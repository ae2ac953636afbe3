import Core

// What an action makes of one example.

extension StoredExample {
  /// The example after a change; nil where that leaves it as it is.
  ///
  /// - Parameter editor: who changes it, as the machine calls them; kept where the texts change.
  public func applying(_ change: CurationAction.Change, by editor: String?) -> StoredExample? {
    var changed = self
    switch change {
    case .setState(let state): changed.state = state
    case .addTag(let tag):
      guard !tags.contains(tag) else { return nil }
      changed.tags = (tags + [tag]).sorted()
    case .removeTag(let tag): changed.tags.removeAll { $0 == tag }
    case .edit(let example): changed.example = example
    case .replaceInAnswers(let text, let replacement):
      changed.example.answer = example.answer.map { $0.replacing(text, with: replacement) }
      // Turns of the assistant before the answer are answers, too, where they are trained on.
      changed.example.input = example.input.map { message in
        message.role == "assistant" ? message.replacing(text, with: replacement) : message
      }
    case .setSystem(let text): changed.example.setSystem(text)
    }
    if changed.example != example {
      changed.tokens = changed.example.tokenEstimate
      changed.lineage.editor = editor ?? lineage.editor
    }
    return changed == self ? nil : changed
  }
}

extension TrainingExample {
  /// The tokens of input and answer, estimated, with what roles and separators cost.
  public var tokenEstimate: Int {
    messages.reduce(0) { sum, message in
      // As `TokenEstimate` counts the messages of a request.
      sum + TokenEstimate.tokens(in: message.text) + 4
        + (message.toolCalls.map { TokenEstimate.tokens(in: $0.text) } ?? 0)
    }
  }

  /// Has the first of the system's turns say this, and takes others away; an empty text takes all.
  fileprivate mutating func setSystem(_ text: String) {
    let old = input.first(where: \.isSystem)
    input.removeAll(where: \.isSystem)
    guard !text.isEmpty else { return }
    var new = old ?? TrainingMessage(role: "system")
    new.content = .string(text)
    input.insert(new, at: 0)
  }
}

extension TrainingMessage {
  fileprivate var isSystem: Bool { role == "system" || role == "developer" }

  /// What an assistant says, with each occurrence of a text replaced; other turns stay.
  fileprivate func replacing(_ text: String, with replacement: String) -> TrainingMessage {
    guard role == "assistant", !text.isEmpty else { return self }
    var changed = self
    switch content {
    case .string(let said)?: changed.content = .string(said.replacing(text, with: replacement))
    case .array(let parts)?:
      changed.content = .array(
        parts.map { part in
          guard var object = part.object, let said = part["text"]?.string else { return part }
          object["text"] = .string(said.replacing(text, with: replacement))
          return .object(object)
        })
    default: break
    }
    return changed
  }
}
