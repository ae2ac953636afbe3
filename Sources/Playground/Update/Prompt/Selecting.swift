import Core

// Selections of text: widened by motions and by the mouse, copied.

/// Presses of the mouse at one place, with nothing else between them.
///
/// They are counted without a clock: a second click is a double click, however late it comes.
struct Clicks: Hashable, Sendable {
  var point: Point
  /// From 1.
  var count = 1
  /// What the first move with the button held down selects from.
  var start: TextPosition?
}

extension State {
  mutating func select(_ command: Command) {
    _ = edit { editor, room in
      switch command {
      case .setMark: editor.setMark()
      case .selectAll: editor.select(.start..<editor.buffer.end)
      case .selectRowUp: editor.moveRows(-1, width: room.width, isSelecting: true)
      case .selectRowDown: editor.moveRows(1, width: room.width, isSelecting: true)
      case .dropSelection: editor.dropSelection()
      default:
        if let motion = command.selectingMotion { editor.move(motion, isSelecting: true) }
      }
    }
  }

  /// Copies what is selected, to be yanked here and pasted elsewhere.
  mutating func copySelection() -> [Effect] {
    let copied = edit { editor, _ -> String in
      defer { editor.dropSelection() }
      return editor.selection.map { editor.buffer.text(in: $0) } ?? ""
    }
    guard let copied, !copied.isEmpty else {
      notice = Notice(.information, "Nothing is selected: ^Space begins, motions widen.")
      return []
    }
    killRing.add(copied)
    return copy(copied, named: "the selection")
  }

  // MARK: Mouse

  mutating func countClick(at point: Point) {
    let isAgain = clicks?.point == point
    clicks = Clicks(point: point, count: isAgain ? (clicks?.count ?? 0) + 1 : 1)
  }

  /// Puts the cursor of the focused text where the mouse is; a second click there selects the word,
  /// a third one the line.
  mutating func pointText(at point: Point) {
    let count = clicks?.count ?? 1
    let start = edit { editor, room in
      let position = editor.position(
        atRow: max(0, point.y - room.y), column: point.x - room.x, width: room.width)
      editor.dropSelection()
      switch count % 3 {
      case 1: editor.moveTo(position)
      case 2: editor.selectWord(at: position)
      default: editor.selectLine(of: position)
      }
      return editor.anchor ?? editor.cursor
    }
    clicks?.start = start
  }

  /// Selects from where the button went down; beyond the pane's edge, the text scrolls.
  mutating func drag(to point: Point) {
    if case .column(let index) = focus, let clicks {
      return dragAnswer(from: clicks.point, to: point, inColumn: index)
    }
    guard let start = clicks?.start else { return }
    _ = edit { editor, room in
      let position = editor.position(
        atRow: point.y - room.y, column: point.x - room.x, width: room.width)
      editor.dropSelection()
      editor.moveTo(start)
      editor.moveTo(position, isSelecting: true)
    }
  }
}
