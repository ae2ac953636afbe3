import Core

// The prompt, or a value, in an editor of the person's own.

extension State {
  mutating func editOutside() -> [Effect] {
    guard let editor = focusedEditor else { return [] }
    let target: OutsideEdit.Target =
      if pageEditor != nil {
        .passage
      } else if isCorrecting {
        .answer
      } else if case .field(let place) = focus {
        .field(prompt.fields[place].name)
      } else {
        .prompt
      }
    let edit = OutsideEdit(target: target, text: editor.text, line: editor.cursor.line + 1)
    outsideEdit = edit
    return [.terminal(.edit(edit))]
  }

  mutating func editedOutside(
    _ target: OutsideEdit.Target, _ result: OutsideResult
  ) -> [Effect] {
    let given = outsideEdit?.text
    outsideEdit = nil
    let text: String
    switch result {
    case .failed(let problem):
      notice = Notice(.error, problem)
      return []
    case .edited(let edited): text = edited
    }
    let outcome: Notice
    switch target {
    case .prompt: outcome = prompt.editor.takeOver(text, madeFrom: given)
    case .field(let name):
      guard let place = prompt.fields.firstIndex(where: { $0.name == name }) else {
        notice = Notice(.error, "'\(name)' is no variable of the prompt any more.")
        return []
      }
      outcome = prompt.fields[place].editor.takeOver(text, madeFrom: given)
    case .passage, .answer:
      guard let taken = edit({ editor, _ in editor.takeOver(text, madeFrom: given) }) else {
        return []
      }
      outcome = taken
    }
    notice = outcome
    guard outcome.kind != .information else { return [] }
    revealCursor()
    guard pageEditor == nil else { return [] }
    guard !isCorrecting else { return textChanged() }
    vi?.leave()
    return textChanged()
  }
}

extension Editor {
  /// Takes over what an editor outside has made of a text, and says what became of it.
  ///
  /// - Parameter given: the text that the editor was given: what has changed here since then stays.
  fileprivate mutating func takeOver(_ edited: String, madeFrom given: String?) -> Notice {
    let current = text
    if let given, !given.hasSameBytes(as: current) {
      let merge = Merge(base: given, mine: current, theirs: edited)
      guard let merged = merge.text else {
        take(merge.markedText(mine: "here", theirs: "editor"))
        return Notice(
          .warning, "The text changed here meanwhile, in the same place: both are between marks.")
      }
      take(merged)
      return Notice(.success, "Merged the text of the editor with what has changed here meanwhile.")
    }
    return take(edited)
      ? Notice(.success, "Took the text of the editor over.")
      : Notice(.information, "The editor left the text as it was.")
  }
}
