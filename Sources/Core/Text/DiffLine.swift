// A difference as lines to read: those that were removed, those that were added, and those around
// them; in each, what changed. Long stretches in which nothing changed are folded.

/// A line of a difference.
public struct DiffLine: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case kept, removed, added
    /// Stands for so many lines that didn't change; its text is empty.
    case folded(Int)
  }

  public var kind: Kind
  /// Without its line end.
  public var text: String
  /// UTF-8 offsets of what changed in it, in order.
  public var changes: [Range<Int>] = []

  /// Whether nothing of the line was there in the other text.
  public var isWholeChange: Bool { changes == [0..<text.utf8.count] }
}

extension WordDiff {
  /// The lines of both texts; a line of which a part changed is there twice, removed and added.
  ///
  /// - Parameter context: the unchanged lines that are kept around a change; nil keeps all.
  public func lines(context: Int? = nil) -> [DiffLine] {
    var lines = DiffLines()
    for piece in pieces { lines.append(piece) }
    lines.finish()
    guard let context else { return lines.lines }
    return Self.folded(lines.lines, context: context)
  }

  private static func folded(_ lines: [DiffLine], context: Int) -> [DiffLine] {
    var shown: [DiffLine] = []
    var start = 0
    while start < lines.count {
      guard lines[start].kind == .kept else {
        shown.append(lines[start])
        start += 1
        continue
      }
      let end = lines[start...].firstIndex { $0.kind != .kept } ?? lines.count
      let first = start == 0 ? 0 : context
      let last = end == lines.count ? 0 : context
      let hidden = end - start - first - last
      if hidden > 1 {
        shown += lines[start..<start + first]
        shown.append(DiffLine(kind: .folded(hidden), text: ""))
        shown += lines[end - last..<end]
      } else {
        shown += lines[start..<end]
      }
      start = end
    }
    return shown
  }
}

/// Puts the pieces of a difference together to lines.
private struct DiffLines {
  private(set) var lines: [DiffLine] = []
  private var removed: [DiffLine] = []
  private var added: [DiffLine] = []
  private var old = DiffLine(kind: .removed, text: "")
  private var new = DiffLine(kind: .added, text: "")
  /// Whether both lines began at the same place of both texts.
  private var isAligned = true

  mutating func append(_ piece: WordDiff.Piece) {
    // By bytes: to Swift, a carriage return and a line feed are one character.
    let parts = piece.text.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      let text = Substring(part)
      let endsLine = place < parts.count - 1
      switch piece.kind {
      case .kept:
        old.text += text
        new.text += text
        if endsLine { endBoth() }
      case .removed:
        Self.add(text, to: &old, endsLine: endsLine)
        if endsLine { endOld() }
      case .added:
        Self.add(text, to: &new, endsLine: endsLine)
        if endsLine { endNew() }
      }
    }
  }

  private static func add(_ text: Substring, to line: inout DiffLine, endsLine: Bool) {
    let start = line.text.utf8.count
    line.text += text
    let range = start..<line.text.utf8.count
    // A line end that is gone, or new, is a change of a line without any other.
    if !range.isEmpty || (endsLine && line.text.isEmpty) { line.changes.append(range) }
  }

  private mutating func endBoth() {
    if isAligned, old.changes.isEmpty, new.changes.isEmpty {
      flush()
      lines.append(DiffLine(kind: .kept, text: old.text))
      old.text = ""
      new.text = ""
    } else {
      endOld()
      endNew()
    }
  }

  private mutating func endOld() {
    removed.append(old)
    old = DiffLine(kind: .removed, text: "")
    isAligned = new.text.isEmpty
  }

  private mutating func endNew() {
    added.append(new)
    new = DiffLine(kind: .added, text: "")
    isAligned = old.text.isEmpty
  }

  private mutating func flush() {
    lines += removed + added
    removed = []
    added = []
  }

  mutating func finish() {
    if isAligned, old.changes.isEmpty, new.changes.isEmpty {
      flush()
      if !old.text.isEmpty { lines.append(DiffLine(kind: .kept, text: old.text)) }
      return
    }
    if !old.text.isEmpty { endOld() }
    if !new.text.isEmpty { endNew() }
    flush()
  }
}
