import Core

// Where the prompt was left is kept as its text is: the next start goes on there.

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
}
