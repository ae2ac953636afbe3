// Changes that can be taken back and done again. Typing in one go counts as one change.

/// One change of a text, with all that taking it back needs.
public struct Edit: Hashable, Sendable {
  public var start: TextPosition
  public var removed: String
  public var inserted: String
  public var cursorBefore: TextPosition
  public var cursorAfter: TextPosition
  /// Whether it is one character, or several typed one after the other.
  public var isTyped: Bool

  public init(
    start: TextPosition, removed: String, inserted: String, cursorBefore: TextPosition,
    cursorAfter: TextPosition, isTyped: Bool = false
  ) {
    self.start = start
    self.removed = removed
    self.inserted = inserted
    self.cursorBefore = cursorBefore
    self.cursorAfter = cursorAfter
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

  /// Two single characters typed after each other, within a word, as one change.
  private static func join(_ first: Edit, _ second: Edit) -> Edit? {
    guard first.isTyped, second.isTyped, second.start == first.insertedEnd,
      first.cursorAfter == second.cursorBefore,
      let last = first.inserted.last, let next = second.inserted.first,
      !last.isNewline, !next.isNewline, !(last.isWhitespace && !next.isWhitespace)
    else { return nil }
    return Edit(
      start: first.start, removed: "", inserted: first.inserted + second.inserted,
      cursorBefore: first.cursorBefore, cursorAfter: second.cursorAfter, isTyped: true)
  }
}
