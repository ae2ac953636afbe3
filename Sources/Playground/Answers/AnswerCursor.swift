// Where a reader stands in an answer. It moves over what is shown: markup that isn't on the screen is
// stepped over.

/// A place in an answer's text, with the selection that leads there.
public struct AnswerCursor: Hashable, Sendable {
  /// A UTF-8 offset in the answer's text: the start of a character that is shown.
  public internal(set) var offset: Int
  /// Where the selection began; nil while nothing is selected.
  public internal(set) var anchor: Int?
  /// The cell that it keeps while it goes up and down; nil for that of `offset`.
  var column: Int?

  public init(offset: Int, anchor: Int? = nil) {
    self.offset = offset
    self.anchor = anchor
  }
}

/// A step of the cursor in an answer.
enum AnswerMotion: Hashable, Sendable {
  case left, right, up, down, pageUp, pageDown
  case wordForward, wordBackward
  case rowStart, rowEnd
  case start, end
}

/// A character that is shown, where the cursor can stand.
struct AnswerStop: Hashable, Sendable {
  /// UTF-8 offsets in the answer's text.
  var range: Range<Int>
  /// Cells from the start of the row.
  var column: Int
  var isBlank: Bool
}

extension Command {
  /// How the cursor in an answer moves by it; nil for any other command.
  var answerMotion: AnswerMotion? {
    switch self {
    case .cursorLeft: .left
    case .cursorRight: .right
    case .cursorUp: .up
    case .cursorDown: .down
    case .cursorPageUp: .pageUp
    case .cursorPageDown: .pageDown
    case .cursorWordForward: .wordForward
    case .cursorWordBackward: .wordBackward
    case .cursorRowStart: .rowStart
    case .cursorRowEnd: .rowEnd
    case .cursorStart: .start
    case .cursorEnd: .end
    default: nil
    }
  }
}
