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

  public init(
    start: TextPosition, removed: String, inserted: String, cursorBefore: TextPosition,
    cursorAfter: TextPosition, anchorBefore: TextPosition? = nil, isTyped: Bool = false
  ) {
    self.start = start
    self.removed = removed
    self.inserted = inserted
    self.cursorBefore = cursorBefore
    self.cursorAfter = cursorAfter
    self.anchorBefore = anchorBefore
    self.isTyped = isTyped
  }

  /// Where the inserted text ends, while it stands.
  public var insertedEnd: TextPosition { start.after(inserted) }

  /// Where the removed text ended, while it stood.
  public var removedEnd: TextPosition { start.after(removed) }
}

/// The changes that can be undone, and those that can be redone.
public struct EditHistory: Hashable, Sendable {
  private var done: [Edit] = []
  private var undone: [Edit] = []

  public init() {}

  /// How many changes can be undone.
  public var undoCount: Int { done.count }

  public mutating func note(_ edit: Edit) {
    undone.removeAll()
    if let last = done.last, let joined = Self.join(last, edit) {
      done[done.count - 1] = joined
    } else {
      done.append(edit)
    }
  }

  public mutating func undo() -> Edit? {
    guard let edit = done.popLast() else { return nil }
    undone.append(edit)
    return edit
  }

  public mutating func redo() -> Edit? {
    guard let edit = undone.popLast() else { return nil }
    done.append(edit)
    return edit
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
      anchorBefore: first.anchorBefore, isTyped: true)
  }
}
