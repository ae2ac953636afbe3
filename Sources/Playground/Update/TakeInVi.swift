import Core

// Keys on their way to vi, and what its commands ask of the program.

extension State {
  /// What a key does by vi's modes; nil for one that means what it does without them.
  mutating func takeInVi(_ key: Key) -> [Effect]? {
    guard focus.isText || isCorrecting, var vi else { return nil }
    if vi.mode != .insert, let command = Self.viScrolling[key] { return perform(command) }
    var register = killRing.newest
    let reply = edit { editor, room in
      vi.take(key, in: &editor, width: room.width, register: &register)
    }
    self.vi = vi
    if register != killRing.newest { killRing.add(register) }
    guard let reply, reply != .notTaken else { return nil }
    switch reply {
    case .notTaken, .taken: return []
    case .changed: return textChanged()
    case .undo(let count): return goBack(count: count)
    case .redo(let count): return goForward(count: count)
    case .find where isCorrecting, .findAgain where isCorrecting:
      notice = Notice(.information, "Nothing can be looked for while an answer is corrected.")
      return []
    case .find(let isBackward):
      lastFindWasBackward = isBackward
      openFinder(replaces: false, isBackward: isBackward)
      return []
    case .findAgain(let isReversed):
      findAgain(isBackward: lastFindWasBackward != isReversed)
      return []
    case .commandLine:
      notice = Notice(
        .information,
        "There is no command line here: ^S saves, ^Q quits, ^P finds every command.")
      return []
    }
  }

  /// Keys with Control that scroll in vi's normal mode, whatever they do elsewhere.
  private static let viScrolling: [Key: Command] = [
    Key("f", .control): .pageDown, Key("d", .control): .pageDown,
    Key("b", .control): .pageUp, Key("u", .control): .pageUp,
  ]

  /// Ends what is under way in vi, and the change that it was typing, where the focus is.
  mutating func leaveVi() {
    vi?.leave()
    switch focus {
    case .prompt: prompt.editor.endChange()
    case .field(let place) where prompt.fields.indices.contains(place):
      prompt.fields[place].editor.endChange()
    case .field, .context, .column: break
    }
  }

  /// In the normal mode the cursor stays on a character, wherever another command has put it.
  mutating func keepViCursor() {
    guard let vi, vi.mode == .normal, finder == nil else { return }
    guard let editor = focusedEditor else { return }
    let last = editor.buffer.lastCharacter(ofLine: editor.cursor.line)
    if editor.cursor > last { _ = edit { editor, _ in vi.stay(in: &editor) } }
  }
}
