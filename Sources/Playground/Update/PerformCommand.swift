import Core

// What each command does. Whatever takes more than a line lives with its concern.

extension State {
  mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .run: return run()
    case .cancel: return cancelAll()
    case .nextPane: moveFocus(by: 1)
    case .previousPane: moveFocus(by: -1)
    case .palette: overlays.append(.picker(commandPicker()))
    case .help: overlays.append(.help(HelpPage(focus: focus)))
    case .pickModel: overlays.append(.picker(modelPicker()))
    case .addColumn: return addColumn()
    case .removeColumn: return removeColumn()
    case .zoom:
      isZoomed.toggle()
      reflow()
    case .sessions: return [.listSessions]
    case .pickIndex: return [.listIndexes]
    case .openPrompt: overlays.append(.line(LineInput(.openPrompt)))
    case .savePrompt: return savePrompt()
    case .savePromptAs: askForName()
    case .exportSession: askForExport()
    case .importSession: overlays.append(.line(LineInput(.importSession)))
    case .newSession: return startNewSession()
    case .suspend: return [.terminal(.suspend)]
    case .redraw: return [.terminal(.redraw)]
    case .quit: return quit()

    case .characterForward, .characterBackward, .wordForward, .wordBackward, .lineStart, .lineEnd,
      .rowUp, .rowDown, .pageUp, .pageDown, .textStart, .textEnd:
      _ = edit { editor, room in Self.move(&editor, command, room) }
    case .newLine, .deleteBackward, .deleteForward, .killLine, .killLineStart, .killWord,
      .killWordBackward, .yank, .undo, .redo:
      return change(command)

    case .selectUp: selectPassage(context.selection - 1)
    case .selectDown: selectPassage(context.selection + 1)
    case .readPassage: readPassage()
    case .morePassages: return changeLimit(by: 1)
    case .fewerPassages: return changeLimit(by: -1)
    case .scrollUp: scroll(by: -1)
    case .scrollDown: scroll(by: 1)
    case .scrollPageUp: scrollPage(-1)
    case .scrollPageDown: scrollPage(1)
    case .scrollTop: scroll(by: -1_000_000_000)
    case .scrollEnd: scrollToEnd()

    case .toggleThinking:
      withColumn { column, height in column.toggleThinking(height: height) }
    case .cancelColumn: return cancelFocused()
    case .copyAnswer: return copyAnswer()
    case .columnLeft: moveColumnFocus(by: -1)
    case .columnRight: moveColumnFocus(by: 1)
    }
    return []
  }

  private mutating func quit() -> [Effect] {
    isQuitting = true
    return end()
  }

  // MARK: Texts

  private static func move(_ editor: inout Editor, _ command: Command, _ room: Rectangle) {
    let page = max(1, room.height - 1)
    switch command {
    case .rowUp: editor.moveRows(-1, width: room.width)
    case .rowDown: editor.moveRows(1, width: room.width)
    case .pageUp: editor.moveRows(-page, width: room.width)
    case .pageDown: editor.moveRows(page, width: room.width)
    default: if let motion = command.motion { editor.move(motion) }
    }
  }

  private mutating func change(_ command: Command) -> [Effect] {
    let yanked = killed
    let removed = edit { editor, _ in
      switch command {
      case .newLine: editor.insert("\n")
      case .yank: editor.insert(yanked)
      case .undo: _ = editor.undo()
      case .redo: _ = editor.redo()
      case .killLine: return editor.killToLineEnd()
      default: if let deletion = command.deletion { return editor.delete(deletion) }
      }
      return ""
    }
    if command.isKill, let removed, !removed.isEmpty { killed = removed }
    return textChanged()
  }

  // MARK: Columns

  /// The column that column commands are about: the focused one, else the first.
  var currentColumn: Int {
    if case .column(let index) = focus { index } else { 0 }
  }

  private mutating func withColumn(_ change: (inout Column, Int) -> Void) {
    guard columns.indices.contains(currentColumn) else { return }
    change(&columns[currentColumn], columnInside(currentColumn).height)
  }

  private mutating func moveColumnFocus(by step: Int) {
    focus(on: .column(max(0, min(currentColumn + step, columns.count - 1))))
  }

  private mutating func addColumn() -> [Effect] {
    guard columns.count < Self.mostColumns else {
      notice = Notice(.information, "There is room for \(Self.mostColumns) columns at most.")
      return []
    }
    let model = columns.last?.model ?? .extractive
    columns.append(Column(model: model, width: 1))
    focus(on: .column(columns.count - 1))
    overlays.append(.picker(modelPicker()))
    return [.schedule(.saveDraft, after: 500)]
  }

  private mutating func removeColumn() -> [Effect] {
    guard columns.count > 1 else {
      notice = Notice(.information, "The last column stays: M-m gives it another model.")
      return []
    }
    let index = currentColumn
    let run = columns[index].isRunning ? columns[index].run : nil
    columns.remove(at: index)
    if case .column = focus {
      focus(on: .column(min(index, columns.count - 1)))
    } else {
      reflow()
    }
    return (run.map { [.cancelRuns([$0])] } ?? []) + [.schedule(.saveDraft, after: 500)]
  }

  private mutating func copyAnswer() -> [Effect] {
    let text = columns[currentColumn].answer.text
    guard !text.isEmpty else {
      notice = Notice(.information, "There is no answer to copy yet.")
      return []
    }
    notice = Notice(.success, "Copied the answer of \(Column.letter(of: currentColumn)).")
    return [.terminal(.copy(text))]
  }

  // MARK: Scrolling

  private mutating func scroll(by rows: Int) {
    if focus == .context {
      selectPassage(context.selection + rows)
    } else {
      withColumn { column, height in column.scroll(by: rows, height: height) }
    }
  }

  private mutating func scrollPage(_ pages: Int) {
    if focus == .context {
      selectPassage(
        context.selection + pages * max(1, contextHeight / ContextPane.rowsPerPassage - 1))
    } else {
      withColumn { column, height in
        column.scroll(by: pages * max(1, height - 1), height: height)
      }
    }
  }

  private mutating func scrollToEnd() {
    if focus == .context {
      selectPassage(context.found.count - 1)
    } else {
      withColumn { column, height in column.scrollToEnd(height: height) }
    }
  }
}
