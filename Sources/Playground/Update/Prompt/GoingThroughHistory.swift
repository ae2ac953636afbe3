import Core

// Undo and redo in the text that has the focus.

extension State {
  /// Takes back the last changes.
  mutating func goBack(count: Int = 1) -> [Effect] {
    goThroughHistory(count: count, end: "Nothing to undo.") { $0.undo() }
  }

  /// Does again what was taken back.
  mutating func goForward(count: Int = 1) -> [Effect] {
    goThroughHistory(count: count, end: "Nothing to redo.") { $0.redo() }
  }

  private mutating func goThroughHistory(
    count: Int, end: String, _ step: (inout Editor) -> Bool
  ) -> [Effect] {
    let revision = focusedEditor?.revision
    _ = edit { editor, _ in
      for _ in 0..<count { guard step(&editor) else { break } }
    }
    guard focusedEditor?.revision != revision else {
      notice = Notice(.information, end)
      return []
    }
    // The text may be that of a version again.
    return textChanged() + (focus == .prompt ? [findVersions()] : [])
  }
}
