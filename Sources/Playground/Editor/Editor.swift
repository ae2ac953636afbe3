import Core

// A text being edited: buffer, cursor, selection, scroll and undo. What its keys are called, and
// what else a change of text sets off, is not known here.

/// A text with its cursor, its selection, its scroll position and the changes that can be undone.
public struct Editor: Hashable, Sendable {
  public private(set) var buffer: TextBuffer
  public internal(set) var cursor = TextPosition.start
  /// The end of the selection that the cursor isn't at; nil while nothing is selected.
  public internal(set) var anchor: TextPosition?
  /// Whether every motion widens the selection, as after `setMark`.
  public internal(set) var isMarking = false
  /// The first row that is shown.
  public internal(set) var top = RowPosition(line: 0, row: 0)
  /// How often the text has changed: what was made of it at another count may be of another text.
  public private(set) var revision = 0
  public internal(set) var history = EditHistory()
  /// The cell that the cursor strives for while it moves up and down.
  var goalColumn: Int?
  var wraps = WrapMemory()
  /// The changes to be redone, or undone when negative, once the edits before have been read.
  private var wantedSteps = 0

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
    _ buffer: TextBuffer, cursor: TextPosition, top: RowPosition, history: EditHistory
  ) {
    self.buffer = buffer
    self.history = history
    moveTo(cursor)
    self.top = RowPosition(
      line: max(0, min(top.line, buffer.lines.count - 1)), row: max(0, top.row))
  }

  public var text: String { buffer.text }

  // MARK: Changing

  /// Types a text at the cursor, in place of what is selected.
  public mutating func insert(_ text: String) {
    replace(selection ?? cursor..<cursor, with: text)
  }

  /// Replaces everything, as one change that can be undone.
  public mutating func replaceAll(with text: String) {
    endChange()
    replace(.start..<buffer.end, with: text)
    cursor = .start
    top = RowPosition(line: 0, row: 0)
  }

  /// Takes out what lies between the cursor and where a motion leads, and tells what it was.
  @discardableResult
  public mutating func delete(_ motion: Motion) -> String {
    let target = target(of: motion)
    return delete(min(cursor, target)..<max(cursor, target))
  }

  /// Takes out a range, and tells what it was.
  @discardableResult
  mutating func delete(_ range: Range<TextPosition>) -> String {
    let removed = buffer.text(in: range)
    if !range.isEmpty { replace(range, with: "") }
    return removed
  }

  /// What a kill to the end of the line takes: the line end itself when nothing else is left.
  public mutating func killToLineEnd() -> String {
    cursor == buffer.end(ofLine: cursor.line) ? delete(.characterForward) : delete(.lineEnd)
  }

  /// Puts a text in place of a range, as one change that can be undone; the cursor is at its end.
  ///
  /// New line ends are those of the lines around, unless the whole text is replaced.
  ///
  /// - Parameter keepsLineEnds: whether the text's own line ends stay wherever it is put.
  public mutating func replace(
    _ range: Range<TextPosition>, with text: String, keepsLineEnds: Bool = false
  ) {
    let isWhole = !buffer.isEmpty && range == .start..<buffer.end
    let adapted = isWhole || keepsLineEnds ? text : buffer.adapting(text, to: range.lowerBound)
    let isTyped = !text.isEmpty && text.index(after: text.startIndex) == text.endIndex
    let (range, text) = buffer.joiningLineEnds(range, adapted)
    let removed = buffer.text(in: range)
    guard !(removed.isEmpty && text.isEmpty) else { return }
    let (cursorBefore, anchorBefore) = (cursor, anchor)
    cursor = change(range, to: text)
    dropSelection()
    wantedSteps = 0
    history.note(
      Edit(
        start: range.lowerBound, removed: removed, inserted: text, cursorBefore: cursorBefore,
        cursorAfter: cursor, anchorBefore: anchorBefore, isTyped: isTyped))
  }

  /// Exchanges the characters around the cursor, or the two before it at the end of a line.
  public mutating func transpose() {
    var middle = cursor
    if middle == buffer.end(ofLine: middle.line) { middle = buffer.position(before: middle) }
    guard middle.line == cursor.line, middle.offset > 0 else { return }
    let start = buffer.position(before: middle)
    let end = buffer.position(after: middle)
    replace(
      start..<end,
      with: buffer.text(in: middle..<end) + buffer.text(in: start..<middle))
  }

  /// Makes all that is changed from now on, up to `endChange()`, one change for undo and redo.
  mutating func beginChange() { history.beginChange() }

  /// Ends the change that was begun, if one was: what follows is undone apart from it.
  mutating func endChange() { history.endChange() }

  /// Takes back the last change; false when there is none, and when it has yet to be read.
  public mutating func undo() -> Bool {
    if history.awaitsUndo { wantedSteps -= 1 }
    var isChanged = false
    repeat {
      guard let edit = history.undo() else { break }
      change(edit.start..<edit.insertedEnd, to: edit.removed)
      dropSelection()
      cursor = edit.cursorBefore
      anchor = edit.anchorBefore
      isChanged = true
    } while history.isWithinChange
    return isChanged
  }

  /// Does again what was taken back; false when there is nothing, and when that has yet to be read.
  public mutating func redo() -> Bool {
    if history.awaitsRedo { wantedSteps += 1 }
    var isChanged = false
    repeat {
      guard let edit = history.redo() else { break }
      change(edit.start..<edit.removedEnd, to: edit.inserted)
      dropSelection()
      cursor = edit.cursorAfter
      isChanged = true
    } while history.isWithinChange
    return isChanged
  }

  /// Takes in the edits before its own.
  ///
  /// - Parameter read: the history that `history.earlier` tells of; nil when it is lost.
  mutating func takeEarlier(_ read: EditHistory?) { history = history.following(read) }

  /// Does what undo and redo were asked for before they could.
  mutating func takeWantedSteps() {
    let steps = wantedSteps
    wantedSteps = 0
    for _ in 0..<abs(steps) { guard steps < 0 ? undo() : redo() else { break } }
  }

  @discardableResult
  private mutating func change(_ range: Range<TextPosition>, to text: String) -> TextPosition {
    let linesBefore = buffer.lines.count
    let end = buffer.replace(range, with: text)
    let added = buffer.lines.count - linesBefore
    wraps.follow(range, newEnd: range.upperBound.line + added)
    revision += 1
    goalColumn = nil
    return end
  }
}
