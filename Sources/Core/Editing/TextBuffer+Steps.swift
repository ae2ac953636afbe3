// Where steps through a text lead: by characters, words and paragraphs. Steps by rows need a width,
// and are not known here.

extension TextBuffer {
  /// The nearest place between two characters at or after a position.
  public func boundary(atOrAfter position: TextPosition) -> TextPosition {
    let line = lines[position.line]
    let index = line.utf8.index(line.startIndex, offsetBy: position.offset)
    if index == line.endIndex { return position }
    // An index inside a character counts as that character's start.
    let next = line.index(after: index)
    if line.index(before: next) == index { return position }
    return TextPosition(
      line: position.line, offset: line.utf8.distance(from: line.startIndex, to: next))
  }

  /// The place between two characters that is nearest to a position, which need not exist.
  public func boundary(near position: TextPosition) -> TextPosition {
    let line = min(max(0, position.line), lines.count - 1)
    let offset = min(max(0, position.offset), lines[line].utf8.count)
    return boundary(atOrAfter: TextPosition(line: line, offset: offset))
  }

  /// One character back, over line ends; the start stays where it is.
  public func position(before position: TextPosition) -> TextPosition {
    if position.offset == 0 {
      return position.line > 0 ? end(ofLine: position.line - 1) : position
    }
    let line = lines[position.line]
    let index = line.index(before: line.utf8.index(line.startIndex, offsetBy: position.offset))
    return TextPosition(
      line: position.line, offset: line.utf8.distance(from: line.startIndex, to: index))
  }

  /// One character on, over line ends; the end stays where it is.
  public func position(after position: TextPosition) -> TextPosition {
    let line = lines[position.line]
    let index = line.utf8.index(line.startIndex, offsetBy: position.offset)
    if index == line.endIndex {
      guard position.line + 1 < lines.count else { return position }
      return TextPosition(line: position.line + 1, offset: 0)
    }
    return TextPosition(
      line: position.line,
      offset: line.utf8.distance(from: line.startIndex, to: line.index(after: index)))
  }

  /// The character that follows; a line feed at any end of a line, nil at the end of the text.
  public func character(after position: TextPosition) -> Character? {
    let line = lines[position.line]
    let index = line.utf8.index(line.startIndex, offsetBy: position.offset)
    if index == line.endIndex { return position.line + 1 < lines.count ? "\n" : nil }
    return line[index]
  }

  // MARK: Words

  /// The start of the word at or before a position, over line ends.
  public func wordStart(before position: TextPosition) -> TextPosition {
    var place = position
    while place > .start {
      let previous = self.position(before: place)
      if character(after: previous).map(Self.isWord) == true { break }
      place = previous
    }
    while place > .start {
      let previous = self.position(before: place)
      if character(after: previous).map(Self.isWord) != true { break }
      place = previous
    }
    return place
  }

  /// The end of the word at or after a position, over line ends.
  public func wordEnd(after position: TextPosition) -> TextPosition {
    var place = position
    while let character = character(after: place), !Self.isWord(character) {
      place = self.position(after: place)
    }
    while let character = character(after: place), Self.isWord(character) {
      place = self.position(after: place)
    }
    return place
  }

  /// The word around a position; where there is none, the character after it.
  public func word(at position: TextPosition) -> Range<TextPosition> {
    guard let next = character(after: position), Self.isWord(next) else {
      let isLineEnd = position.offset == lines[position.line].utf8.count
      return position..<(isLineEnd ? position : self.position(after: position))
    }
    // From its second place on, so that the step back begins inside the word.
    return wordStart(before: self.position(after: position))..<wordEnd(after: position)
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  // MARK: Paragraphs

  /// The empty line before the paragraph at or before a position; the start where there is none.
  public func paragraphStart(before position: TextPosition) -> TextPosition {
    var line = position.offset > 0 ? position.line + 1 : position.line
    while line > 0, isBlank(line - 1) { line -= 1 }
    while line > 0, !isBlank(line - 1) { line -= 1 }
    return TextPosition(line: max(0, line - 1), offset: 0)
  }

  /// The empty line after the paragraph at or after a position; the end where there is none.
  public func paragraphEnd(after position: TextPosition) -> TextPosition {
    var line = position.line
    while line < lines.count, isBlank(line) { line += 1 }
    while line < lines.count, !isBlank(line) { line += 1 }
    return line < lines.count ? TextPosition(line: line, offset: 0) : end
  }

  private func isBlank(_ line: Int) -> Bool {
    lines[line].utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}
