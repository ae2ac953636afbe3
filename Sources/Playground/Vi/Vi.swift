import Core

// vi's modes over a text: it takes keys one by one and changes an editor by them. A value: which
// text has the focus, and what searching looks like, is not known here.

/// The state of modal editing.
public struct Vi: Hashable, Sendable {
  public enum Mode: String, Hashable, Sendable {
    case normal, insert, visual
    case visualLine = "visual line"
  }

  public internal(set) var mode = Mode.normal
  /// What is typed of a command that is not whole yet.
  public private(set) var pendingKeys = ""
  /// Where the selection of a visual mode began.
  var anchor = TextPosition.start
  private var lastFind: ViFind?
  private var lastChange: Change?
  var insertion: Insertion?

  /// What `.` does again.
  private struct Change: Hashable, Sendable {
    var command: ViCommand
    /// What was typed in the insert mode that followed.
    var inserted = ""
  }

  /// An insert mode under way.
  struct Insertion: Hashable, Sendable {
    var start: TextPosition
    var command: ViCommand
  }

  /// What became of a key.
  public enum Reply: Hashable, Sendable {
    /// So many changes are to be taken back, or done again.
    case undo(count: Int)
    case redo(count: Int)
    /// It means here what it means without vi.
    case notTaken
    case taken
    /// The text was changed.
    case changed
    /// A text is to be asked for, and looked for.
    case find(isBackward: Bool)
    /// What was looked for last is looked for again.
    case findAgain(isReversed: Bool)
    /// A command line is wanted, which vi has elsewhere.
    case commandLine
  }

  public init() {}

  /// Takes one key.
  ///
  /// - Parameters:
  ///   - width: cells of the editor's rows, for going up and down.
  ///   - register: what was yanked or deleted last; whole lines end with a line feed.
  public mutating func take(
    _ key: Key, in editor: inout Editor, width: Int, register: inout String
  ) -> Reply {
    if mode == .insert {
      guard key.code == .escape else { return .notTaken }
      endInsertion(in: &editor)
      return .changed
    }
    if key.code == .escape {
      pendingKeys = ""
      mode = .normal
      stay(in: &editor)
      return .taken
    }
    guard let character = Self.character(of: key) else {
      pendingKeys = ""
      return .notTaken
    }
    pendingKeys.append(character)
    switch ViParser.read(pendingKeys, isVisual: isVisual) {
    case .unfinished: return .taken
    case .invalid:
      pendingKeys = ""
      return .taken
    case .command(let command):
      pendingKeys = ""
      let reply = perform(command, in: &editor, width: width, register: &register)
      if mode == .normal { stay(in: &editor) }
      return reply
    }
  }

  var isVisual: Bool { mode == .visual || mode == .visualLine }

  /// The character that a key stands for in a command; nil for keys that vi leaves to others.
  private static func character(of key: Key) -> Character? {
    guard key.modifiers.isEmpty else { return nil }
    switch key.code {
    case .character(let character): return character
    case .enter: return "\n"
    case .left, .backspace: return "h"
    case .right: return "l"
    case .up: return "k"
    case .down: return "j"
    case .home: return "0"
    case .end: return "$"
    case .delete: return "x"
    case .tab, .escape, .insert, .pageUp, .pageDown, .function: return nil
    }
  }

  /// The text has lost the focus: a command or a selection under way is over.
  public mutating func leave() {
    pendingKeys = ""
    insertion = nil
    mode = .normal
  }

  /// The text was changed by something else: the places that were noted are of another text. An
  /// insert mode goes on, since its keys are letters.
  mutating func forgetPlaces() {
    insertion = nil
    if isVisual { leave() }
  }

  /// Keeps the cursor on a character: past the last one there is nothing to work on.
  public func stay(in editor: inout Editor) {
    guard mode == .normal else { return }
    let last = editor.buffer.lastCharacter(ofLine: editor.cursor.line)
    if editor.cursor > last { editor.moveTo(last) }
  }

  /// What a visual mode has selected; nil in the other modes.
  public func selection(in editor: Editor) -> Range<TextPosition>? {
    guard isVisual else { return nil }
    let buffer = editor.buffer
    let anchor = buffer.clamped(anchor)
    let (first, last) = (min(anchor, editor.cursor), max(anchor, editor.cursor))
    if mode == .visualLine {
      return TextPosition(line: first.line, offset: 0)..<buffer.lineEnd(last.line)
    }
    return first..<buffer.position(after: last)
  }

  // MARK: Commands

  private mutating func perform(
    _ command: ViCommand, in editor: inout Editor, width: Int, register: inout String
  ) -> Reply {
    let count = command.count
    switch command.action {
    case .move(let motion):
      move(motion, count: count, in: &editor, width: width)
      return .taken
    case .find(let isBackward): return .find(isBackward: isBackward)
    case .findAgain(let isReversed): return .findAgain(isReversed: isReversed)
    case .commandLine: return .commandLine
    case .visual(let isLinewise):
      let wanted = isLinewise ? Mode.visualLine : .visual
      if !isVisual { anchor = editor.cursor }
      mode = mode == wanted ? .normal : wanted
      return .taken
    case .swapEnds:
      let cursor = editor.cursor
      editor.moveTo(anchor)
      anchor = cursor
      return .taken
    case .select(let object):
      if let range = object.range(at: editor.cursor, count: count ?? 1, in: editor.buffer),
        !range.isEmpty
      {
        anchor = range.lowerBound
        editor.moveTo(editor.buffer.position(before: range.upperBound))
        if object.isLinewise { mode = .visualLine }
      }
      return .taken
    case .undo: return .undo(count: count ?? 1)
    case .redo: return .redo(count: count ?? 1)
    case .repeatChange: return repeatChange(count: count, in: &editor, register: &register)
    case .operate(.yank, _):
      change(command, in: &editor, register: &register)
      return .taken
    case .operate, .operateOnSelection, .insert, .replaceCharacter, .put, .joinLines, .toggleCase:
      if !isVisual { lastChange = Change(command: command) }
      change(command, in: &editor, register: &register)
      return .changed
    }
  }

  private mutating func move(
    _ motion: ViMotion, count: Int?, in editor: inout Editor, width: Int
  ) {
    if case .find(let find) = motion { lastFind = find }
    switch motion {
    // By the rows on the screen: a prompt's lines are long.
    case .up: editor.moveRows(-(count ?? 1), width: width)
    case .down: editor.moveRows(count ?? 1, width: width)
    default:
      guard let target = target(of: motion, count: count, in: editor) else { return }
      editor.moveTo(target)
    }
  }

  func target(of motion: ViMotion, count: Int?, in editor: Editor) -> TextPosition? {
    motion.target(from: editor.cursor, count: count, in: editor.buffer, lastFind: lastFind)
  }

  mutating func note(_ find: ViFind) { lastFind = find }

  private mutating func repeatChange(
    count: Int?, in editor: inout Editor, register: inout String
  ) -> Reply {
    guard var again = lastChange else { return .taken }
    if let count { again.command.count = count }
    change(again.command, in: &editor, register: &register)
    if mode == .insert {
      editor.insert(again.inserted)
      endInsertion(in: &editor)
    }
    lastChange = again
    return .changed
  }

  private mutating func endInsertion(in editor: inout Editor) {
    mode = .normal
    defer { editor.endChange() }
    guard let insertion else { return stay(in: &editor) }
    self.insertion = nil
    let start = editor.buffer.clamped(insertion.start)
    if start < editor.cursor {
      let inserted = editor.buffer.text(in: start..<editor.cursor)
      if case .insert(let place) = insertion.command.action, place.takesCount,
        let count = insertion.command.count, count > 1
      {
        editor.insert(String(repeating: inserted, count: count - 1))
      }
      lastChange = Change(command: insertion.command, inserted: inserted)
    }
    if editor.cursor.offset > 0 { editor.move(.characterBackward) }
  }
}

extension ViInsertion {
  /// Whether a count repeats what is typed.
  fileprivate var takesCount: Bool {
    switch self {
    case .here, .after, .lineStart, .lineEnd: true
    case .lineBelow, .lineAbove: false
    }
  }
}

extension TextBuffer {
  /// The position itself, or the nearest that exists and splits no character.
  func clamped(_ position: TextPosition) -> TextPosition {
    let line = max(0, min(position.line, lines.count - 1))
    let offset = max(0, min(position.offset, lines[line].utf8.count))
    return boundary(atOrAfter: TextPosition(line: line, offset: offset))
  }
}
