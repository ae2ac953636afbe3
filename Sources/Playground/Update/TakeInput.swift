import Core

// Keys, mouse, paste and size: to the topmost overlay first, else to the pane that has the focus.

extension State {
  mutating func take(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key):
      notice = nil
      clicks = nil
      if !overlays.isEmpty { return takeInOverlay(key) }
      if finder != nil, let effects = takeInFinder(key) { return effects }
      if let effects = takeInAnswerSearch(key) { return effects }
      return takeInPane(key)
    case .paste(let text):
      if !overlays.isEmpty { return pasteInOverlay(text) }
      completion = nil
      if finder != nil {
        pasteInFinder(text)
        return []
      }
      if answerSearch?.isTyping == true {
        pasteInAnswerSearch(text)
        return []
      }
      guard focus.isText else {
        notice = Notice(.information, "Nothing to paste into here: Tab goes to the prompt.")
        return []
      }
      return type(text)
    case .mouse(let mouse):
      completion = nil
      return take(mouse)
    case .resize(let size):
      self.size = size
      reflow()
      return []
    case .resume: return [.terminal(.redraw)]
    }
  }

  /// A key that belongs to the pane with the focus: to the list of names at its cursor, to vi, to a
  /// command, or to the text.
  private mutating func takeInPane(_ key: Key) -> [Effect] {
    if completion != nil, let effects = takeInCompletion(key) { return effects }
    let list = completion
    let effects = takeInVi(key) ?? takeInKeymap(key)
    followCompletion(key, from: list, isEdit: effects == textChanged())
    keepViCursor()
    return effects
  }

  private mutating func takeInKeymap(_ key: Key) -> [Effect] {
    if isSteering, let command = CommandTable.command(for: key, in: .playback) {
      return perform(command)
    }
    if let command = CommandTable.command(for: key, inPane: paneScope) { return perform(command) }
    if case .character(let character) = key.code, key.modifiers.isEmpty {
      if passesTagEnd(character) { return [] }
      return type(String(character))
    }
    return []
  }

  /// Puts a text in at the cursor.
  private mutating func type(_ text: String) -> [Effect] {
    guard edit({ editor, _ in editor.insert(text) }) != nil else { return [] }
    return textChanged()
  }

  /// What follows on every change of a text.
  func textChanged() -> [Effect] {
    [.postpone(.settle, by: 150), .schedule(.saveDraft, after: 500)]
  }

  // MARK: Mouse

  private mutating func take(_ mouse: Mouse) -> [Effect] {
    switch mouse.action {
    case .wheelUp, .wheelDown:
      wheel(mouse.action == .wheelUp ? -3 : 3, at: mouse.position)
      if overlays.last == .trainingExamples { return lookAtExamples() }
    case .press where overlays.isEmpty: press(at: mouse.position)
    case .drag where overlays.isEmpty: drag(to: mouse.position)
    case .release, .press, .drag: break
    }
    return []
  }

  private mutating func press(at point: Point) {
    guard let pane = layout.pane(at: point) else { return }
    notice = nil
    countClick(at: point)
    switch pane.focus {
    case .prompt, .field:
      let layout = promptLayout
      if layout.passages?.contains(point) == true {
        focus(on: .context)
      } else if let field = layout.fields.first(where: {
        $0.value.contains(point) || $0.title.contains(point)
      }) {
        focus(on: .field(field.index))
        pointText(at: point)
      } else {
        focus(on: .prompt)
        pointText(at: point)
      }
    case .context:
      focus(on: .context)
      let row = point.y - pane.frame.inside.y
      if let place = context.place(atRow: row, height: contextHeight) { selectPassage(place) }
    case .column(let index):
      focus(on: pane.focus)
      pointAnswer(at: point, inColumn: index)
    }
  }

  private mutating func wheel(_ rows: Int, at point: Point) {
    if !overlays.isEmpty { return scrollOverlay(by: rows) }
    guard let pane = layout.pane(at: point) else { return }
    switch pane.focus {
    case .prompt, .field:
      let layout = promptLayout
      if let field = layout.fields.first(where: { $0.value.contains(point) }) {
        prompt.fields[field.index].editor.scroll(rows, width: field.value.width)
      } else {
        prompt.editor.scroll(rows, width: layout.text.width)
      }
    case .context: context.select(context.selection + rows.signum(), height: contextHeight)
    case .column(let index):
      scrollColumn(.rows(rows), at: index)
    }
  }

  // MARK: Focus

  /// Every pane, in the order in which Tab goes through them.
  private var panes: [Focus] {
    [.prompt] + prompt.fields.indices.map(Focus.field) + [.context]
      + columns.indices.map(Focus.column)
  }

  mutating func moveFocus(by step: Int) {
    let panes = panes
    let place = panes.firstIndex(of: focus) ?? 0
    focus(on: panes[(place + step + panes.count) % panes.count])
  }

  mutating func focus(on focus: Focus) {
    if focus != self.focus {
      finder = nil
      if answerSearch?.isTyping == true { dropAnswerSearch() }
      completion = nil
      leaveVi()
    }
    self.focus = focus
    // Which columns are shown, and how wide, can depend on the focus.
    reflow()
  }
}
