import Core

// The cursor in an answer: put in, moved, selecting, copying.

extension State {
  /// Puts the cursor into the current column, at the first text that is in sight.
  mutating func enterAnswer() {
    let index = currentColumn
    let height = columnInside(index).height
    let shown = columns[index].top..<columns[index].top + height
    let view = columns[index].view
    guard let stop = shown.lazy.compactMap({ view.stops(ofRow: $0).first }).first else {
      notice = Notice(.information, "There is no text of an answer in sight to go into.")
      return
    }
    moveCursor(to: AnswerCursor(offset: stop.range.lowerBound), inColumn: index)
  }

  mutating func leaveAnswer() {
    let index = currentColumn
    guard let cursor = columns[index].cursor else { return }
    if cursor.anchor != nil {
      var cursor = cursor
      cursor.anchor = nil
      return moveCursor(to: cursor, inColumn: index)
    }
    columns[index].place(cursor: nil)
  }

  mutating func move(inAnswer motion: AnswerMotion) {
    let index = currentColumn
    guard let cursor = columns[index].cursor else { return }
    let page = max(1, columnInside(index).height - 1)
    guard let moved = columns[index].view.target(of: motion, from: cursor, page: page) else {
      return
    }
    moveCursor(to: moved, inColumn: index)
  }

  mutating func selectInAnswer() {
    let index = currentColumn
    guard var cursor = columns[index].cursor else { return }
    cursor.anchor = cursor.anchor == nil ? cursor.offset : nil
    moveCursor(to: cursor, inColumn: index)
  }

  mutating func copyFromAnswer() -> [Effect] {
    let index = currentColumn
    guard let text = columns[index].selectedText else {
      notice = Notice(.information, "Nothing is selected: v begins, motions widen.")
      return []
    }
    leaveAnswer()
    return copy(text, named: "the selection")
  }

  mutating func moveCursor(to cursor: AnswerCursor, inColumn index: Int) {
    columns[index].place(cursor: cursor)
    columns[index].revealCursor(height: columnInside(index).height)
  }

  // MARK: Mouse

  /// Moves the cursor to where the mouse is, if it is in this answer.
  mutating func pointAnswer(at point: Point, inColumn index: Int) {
    guard columns[index].cursor != nil, let offset = answerOffset(at: point, inColumn: index) else {
      return
    }
    moveCursor(to: AnswerCursor(offset: offset), inColumn: index)
  }

  /// Selects from where the button went down.
  mutating func dragAnswer(from start: Point, to point: Point, inColumn index: Int) {
    guard let end = answerOffset(at: point, inColumn: index) else { return }
    let anchor = columns[index].cursor?.anchor ?? answerOffset(at: start, inColumn: index)
    moveCursor(to: AnswerCursor(offset: end, anchor: anchor), inColumn: index)
  }

  /// The place in the answer's text at a point of the screen; nil where there is none of it.
  private func answerOffset(at point: Point, inColumn index: Int) -> Int? {
    let area = columnInside(index)
    let row = columns[index].top + max(-1, min(point.y - area.y, area.height))
    return columns[index].view.stop(atRow: row, column: point.x - area.x)?.range.lowerBound
  }
}
