// Which commands move a cursor, and which take text away: for every text that has one.

extension Command {
  /// Where it moves the cursor to; nil for a command that moves by rows, or not at all.
  var motion: Editor.Motion? {
    switch self {
    case .characterForward: .characterForward
    case .characterBackward: .characterBackward
    case .wordForward: .wordForward
    case .wordBackward: .wordBackward
    case .lineStart: .lineStart
    case .lineEnd: .lineEnd
    case .textStart: .textStart
    case .textEnd: .textEnd
    default: nil
    }
  }

  /// What it takes away: all up to there.
  var deletion: Editor.Motion? {
    switch self {
    case .deleteForward: .characterForward
    case .deleteBackward: .characterBackward
    case .killLine: .lineEnd
    case .killLineStart: .lineStart
    case .killWord: .wordForward
    case .killWordBackward: .wordBackward
    default: nil
    }
  }

  /// Whether what it takes away can be yanked.
  var isKill: Bool {
    switch self {
    case .killLine, .killLineStart, .killWord, .killWordBackward: true
    default: false
    }
  }
}
