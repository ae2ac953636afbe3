// Changes that can be taken back and done again. Typing in one go counts as one change.

/// One change of a text, with all that taking it back needs.
public struct Edit: Hashable, Sendable {
  public var start: TextPosition
  public var removed: String
  public var inserted: String
  public var cursorBefore: TextPosition
  public var cursorAfter: TextPosition
  /// The other end of what was selected before; nil for nothing.
  public var anchorBefore: TextPosition?
  /// Whether what was inserted is one character, or several typed one after the other.
  public var isTyped: Bool
  /// Whether the edit is one change with the one before it: both are undone and redone together.
  public var continuesChange: Bool

  public init(
    start: TextPosition, removed: String, inserted: String, cursorBefore: TextPosition,
    cursorAfter: TextPosition, anchorBefore: TextPosition? = nil, isTyped: Bool = false,
    continuesChange: Bool = false
  ) {
    self.start = start
    self.removed = removed
    self.inserted = inserted
    self.cursorBefore = cursorBefore
    self.cursorAfter = cursorAfter
    self.anchorBefore = anchorBefore
    self.isTyped = isTyped
    self.continuesChange = continuesChange
  }

  /// Where the inserted text ends, while it stands.
  public var insertedEnd: TextPosition { start.after(inserted) }

  /// Where the removed text ended, while it stood.
  public var removedEnd: TextPosition { start.after(removed) }
}

/// The changes that can be undone, and those that can be redone.
public struct EditHistory: Hashable, Sendable {
  /// Every edit that can be undone or redone.
  public private(set) var log: EditLog
  /// The number of the edit that redo does next: those before it are done.
  public private(set) var position: Int
  /// Where the change under way began; nil while each edit is a change by itself.
  private var changeStart: Int?
  /// Where the edits before these are kept, while they have not been read; nil when all are here.
  public private(set) var earlier: HistoryPlace?

  public init() { self.init(EditLog(), position: 0) }

  /// The history of what is done from now on, after edits that are still to be read.
  public init(after earlier: HistoryPlace) {
    self.init()
    self.earlier = earlier
  }

  /// - Parameter position: from the log's start up to its end; anything else counts as the nearer.
  public init(_ log: EditLog, position: Int) {
    self.log = log
    self.position = max(log.start, min(position, log.end))
  }

  /// How many edits can be undone.
  public var undoCount: Int { position - log.start }

  /// Whether undo has to wait for the edits that have not been read yet.
  public var awaitsUndo: Bool { earlier != nil && undoCount == 0 }

  /// Whether redo has to.
  public var awaitsRedo: Bool { earlier != nil && log.isEmpty }

  /// The same edits after the ones that had not been read.
  ///
  /// - Parameter read: the history that `earlier` tells of; nil when it is lost.
  public func following(_ read: EditHistory?) -> EditHistory {
    var whole = self
    whole.earlier = nil
    // Edits fit only where none is missing between.
    guard let read, log.start == 0 else { return whole }
    whole.changeStart = changeStart.map { $0 + read.position }
    whole.position = read.position + position
    whole.log = read.log
    if !log.isEmpty {
      whole.log.truncate(to: read.position)
      for number in 0..<log.end { whole.log.append(log[number].edit) }
    }
    whole.position = max(whole.log.start, whole.position)
    return whole
  }

  /// Whether the edits before and after the position are one change: undo and redo go on.
  public var isWithinChange: Bool {
    log.start < position && position < log.end && log[position].edit.continuesChange
  }

  /// Makes all edits up to `endChange()` one change, apart from those before.
  public mutating func beginChange() { changeStart = position }

  public mutating func endChange() { changeStart = nil }

  public mutating func note(_ edit: Edit) {
    log.truncate(to: position)
    // Of what was undone since the change began, nothing is left to go on with.
    let changeStart = changeStart.map { min($0, position) }
    self.changeStart = changeStart
    var edit = edit
    edit.continuesChange = changeStart.map { $0 < position } ?? false
    if position > log.start, position != changeStart,
      let joined = Self.join(log[position - 1].edit, edit)
    {
      log.truncate(to: position - 1)
      log.append(joined)
    } else {
      log.append(edit)
    }
    position = log.end
  }

  public mutating func undo() -> Edit? {
    guard position > log.start else { return nil }
    position -= 1
    return log[position].edit
  }

  public mutating func redo() -> Edit? {
    guard position < log.end else { return nil }
    position += 1
    return log[position - 1].edit
  }

  /// Two single characters typed after each other, within a word, as one change. The first may
  /// have taken the place of a selection.
  private static func join(_ first: Edit, _ second: Edit) -> Edit? {
    guard first.isTyped, second.isTyped, second.removed.isEmpty,
      second.start == first.insertedEnd, first.cursorAfter == second.cursorBefore,
      let last = first.inserted.last, let next = second.inserted.first,
      !last.isNewline, !next.isNewline, !(last.isWhitespace && !next.isWhitespace)
    else { return nil }
    return Edit(
      start: first.start, removed: first.removed, inserted: first.inserted + second.inserted,
      cursorBefore: first.cursorBefore, cursorAfter: second.cursorAfter,
      anchorBefore: first.anchorBefore, isTyped: true, continuesChange: first.continuesChange)
  }
}
