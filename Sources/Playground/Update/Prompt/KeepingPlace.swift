import Core

// Where the prompt was left is kept as its text is, and what undo knows: the next start goes on
// there.

extension State {
  /// Does something, and has the draft saved when the cursor or what is in sight has moved by it.
  mutating func keepingPlace(_ work: (inout State) -> [Effect]) -> [Effect] {
    let (cursor, top) = (prompt.editor.cursor, prompt.editor.top)
    let effects = work(&self)
    guard prompt.editor.cursor != cursor || prompt.editor.top != top,
      !isQuitting, !effects.contains(.schedule(.saveDraft, after: 500))
    else { return effects }
    return effects + [.schedule(.saveDraft, after: 500)]
  }

  /// Has the edits of earlier starts read, which may be many; the text doesn't wait for them.
  func readHistory() -> [Effect] {
    prompt.editor.history.earlier.map { [.readHistory($0)] } ?? []
  }

  mutating func historyRead(_ history: EditHistory?, at place: HistoryPlace) -> [Effect] {
    guard prompt.editor.history.earlier == place else { return [] }
    let revision = prompt.editor.revision
    prompt.takeEarlier(history)
    guard prompt.editor.revision != revision else { return [] }
    revealPromptCursor()
    return settleInTime() + [.schedule(.saveDraft, after: 500)]
  }
}
