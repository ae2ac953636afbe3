import Core

// Where the cursor goes, and what is selected on the way.

extension Editor {
  /// A step of the cursor that needs no width: rows, which do, are for `moveRows`.
  public enum Motion: Hashable, Sendable {
    case characterBackward, characterForward
    case wordBackward, wordForward
    case lineStart, lineEnd
    case paragraphBackward, paragraphForward
    case textStart, textEnd
  }

  /// Moves the cursor; where a motion leads nowhere, it stays.
  ///
  /// - Parameter isSelecting: whether all that it passes is selected.
  public mutating func move(_ motion: Motion, isSelecting: Bool = false) {
    go(to: target(of: motion), isSelecting: isSelecting)
  }

  func target(of motion: Motion) -> TextPosition {
    switch motion {
    case .characterBackward: buffer.position(before: cursor)
    case .characterForward: buffer.position(after: cursor)
    case .wordBackward: buffer.wordStart(before: cursor)
    case .wordForward: buffer.wordEnd(after: cursor)
    case .lineStart: TextPosition(line: cursor.line, offset: 0)
    case .lineEnd: buffer.end(ofLine: cursor.line)
    case .paragraphBackward: buffer.paragraphStart(before: cursor)
    case .paragraphForward: buffer.paragraphEnd(after: cursor)
    case .textStart: .start
    case .textEnd: buffer.end
    }
  }

  /// Moves by soft-wrapped rows, striving for the same cell.
  ///
  /// - Parameter width: the pane's, in cells.
  public mutating func moveRows(_ count: Int, width: Int, isSelecting: Bool = false) {
    let (target, goal) = withView(width: width) { [cursor, goalColumn] view in
      let (row, column) = view.place(of: cursor)
      let goal = goalColumn ?? column
      return (view.row(row, movedBy: count).map { view.position(in: $0, column: goal) }, goal)
    }
    go(to: target ?? (count < 0 ? .start : buffer.end), isSelecting: isSelecting)
    if target != nil { goalColumn = goal }
  }

  /// Puts the cursor at a position, or at the nearest one that exists and splits no character.
  public mutating func moveTo(_ position: TextPosition, isSelecting: Bool = false) {
    go(to: buffer.boundary(near: position), isSelecting: isSelecting)
  }

  private mutating func go(to position: TextPosition, isSelecting: Bool) {
    if isSelecting {
      anchor = anchor ?? cursor
    } else if !isMarking {
      anchor = nil
    }
    cursor = position
    goalColumn = nil
  }

  /// Puts the cursor at the start of a line, and that line at the top.
  public mutating func open(atLine line: Int) {
    moveTo(TextPosition(line: line, offset: 0))
    top = RowPosition(line: cursor.line, row: 0)
  }

  // MARK: Selecting

  /// What is selected; nil for nothing.
  public var selection: Range<TextPosition>? {
    guard let anchor, anchor != cursor else { return nil }
    return min(anchor, cursor)..<max(anchor, cursor)
  }

  /// Selects a range, and puts the cursor at its end.
  public mutating func select(_ range: Range<TextPosition>) {
    dropSelection()
    moveTo(range.upperBound)
    anchor = buffer.boundary(near: range.lowerBound)
  }

  /// Begins a selection at the cursor, which every motion then widens.
  public mutating func setMark() {
    anchor = cursor
    isMarking = true
  }

  /// Selects nothing any more; the cursor stays.
  public mutating func dropSelection() {
    anchor = nil
    isMarking = false
  }

  /// Selects the word around a position, or the one character where there is no word.
  public mutating func selectWord(at position: TextPosition) {
    select(buffer.word(at: buffer.boundary(near: position)))
  }

  /// Selects the line of a position, with its end.
  public mutating func selectLine(of position: TextPosition) {
    let start = TextPosition(line: buffer.boundary(near: position).line, offset: 0)
    select(start..<buffer.position(after: buffer.end(ofLine: start.line)))
  }
}
