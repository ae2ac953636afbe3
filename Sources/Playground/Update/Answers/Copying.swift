import Core

// What is taken out of answers: to the clipboard, or to a file where the terminal has none and where
// a text is longer than terminals take.

extension State {
  mutating func copyAnswer() -> [Effect] {
    let text = columns[currentColumn].shownText
    guard !text.isEmpty else {
      notice = Notice(.information, "There is no answer to copy yet.")
      return []
    }
    return copy(text, named: "the answer of \(Column.letter(of: currentColumn))")
  }

  /// Puts a text on the clipboard; where that can't take it, into a file.
  ///
  /// - Parameter name: what it is, for the sentence that says what became of it.
  mutating func copy(_ text: String, named name: String) -> [Effect] {
    guard hasClipboard else {
      return [.writeCopy(text, name: name, reason: "This terminal has no clipboard")]
    }
    guard text.utf8.count <= TerminalRequest.longestCopy else {
      return [.writeCopy(text, name: name, reason: "Too long for a terminal's clipboard")]
    }
    notice = Notice(.success, "Copied \(name).")
    return [.terminal(.copy(text))]
  }

  /// Copies the code block at the cursor in an answer.
  mutating func copyCode() -> [Effect] {
    let column = columns[currentColumn]
    guard let cursor = column.cursor,
      let block = CodeBlock(at: cursor.offset, of: column.answer.text)
    else {
      notice = Notice(.information, "The cursor is in no code block.")
      return []
    }
    return copy(block.code, named: "the code block")
  }

  // MARK: To a file

  mutating func askForCopyFile() {
    let text = columns[currentColumn].shownText
    guard !text.isEmpty else {
      notice = Notice(.information, "There is no answer to write yet.")
      return
    }
    let name = "answer-\(Column.letter(of: currentColumn)).md"
    overlays.append(.line(LineInput(.copyToFile(text), text: name)))
  }
}
