import Core

// Looking for a text in an answer: the keys of the bar, and on from place to place.

extension State {
  mutating func findInAnswer() {
    let index = currentColumn
    guard !columns[index].answer.text.isEmpty else {
      notice = Notice(.information, "There is no answer to look in yet.")
      return
    }
    let column = columns[index]
    answerSearch = AnswerSearch(
      inColumn: index, top: column.top, from: column.firstShownSource ?? 0)
  }

  /// What a key does while the bar is open; nil for one that closes it and then means what it does
  /// elsewhere.
  mutating func takeInAnswerSearch(_ key: Key) -> [Effect]? {
    guard let search = answerSearch, search.isTyping, focus == .column(search.column) else {
      return nil
    }
    let command = CommandTable.command(for: key, inPane: .text)
    switch (key.code, command) {
    case (.escape, _), (_, .cancel): leaveAnswerSearch()
    case (.enter, _), (_, .newLine): confirmAnswerSearch()
    case (.down, _), (_, .find), (_, .rowDown): showMatch(movedBy: 1)
    case (.up, _), (_, .palette): showMatch(movedBy: -1)
    case (.character(let character), nil) where key.modifiers.isEmpty:
      typeInAnswerSearch { $0.insert(String(character)) }
    default:
      if let motion = command?.motion {
        typeInAnswerSearch { $0.move(motion) }
      } else if let deletion = command?.deletion {
        typeInAnswerSearch { $0.delete(deletion) }
      } else {
        confirmAnswerSearch()
        return nil
      }
    }
    return []
  }

  mutating func pasteInAnswerSearch(_ text: String) {
    typeInAnswerSearch { $0.insert(String(text.prefix { !$0.isNewline })) }
  }

  /// Goes to the next place of what was looked for, or to the one before.
  mutating func showMatch(movedBy step: Int) {
    let index = currentColumn
    guard var search = answerSearch, search.column == index else {
      // What was looked for in another column is looked for here.
      guard !lastAnswerQuery.isEmpty, !columns[index].answer.text.isEmpty else {
        notice = Notice(.information, "Nothing was looked for yet: / looks for a text.")
        return
      }
      dropAnswerSearch()
      findInAnswer()
      typeInAnswerSearch { [lastAnswerQuery] in $0.insert(lastAnswerQuery) }
      answerSearch?.isTyping = false
      return
    }
    if search.query.buffer.isEmpty {
      typeInAnswerSearch { [lastAnswerQuery] in $0.insert(lastAnswerQuery) }
      return
    }
    search.move(by: step, in: columns[index].answer.text)
    answerSearch = search
    showCurrentMatch()
    guard columns[index].cursor != nil, let match = search.currentMatch else { return }
    moveCursor(to: AnswerCursor(offset: match.lowerBound), inColumn: index)
  }

  /// Takes away the marks of what was looked for.
  mutating func dropAnswerSearch() {
    guard let search = answerSearch else { return }
    answerSearch = nil
    if columns.indices.contains(search.column) { columns[search.column].marks[.match] = [] }
  }

  private mutating func confirmAnswerSearch() {
    guard var search = answerSearch else { return }
    if search.query.buffer.isEmpty, !lastAnswerQuery.isEmpty {
      typeInAnswerSearch { [lastAnswerQuery] in $0.insert(lastAnswerQuery) }
      if let recalled = answerSearch { search = recalled }
    }
    guard !search.query.buffer.isEmpty else { return dropAnswerSearch() }
    lastAnswerQuery = search.query.text
    search.isTyping = false
    answerSearch = search
  }

  private mutating func leaveAnswerSearch() {
    guard let search = answerSearch else { return }
    if !search.query.buffer.isEmpty { lastAnswerQuery = search.query.text }
    dropAnswerSearch()
    columns[search.column].scroll(
      to: search.originTop, height: columnInside(search.column).height)
  }

  private mutating func typeInAnswerSearch(_ change: (inout Editor) -> Void) {
    guard var search = answerSearch else { return }
    let before = search.query.text
    change(&search.query)
    if search.query.text != before { search.look(in: columns[search.column].answer.text) }
    answerSearch = search
    showCurrentMatch()
  }

  private mutating func showCurrentMatch() {
    guard let search = answerSearch else { return }
    let height = columnInside(search.column).height
    columns[search.column].marks[.match] = search.marks
    guard let match = search.currentMatch else {
      columns[search.column].scroll(to: search.originTop, height: height)
      return
    }
    columns[search.column].reveal(source: match.lowerBound, height: height)
  }
}
