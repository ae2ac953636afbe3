import Core

// The cursor in a column's answer, and what it selects.

extension Column {
  /// What is selected, the character at the cursor included; nil while nothing is.
  var selection: Range<Int>? {
    guard let cursor, let anchor = cursor.anchor else { return nil }
    let end = max(cursor.offset, anchor)
    return min(cursor.offset, anchor)..<end + length(ofCharacterAt: end)
  }

  var selectedText: String? { selection.map { String(answer.text[utf8: $0]) } }

  /// Puts the cursor at a place, and marks it and what is selected; nil takes it away.
  mutating func place(cursor: AnswerCursor?) {
    self.cursor = cursor
    guard let cursor else {
      marks[.cursor] = []
      return
    }
    let here = cursor.offset..<cursor.offset + length(ofCharacterAt: cursor.offset)
    let selection = selection ?? here
    marks[.cursor] = [
      AnswerMark(selection.lowerBound..<here.lowerBound, .selected), AnswerMark(here, .cursor),
      AnswerMark(here.upperBound..<selection.upperBound, .selected),
    ].filter { !$0.range.isEmpty }
  }

  /// Bytes of the character that starts at an offset; 0 at the text's end.
  private func length(ofCharacterAt offset: Int) -> Int {
    let text = answer.text
    guard offset < text.utf8.count else { return 0 }
    return text[text.utf8.index(text.startIndex, offsetBy: offset)].utf8.count
  }

  /// Scrolls as little as brings the cursor into sight.
  mutating func revealCursor(height: Int) {
    if let cursor { reveal(source: cursor.offset, height: height) }
  }

  /// Scrolls as little as brings a place of the answer's text into sight.
  mutating func reveal(source offset: Int, height: Int) {
    if let row = view.rowIndex(ofSource: offset) { reveal(row: row, height: height) }
  }

  /// Where the answer's text begins that is in sight, or comes next; nil where there is none.
  var firstShownSource: Int? {
    (top..<max(top, view.rowCount)).lazy.prefix(1000)
      .compactMap { view.rows(in: $0..<$0 + 1).first?.source?.lowerBound }.first
  }
}
