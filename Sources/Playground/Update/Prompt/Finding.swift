import Core

// Finding a text, and replacing it by another: what the keys of the bar do.

extension State {
  mutating func askForFind() { openFinder(replaces: false) }

  mutating func askForReplacement() { openFinder(replaces: true) }

  /// - Parameter isBackward: whether the place before the cursor is wanted first.
  mutating func openFinder(replaces: Bool, isBackward: Bool = false) {
    guard let editor = focusedEditor else { return }
    var finder = Finder(in: editor, replaces: replaces)
    finder.isBackward = isBackward
    self.finder = finder
  }

  /// The text that has the focus.
  var focusedEditor: Editor? {
    if let page = pageEditor { return page.editor }
    if let page = answerEditor { return page.editor }
    return switch focus {
    case .prompt: prompt.editor
    case .field(let place) where prompt.fields.indices.contains(place):
      prompt.fields[place].editor
    case .field, .context, .column: nil
    }
  }

  /// What a key does while the bar is open; nil for one that closes it and then means what it does
  /// elsewhere.
  mutating func takeInFinder(_ key: Key) -> [Effect]? {
    guard let finder, focusedEditor != nil else {
      self.finder = nil
      return nil
    }
    let command = CommandTable.command(for: key, inPane: paneScope)
    if key.code == .escape || command == .cancel {
      leaveFinder()
      return []
    }
    switch finder.phase {
    case .asking: return answer(key)
    case .typingQuery, .typingReplacement: return typeInFinder(key, command)
    }
  }

  mutating func pasteInFinder(_ text: String) {
    typeInBar { $0.insert(String(text.prefix { !$0.isNewline })) }
  }

  // MARK: Typing

  private mutating func typeInFinder(_ key: Key, _ command: Command?) -> [Effect]? {
    let motion = command?.motion
    switch (key.code, command) {
    case (.enter, _), (_, .newLine): return confirm()
    case (_, .find), (.down, _), (.character("n"), .rowDown): selectMatch(by: 1)
    case (.up, _), (_, .palette): selectMatch(by: -1)
    case (.character(let character), nil) where key.modifiers.isEmpty:
      typeInBar { $0.insert(String(character)) }
    default:
      if let motion {
        typeInBar { $0.move(motion) }
      } else if let deletion = command?.deletion {
        typeInBar { $0.delete(deletion) }
      } else {
        finder = nil
        return nil
      }
    }
    return []
  }

  private mutating func typeInBar(_ change: (inout Editor) -> Void) {
    guard var finder else { return }
    if finder.phase == .typingReplacement, var replacement = finder.replacement {
      change(&replacement)
      finder.replacement = replacement
      self.finder = finder
      return
    }
    guard finder.phase == .typingQuery else { return }
    let before = finder.query.text
    change(&finder.query)
    self.finder = finder
    if finder.query.text != before { lookFor(from: finder.origin.cursor) }
  }

  private mutating func confirm() -> [Effect] {
    guard var finder else { return [] }
    if finder.query.buffer.isEmpty, !lastQuery.isEmpty {
      recallQuery()
      return []
    }
    lastQuery = finder.query.text
    switch finder.phase {
    case .typingQuery where finder.replacement != nil && finder.current != nil:
      finder.phase = .typingReplacement
      self.finder = finder
    case .typingReplacement: startAsking()
    case .typingQuery, .asking: self.finder = nil
    }
    return []
  }

  /// Escape: the cursor and the scroll are where they were, what was replaced stays replaced.
  private mutating func leaveFinder() {
    guard let finder else { return }
    self.finder = nil
    if finder.replacedCount > 0 { return sayReplaced(finder) }
    if !finder.query.buffer.isEmpty { lastQuery = finder.query.text }
    returnToOrigin(of: finder)
  }

  private mutating func returnToOrigin(of finder: Finder) {
    changeFocusedEditor { editor in
      if editor.buffer == finder.origin.buffer {
        editor = finder.origin
      } else {
        // The text was changed by something else than a key.
        editor.moveTo(finder.origin.cursor)
      }
    }
  }

  /// Changes the text that has the focus as it is, without bringing its cursor into sight.
  mutating func changeFocusedEditor(_ change: (inout Editor) -> Void) {
    switch focus {
    case .prompt: change(&prompt.editor)
    case .field(let place) where prompt.fields.indices.contains(place):
      change(&prompt.fields[place].editor)
    case .field, .context, .column: break
    }
  }

  // MARK: Places

  /// Looks for the query anew, and selects the place nearest to a position.
  private mutating func lookFor(from position: TextPosition) {
    guard var finder, let editor = focusedEditor else { return }
    finder.matches = finder.search.matches(in: editor.buffer)
    finder.current =
      finder.isBackward
      ? finder.match(before: position) : finder.match(atOrAfter: position)
    self.finder = finder
    showMatch()
  }

  private mutating func showMatch() {
    guard let finder else { return }
    guard let current = finder.current else { return returnToOrigin(of: finder) }
    let range = finder.matches[current]
    _ = edit { editor, _ in editor.moveTo(range.lowerBound) }
  }

  /// The next place, or the one before; round the end of the text and on from its start.
  private mutating func selectMatch(by step: Int) {
    guard var finder, let editor = focusedEditor else { return }
    if finder.query.buffer.isEmpty { return recallQuery() }
    finder.matches = finder.search.matches(in: editor.buffer)
    finder.current =
      step > 0
      ? finder.match(atOrAfter: editor.buffer.position(after: editor.cursor))
      : finder.match(before: editor.cursor)
    self.finder = finder
    showMatch()
  }

  /// Looks anew in a text that something else than the bar has changed: what was found stands
  /// elsewhere by now, and what is still to be asked about are the places from the cursor on.
  mutating func lookAnew() {
    guard var finder, let editor = focusedEditor else { return }
    finder.matches = finder.search.matches(in: editor.buffer)
    finder.current = finder.match(atOrAfter: editor.cursor)
    self.finder = finder
    guard finder.phase == .asking else { return }
    let pending = finder.matches.filter { $0.lowerBound >= editor.cursor }
    self.finder?.pending = pending
    if pending.isEmpty { self.finder = nil } else { showPending() }
  }

  /// An empty bar looks for what was looked for last.
  private mutating func recallQuery() {
    guard !lastQuery.isEmpty else { return }
    let query = lastQuery
    typeInBar { $0.insert(query) }
  }

  /// Moves to the next place of what was looked for last, with no bar.
  mutating func findAgain(isBackward: Bool) {
    guard !lastQuery.isEmpty, let editor = focusedEditor else {
      notice = Notice(.information, "Nothing was looked for yet.")
      return
    }
    openFinder(replaces: false, isBackward: isBackward)
    finder?.query.insert(lastQuery)
    lookFor(from: isBackward ? editor.cursor : editor.buffer.position(after: editor.cursor))
    if finder?.current == nil {
      notice = Notice(.information, "'\(lastQuery)' is not in this text.")
    }
    finder = nil
  }

  // MARK: Replacing

  private mutating func startAsking() {
    guard var finder, let editor = focusedEditor, let current = finder.current else { return }
    finder.matches = finder.search.matches(in: editor.buffer)
    // Round the end: those before the first place come last.
    let first = min(current, finder.matches.count)
    finder.pending = Array(finder.matches[first...] + finder.matches[..<first])
    finder.phase = .asking
    self.finder = finder
    showPending()
  }

  private mutating func answer(_ key: Key) -> [Effect]? {
    switch key.code {
    case .character("y"), .character(" "):
      replacePending(count: 1)
    case .character("n"), .delete, .backspace:
      if finder?.pending.isEmpty == false { finder?.pending.removeFirst() }
      showPending()
      return []
    case .character("!"): replacePending(count: finder?.pending.count ?? 0)
    case .character("."):
      replacePending(count: 1)
      finder?.pending = []
      showPending()
    case .character("q"), .enter:
      finder?.pending = []
      showPending()
      return []
    default:
      // Letters that are no answer are not typed into the text.
      guard case .character = key.code, key.modifiers.isEmpty else {
        finder = nil
        return nil
      }
      notice = Notice(.information, "y replaces, n leaves it, ! replaces all, q stops.")
      return []
    }
    return textChanged()
  }

  /// Replaces the next places, as one change that can be undone.
  private mutating func replacePending(count: Int) {
    guard var finder, let text = finder.replacement?.text, count > 0 else { return }
    let places = finder.pending.prefix(count).sorted { $0.lowerBound < $1.lowerBound }
    finder.pending.removeFirst(places.count)
    if let place = places.first, places.count == 1 {
      finder.pending = Finder.shifted(finder.pending, after: place, by: text)
    }
    finder.replacedCount += places.count
    self.finder = finder
    _ = edit { editor, _ in editor.replace(places, with: text) }
    showPending()
  }

  /// Goes to the next place that is asked about, or ends.
  private mutating func showPending() {
    guard var finder, let editor = focusedEditor else { return }
    guard let next = finder.pending.first else {
      self.finder = nil
      sayReplaced(finder)
      return
    }
    finder.matches = finder.search.matches(in: editor.buffer)
    finder.current = finder.matches.firstIndex(of: next)
    self.finder = finder
    _ = edit { editor, _ in editor.moveTo(next.lowerBound) }
  }

  private mutating func sayReplaced(_ finder: Finder) {
    let places =
      finder.replacedCount == 1 ? "1 place" : "\(Numbers.grouped(finder.replacedCount)) places"
    notice = Notice(.success, "Replaced \(places) of '\(finder.query.text)'.")
  }
}

extension Editor {
  /// Replaces places that follow each other without overlap, as one change that can be undone.
  mutating func replace(_ places: [Range<TextPosition>], with text: String) {
    guard let first = places.first, let last = places.last else { return }
    var result = ""
    var end = first.lowerBound
    for place in places {
      result += buffer.text(in: end..<place.lowerBound) + text
      end = place.upperBound
    }
    replace(first.lowerBound..<last.upperBound, with: result)
  }
}
