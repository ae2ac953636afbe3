import Core

// A text in an editor of its own over the panes: keys, leaving it with and without the text.

extension State {
  mutating func editPassage() {
    guard let selected = context.selected else {
      notice = Notice(.information, "There is no passage here yet.")
      return
    }
    overlays.append(
      .pageEditor(PageEditor(.passage(selected.original), text: selected.passage.text)))
  }

  /// What is edited over the panes.
  var pageEditor: PageEditor? {
    if case .pageEditor(let page)? = overlays.last { page } else { nil }
  }

  mutating func takeInPageEditor(_ key: Key, _ command: Command?) -> [Effect] {
    if key.code == .escape || command == .cancel {
      leavePageEditor()
      return []
    }
    pageEditorIsWarned(false)
    switch command {
    case .savePrompt: return takePageText()
    case .externalEditor, .undo, .redo:
      return command.map { perform($0) } ?? []
    case let command? where command.worksOnAnyText: return perform(command)
    case nil:
      guard case .character(let character) = key.code, key.modifiers.isEmpty else { return [] }
      insertIntoPage(String(character))
    default: break
    }
    return []
  }

  mutating func insertIntoPage(_ text: String) {
    _ = edit { editor, _ in editor.insert(text) }
  }

  private mutating func takePageText() -> [Effect] {
    guard let page = pageEditor else { return [] }
    switch page.subject {
    case .passage(let original):
      closePageEditor()
      return takePassageText(page.editor.text, of: original)
    case .answer(let stored, let set): return take(answer: page.editor.text, of: stored, in: set)
    case .record(let stored, let set): return take(record: page.editor.text, of: stored, in: set)
    }
  }

  /// The prompt is given the text from now on.
  private mutating func takePassageText(_ text: String, of original: Passage) -> [Effect] {
    notice = Notice(
      .success,
      text == original.text
        ? "The passage is as it was found." : "The prompt is given this text: u takes it back.")
    context.curate(height: contextHeight) { $0.edit(original, to: text) }
    return countTokensInTime()
  }

  private mutating func leavePageEditor() {
    guard let page = pageEditor else { return }
    guard !page.isChanged || page.isWarned else {
      pageEditorIsWarned(true)
      notice = Notice(.warning, "^S takes the text; Esc once more leaves it as it was.")
      return
    }
    closePageEditor()
  }

  private mutating func pageEditorIsWarned(_ isWarned: Bool) {
    guard var page = pageEditor else { return }
    page.isWarned = isWarned
    overlays[overlays.count - 1] = .pageEditor(page)
  }

  mutating func closePageEditor() {
    overlays.removeLast()
    // A screen that has changed its size meanwhile shows the cursor below again.
    reflow()
  }
}

extension Command {
  /// Whether it moves in, selects or changes whatever text there is, and knows nothing of prompts.
  var worksOnAnyText: Bool {
    switch self {
    case .rowUp, .rowDown, .pageUp, .pageDown, .newLine, .yank, .yankEarlier, .transpose, .setMark,
      .selectAll, .selectRowUp, .selectRowDown, .dropSelection, .copySelection:
      true
    default: motion != nil || selectingMotion != nil || deletion != nil
    }
  }
}
