// The commands of vi's normal and visual modes as values: what their keys spell, before any text is
// looked at (POSIX.1-2017, vi; Vim's text objects).

/// One command with its count.
struct ViCommand: Hashable, Sendable {
  /// nil when none was typed.
  var count: Int?
  var action: ViAction
}

/// What a command does.
enum ViAction: Hashable, Sendable {
  case move(ViMotion)
  case operate(ViOperator, ViTarget)
  /// On what is selected in a visual mode.
  case operateOnSelection(ViOperator)
  case insert(ViInsertion)
  case replaceCharacter(Character)
  case put(isBefore: Bool)
  case joinLines
  case toggleCase
  case undo, redo
  case repeatChange
  /// Begins a visual mode, ends it, or changes from one to the other.
  case visual(isLinewise: Bool)
  case select(ViObject)
  /// The cursor goes to the other end of the selection.
  case swapEnds
  case find(isBackward: Bool)
  case findAgain(isReversed: Bool)
  /// `:`, which there is none of.
  case commandLine
}

/// Where the cursor goes.
enum ViMotion: Hashable, Sendable {
  case left, right, up, down
  /// `isBig`: words end at white space only.
  case wordForward(isBig: Bool)
  case wordBackward(isBig: Bool)
  case wordEnd(isBig: Bool)
  case lineStart, firstNonBlank, lineEnd
  /// The line that the count names; without one the first or the last.
  case firstLine, lastLine
  /// The next line's first word, as Enter does.
  case nextLineStart
  case find(ViFind)
  /// The last `find` again.
  case repeatFind(isReversed: Bool)
  case paragraphForward, paragraphBackward
  case match

  /// Whether an operator takes whole lines with it.
  var isLinewise: Bool {
    switch self {
    case .up, .down, .firstLine, .lastLine, .nextLineStart: true
    default: false
    }
  }

  /// Whether an operator takes the character that it leads to.
  var isInclusive: Bool {
    switch self {
    case .wordEnd, .lineEnd, .match: true
    case .find(let find): !find.isBackward
    default: false
    }
  }
}

/// A character to go to within the line: `f`, `F`, `t`, `T`.
struct ViFind: Hashable, Sendable {
  var character: Character
  var isBackward: Bool
  /// `t` and `T` stop just before it.
  var stopsBefore: Bool

  var reversed: ViFind {
    ViFind(character: character, isBackward: !isBackward, stopsBefore: stopsBefore)
  }
}

enum ViOperator: Hashable, Sendable {
  case delete, change, yank, indent, outdent, toggleCase
}

/// What an operator works on.
enum ViTarget: Hashable, Sendable {
  case motion(ViMotion)
  /// So many whole lines.
  case lines
  case object(ViObject)
}

/// A text object, as after `i` and `a`.
struct ViObject: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word(isBig: Bool)
    case quotes(Character)
    case brackets(open: Character, close: Character)
    case paragraph
  }

  var kind: Kind
  /// Whether what surrounds it belongs to it: `a` in place of `i`.
  var isAround: Bool
}

/// Where the insert mode begins.
enum ViInsertion: Hashable, Sendable {
  case here, after, lineStart, lineEnd, lineBelow, lineAbove
}
