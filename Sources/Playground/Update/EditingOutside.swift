import Core

// The prompt, or a value, in an editor of the person's own.

extension State {
  mutating func editOutside() -> [Effect] {
    guard let editor = focusedEditor else { return [] }
    let target: OutsideEdit.Target =
      if case .field(let place) = focus { .field(prompt.fields[place].name) } else { .prompt }
    return [
      .terminal(
        .edit(OutsideEdit(target: target, text: editor.text, line: editor.cursor.line + 1)))
    ]
  }

  mutating func editedOutside(
    _ target: OutsideEdit.Target, _ result: OutsideResult
  ) -> [Effect] {
    let text: String
    switch result {
    case .failed(let problem):
      notice = Notice(.error, problem)
      return []
    case .edited(let edited): text = edited
    }
    let isChanged: Bool
    switch target {
    case .prompt: isChanged = prompt.editor.takeOver(text)
    case .field(let name):
      guard let place = prompt.fields.firstIndex(where: { $0.name == name }) else {
        notice = Notice(.error, "'\(name)' is no variable of the prompt any more.")
        return []
      }
      isChanged = prompt.fields[place].editor.takeOver(text)
    }
    notice = Notice(
      isChanged ? .success : .information,
      isChanged ? "Took the text of the editor over." : "The editor left the text as it was.")
    guard isChanged else { return [] }
    vi?.leave()
    revealCursor()
    return textChanged()
  }
}

extension Editor {
  /// Changes what differs from a text, as one change that can be undone, and keeps the cursor where
  /// it stands in the rest; tells whether anything differs.
  mutating func takeOver(_ text: String) -> Bool {
    let new = TextBuffer(text)
    let old = buffer
    let most = min(old.lines.count, new.lines.count)
    var first = 0
    while first < most, old.lines[first] == new.lines[first] { first += 1 }
    if first == old.lines.count, first == new.lines.count { return false }
    var last = 0
    while last < most - first,
      old.lines[old.lines.count - 1 - last] == new.lines[new.lines.count - 1 - last]
    {
      last += 1
    }
    // From the end of the line before: so that whole lines can come and go at either end.
    let start = first > 0 ? old.lineEnd(first - 1) : .start
    let newStart = first > 0 ? new.lineEnd(first - 1) : .start
    let isTail = last == 0 || first > 0
    let end =
      isTail
      ? old.lineEnd(old.lines.count - 1 - last)
      : TextPosition(line: old.lines.count - last, offset: 0)
    let newEnd =
      isTail
      ? new.lineEnd(new.lines.count - 1 - last)
      : TextPosition(line: new.lines.count - last, offset: 0)
    let before = cursor
    endChange()
    replace(start..<end, with: new.text(in: newStart..<newEnd))
    if before.line >= old.lines.count - last {
      moveTo(
        TextPosition(line: before.line + new.lines.count - old.lines.count, offset: before.offset))
    } else {
      moveTo(before)
    }
    return true
  }
}
