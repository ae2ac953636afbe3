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
    case .paragraphForward: .paragraphForward
    case .paragraphBackward: .paragraphBackward
    default: nil
    }
  }

  /// The motion by which it widens the selection; nil where it selects by rows, or nothing.
  var selectingMotion: Editor.Motion? {
    switch self {
    case .selectCharacterForward: .characterForward
    case .selectCharacterBackward: .characterBackward
    case .selectWordForward: .wordForward
    case .selectWordBackward: .wordBackward
    case .selectLineStart: .lineStart
    case .selectLineEnd: .lineEnd
    case .selectTextStart: .textStart
    case .selectTextEnd: .textEnd
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

  /// Whether it takes away what is selected, where anything is.
  var deletesSelection: Bool {
    switch self {
    case .deleteForward, .deleteBackward, .killWordBackward: true
    default: false
    }
  }

  /// Whether what it takes away stands before the cursor.
  var isBackward: Bool { self == .killLineStart || self == .killWordBackward }

  /// Whether what it takes away can be yanked.
  var isKill: Bool {
    switch self {
    case .killLine, .killLineStart, .killWord, .killWordBackward: true
    default: false
    }
  }
}
