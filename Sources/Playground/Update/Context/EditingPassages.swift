import Core

// A passage's text in an editor of its own over the panes: keys, leaving it with and without the text.

extension State {
  mutating func editPassage() {
    guard let selected = context.selected else {
      notice = Notice(.information, "There is no passage here yet.")
      return
    }
    overlays.append(
      .passageEditor(PassageEditor(selected.original, text: selected.passage.text)))
  }

  /// The passage that is being edited.
  var passageEditor: PassageEditor? {
    if case .passageEditor(let page)? = overlays.last { page } else { nil }
  }

  mutating func takeInPassageEditor(_ key: Key, _ command: Command?) -> [Effect] {
    if key.code == .escape || command == .cancel {
      leavePassageEditor()
      return []
    }
    passageEditorIsWarned(false)
    switch command {
    case .savePrompt: return takePassageText()
    case .externalEditor, .undo, .redo:
      return command.map { perform($0) } ?? []
    case let command? where command.worksOnAnyText: return perform(command)
    case nil:
      guard case .character(let character) = key.code, key.modifiers.isEmpty else { return [] }
      insertIntoPassage(String(character))
    default: break
    }
    return []
  }

  mutating func insertIntoPassage(_ text: String) {
    _ = edit { editor, _ in editor.insert(text) }
  }

  /// The prompt is given the text from now on.
  private mutating func takePassageText() -> [Effect] {
    guard let page = passageEditor else { return [] }
    closePassageEditor()
    let text = page.editor.text
    let isOriginal = text == page.original.text
    notice = Notice(
      .success,
      isOriginal
        ? "The passage is as it was found." : "The prompt is given this text: u takes it back.")
    context.curate(height: contextHeight) { $0.edit(page.original, to: text) }
    return countTokensInTime()
  }

  private mutating func leavePassageEditor() {
    guard let page = passageEditor else { return }
    guard !page.isChanged || page.isWarned else {
      passageEditorIsWarned(true)
      notice = Notice(.warning, "^S takes the text; Esc once more leaves the passage as it was.")
      return
    }
    closePassageEditor()
  }

  private mutating func passageEditorIsWarned(_ isWarned: Bool) {
    guard var page = passageEditor else { return }
    page.isWarned = isWarned
    overlays[overlays.count - 1] = .passageEditor(page)
  }

  private mutating func closePassageEditor() {
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
