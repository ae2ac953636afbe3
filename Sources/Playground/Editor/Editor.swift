import Core

// A text being edited: buffer, cursor, scroll and undo. What its keys are called, and what else a
// change of text sets off, is not known here.

/// A text with its cursor, its scroll position and the changes that can be undone.
public struct Editor: Hashable, Sendable {
  public private(set) var buffer: TextBuffer
  public private(set) var cursor = TextPosition.start
  /// The end of the selection that the cursor isn't at; nil while nothing is selected.
  public private(set) var anchor: TextPosition?
  /// The first row that is shown.
  public private(set) var top = RowPosition(line: 0, row: 0)
  public private(set) var history = EditHistory()
  /// The cell that the cursor strives for while it moves up and down.
  private var goalColumn: Int?

  /// A soft-wrapped row.
  public struct RowPosition: Hashable, Sendable, Comparable {
    /// From 0.
    public var line: Int
    /// From 0, within the line.
    public var row: Int

    public static func < (a: Self, b: Self) -> Bool { (a.line, a.row) < (b.line, b.row) }
  }

  public init(_ text: String = "") { buffer = TextBuffer(text) }

  /// A text as it was left.
  ///
  /// - Parameter history: of this text; its edits lead from here to other ones.
  public init(
    _ text: String, cursor: TextPosition, top: RowPosition, history: EditHistory
  ) {
    self.init(text)
    self.history = history
    moveTo(cursor)
    self.top = RowPosition(
      line: max(0, min(top.line, buffer.lines.count - 1)), row: max(0, top.row))
  }

  public var text: String { buffer.text }

  /// What is selected; nil for nothing.
  public var selection: Range<TextPosition>? {
    guard let anchor, anchor != cursor else { return nil }
    return min(anchor, cursor)..<max(anchor, cursor)
  }

  /// Selects a range, and puts the cursor at its end.
  public mutating func select(_ range: Range<TextPosition>) {
    moveTo(range.upperBound)
    anchor = buffer.boundary(atOrAfter: range.lowerBound)
  }

  // MARK: Changing

  /// Types a text at the cursor.
  public mutating func insert(_ text: String) {
    replace(cursor..<cursor, with: text)
  }

  /// Replaces everything, as one change that can be undone.
  public mutating func replaceAll(with text: String) {
    replace(.start..<buffer.end, with: text)
    cursor = .start
    top = RowPosition(line: 0, row: 0)
  }

  /// Takes out what lies between the cursor and where a motion leads, and tells what it was.
  @discardableResult
  public mutating func delete(_ motion: Motion) -> String {
    let target = target(of: motion)
    let range = min(cursor, target)..<max(cursor, target)
    guard !range.isEmpty else { return "" }
    let removed = buffer.text(in: range)
    replace(range, with: "")
    return removed
  }

  /// Puts a text in place of a range, as one change that can be undone; the cursor is at its end.
  public mutating func replace(_ range: Range<TextPosition>, with text: String) {
    let removed = buffer.text(in: range)
    guard !(removed.isEmpty && text.isEmpty) else { return }
    let before = cursor
    cursor = buffer.replace(range, with: text)
    anchor = nil
    goalColumn = nil
    history.note(
      Edit(
        start: range.lowerBound, removed: removed, inserted: text, cursorBefore: before,
        cursorAfter: cursor, isTyped: removed.isEmpty && text.count == 1))
  }

  /// Takes back the last change; false when there is none.
  public mutating func undo() -> Bool {
    guard let edit = history.undo() else { return false }
    buffer.replace(edit.start..<edit.insertedEnd, with: edit.removed)
    cursor = edit.cursorBefore
    goalColumn = nil
    return true
  }

  /// Does again what was taken back; false when there is nothing.
  public mutating func redo() -> Bool {
    guard let edit = history.redo() else { return false }
    buffer.replace(edit.start..<edit.removedEnd, with: edit.inserted)
    cursor = edit.cursorAfter
    goalColumn = nil
    return true
  }

  // MARK: Moving

  /// A step of the cursor that needs no width: rows, which do, are for `moveRows`.
  public enum Motion: Hashable, Sendable {
    case characterBackward, characterForward
    case wordBackward, wordForward
    case lineStart, lineEnd
    case textStart, textEnd
  }

  /// Moves the cursor; where a motion leads nowhere, it stays.
  public mutating func move(_ motion: Motion) {
    cursor = target(of: motion)
    goalColumn = nil
  }

  private func target(of motion: Motion) -> TextPosition {
    switch motion {
    case .characterBackward: buffer.position(before: cursor)
    case .characterForward: buffer.position(after: cursor)
    case .wordBackward: buffer.wordStart(before: cursor)
    case .wordForward: buffer.wordEnd(after: cursor)
    case .lineStart: TextPosition(line: cursor.line, offset: 0)
    case .lineEnd: TextPosition(line: cursor.line, offset: buffer.lines[cursor.line].utf8.count)
    case .textStart: .start
    case .textEnd: buffer.end
    }
  }

  /// What a kill to the end of the line takes: the line end itself when nothing else is left.
  public mutating func killToLineEnd() -> String {
    cursor.offset == buffer.lines[cursor.line].utf8.count
      ? delete(.characterForward) : delete(.lineEnd)
  }

  /// Moves by soft-wrapped rows, striving for the same cell.
  ///
  /// - Parameter width: the pane's, in cells.
  public mutating func moveRows(_ count: Int, width: Int) {
    let view = EditorView(buffer: buffer, width: width)
    let (row, column) = view.place(of: cursor)
    let goal = goalColumn ?? column
    guard let target = view.row(row, movedBy: count) else {
      cursor = count < 0 ? .start : buffer.end
      goalColumn = nil
      return
    }
    cursor = view.position(in: target, column: goal)
    goalColumn = goal
  }

  /// Puts the cursor at a position, or at the nearest one that exists and splits no character.
  public mutating func moveTo(_ position: TextPosition) {
    let line = min(max(0, position.line), buffer.lines.count - 1)
    let offset = min(max(0, position.offset), buffer.lines[line].utf8.count)
    cursor = buffer.boundary(atOrAfter: TextPosition(line: line, offset: offset))
    goalColumn = nil
  }

  /// Puts the cursor at the start of a line, and that line at the top.
  public mutating func open(atLine line: Int) {
    moveTo(TextPosition(line: line, offset: 0))
    top = RowPosition(line: cursor.line, row: 0)
  }

  // MARK: Scrolling

  /// Scrolls as little as brings the cursor's row into a pane of this size.
  public mutating func revealCursor(width: Int, height: Int) {
    let view = EditorView(buffer: buffer, width: width)
    top = view.clamped(top)
    let row = view.place(of: cursor).row
    if row < top {
      top = row
    } else if let first = view.row(row, movedBy: -(max(1, height) - 1)), top < first {
      top = first
    }
  }

  /// Scrolls by rows, leaving the cursor where it is.
  public mutating func scroll(_ count: Int, width: Int) {
    let view = EditorView(buffer: buffer, width: width)
    let start = view.clamped(top)
    top = view.row(start, movedBy: count) ?? (count < 0 ? RowPosition(line: 0, row: 0) : start)
  }
}
