import Core

// What was killed and copied, to be yanked in any text. It knows no keys.

/// The texts that were killed, newest first to be yanked.
struct KillRing: Hashable, Sendable {
  private var texts: [String] = []
  /// Where the last kill left its text: a kill that begins there goes on with it.
  private var lastKill: Place?
  /// Where the last yank left its text, and which text it was, counted from the newest.
  private var lastYank: Yank?

  /// A state of a text and its cursor, by which it is known that nothing happened since.
  struct Place: Hashable, Sendable {
    var focus: Focus
    var revision: Int
    var cursor: TextPosition

    init(_ editor: Editor, in focus: Focus) {
      self.focus = focus
      revision = editor.revision
      cursor = editor.cursor
    }
  }

  private struct Yank: Hashable, Sendable {
    var range: Range<TextPosition>
    var place: Place
    var depth: Int
  }

  /// The text that was killed last; empty for none.
  var newest: String { texts.last ?? "" }

  /// Older ones are forgotten.
  private static let mostTexts = 60

  /// Keeps a text that was copied.
  mutating func add(_ text: String) {
    lastKill = nil
    push(text)
  }

  private mutating func push(_ text: String) {
    texts.append(text)
    texts.removeFirst(max(0, texts.count - Self.mostTexts))
  }

  /// Keeps a text that was killed; kills in a row make one text.
  ///
  /// - Parameters:
  ///   - isBackward: whether it stood before the cursor.
  ///   - before: the place before the kill.
  ///   - after: the same after it.
  mutating func add(_ text: String, isBackward: Bool, before: Place, after: Place) {
    guard !text.isEmpty else { return }
    if before == lastKill, let last = texts.popLast() {
      push(isBackward ? text + last : last + text)
    } else {
      push(text)
    }
    lastKill = after
  }

  /// Puts the newest text in at the cursor.
  mutating func yank(into editor: inout Editor, in focus: Focus) {
    let start = editor.selection?.lowerBound ?? editor.cursor
    editor.insert(newest)
    note(start..<editor.cursor, depth: 0, editor, focus)
  }

  /// Puts the text before in place of the one that was just yanked; false when none was.
  mutating func yankEarlier(into editor: inout Editor, in focus: Focus) -> Bool {
    guard let last = lastYank, last.place == Place(editor, in: focus), !texts.isEmpty else {
      return false
    }
    let depth = (last.depth + 1) % texts.count
    editor.replace(last.range, with: texts[texts.count - 1 - depth])
    note(last.range.lowerBound..<editor.cursor, depth: depth, editor, focus)
    return true
  }

  private mutating func note(
    _ range: Range<TextPosition>, depth: Int, _ editor: Editor, _ focus: Focus
  ) {
    lastYank = Yank(range: range, place: Place(editor, in: focus), depth: depth)
  }
}
