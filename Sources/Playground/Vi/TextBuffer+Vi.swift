import Core

// The steps of vi's motions: words as vi parts them, paragraphs, lines without their indentation.

extension TextBuffer {
  // MARK: Lines

  /// The last line that vi counts: the empty one after the text's last line end is none.
  var viLastLine: Int {
    let last = lines.count - 1
    return last > 0 && lines[last].isEmpty ? last - 1 : last
  }

  /// One character on, not over the line's end.
  func positionInLine(after position: TextPosition) -> TextPosition {
    let next = self.position(after: position)
    return next.line == position.line ? next : position
  }

  func lineEnd(_ line: Int) -> TextPosition {
    TextPosition(line: line, offset: lines[line].utf8.count)
  }

  /// The last character of a line; its start where it has none.
  func lastCharacter(ofLine line: Int) -> TextPosition {
    let end = lineEnd(line)
    return end.offset == 0 ? end : position(before: end)
  }

  func firstNonBlank(ofLine line: Int) -> TextPosition {
    let indent = lines[line].utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return TextPosition(line: line, offset: indent.count)
  }

  // MARK: Words

  private enum CharacterClass { case blank, word, punctuation }

  private func characterClass(at position: TextPosition, isBig: Bool) -> CharacterClass? {
    guard let character = character(after: position) else { return nil }
    if character.isWhitespace { return .blank }
    if isBig || character.isLetter || character.isNumber || character == "_" { return .word }
    return .punctuation
  }

  private func isEmptyLine(at position: TextPosition) -> Bool {
    position.offset == 0 && lines[position.line].isEmpty
  }

  /// The start of the next word; an empty line counts as one.
  func viWordStart(after start: TextPosition, isBig: Bool) -> TextPosition {
    var place = start
    let first = characterClass(at: place, isBig: isBig)
    if first != .blank {
      while let here = characterClass(at: place, isBig: isBig), here == first {
        place = position(after: place)
      }
    }
    while characterClass(at: place, isBig: isBig) == .blank {
      place = position(after: place)
      if isEmptyLine(at: place) { break }
    }
    return place
  }

  /// The start of the word before; an empty line counts as one.
  func viWordStart(before start: TextPosition, isBig: Bool) -> TextPosition {
    var place = position(before: start)
    while place > .start, characterClass(at: place, isBig: isBig) == .blank, !isEmptyLine(at: place)
    {
      place = position(before: place)
    }
    return runStart(of: place, isBig: isBig)
  }

  /// The last character of the next word.
  func viWordEnd(after start: TextPosition, isBig: Bool) -> TextPosition {
    var place = position(after: start)
    while characterClass(at: place, isBig: isBig) == .blank { place = position(after: place) }
    guard characterClass(at: place, isBig: isBig) != nil else {
      return lastCharacter(ofLine: lines.count - 1)
    }
    return position(before: runEnd(of: place, isBig: isBig))
  }

  /// Where the characters of one class begin, within the line.
  private func runStart(of start: TextPosition, isBig: Bool) -> TextPosition {
    let wanted = characterClass(at: start, isBig: isBig)
    var place = start
    while place.offset > 0 {
      let before = position(before: place)
      guard characterClass(at: before, isBig: isBig) == wanted else { break }
      place = before
    }
    return place
  }

  /// Where the characters of one class end, within the line.
  private func runEnd(of start: TextPosition, isBig: Bool) -> TextPosition {
    let wanted = characterClass(at: start, isBig: isBig)
    var place = start
    while place.offset < lines[place.line].utf8.count,
      characterClass(at: place, isBig: isBig) == wanted
    {
      place = positionInLine(after: place)
    }
    return place
  }

  /// The run of one class around a position: a word, punctuation or blanks.
  func viRun(around position: TextPosition, isBig: Bool) -> Range<TextPosition> {
    let start = runStart(of: position, isBig: isBig)
    return start..<max(start, runEnd(of: position, isBig: isBig))
  }

  func isBlank(at position: TextPosition) -> Bool {
    position.offset < lines[position.line].utf8.count
      && character(after: position)?.isWhitespace == true
  }

  // MARK: Paragraphs and braces

  func isBlankLine(_ line: Int) -> Bool { lines[line].utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  /// The blank line after the paragraph; the text's end for the last one.
  func viParagraphEnd(after start: TextPosition) -> TextPosition {
    var line = start.line
    while line < lines.count, isBlankLine(line) { line += 1 }
    while line < lines.count, !isBlankLine(line) { line += 1 }
    return line < lines.count ? TextPosition(line: line, offset: 0) : end
  }

  func viParagraphStart(before start: TextPosition) -> TextPosition {
    var line = start.line
    while line > 0, isBlankLine(line) { line -= 1 }
    while line > 0, !isBlankLine(line) { line -= 1 }
    return TextPosition(line: line, offset: 0)
  }

  /// The partner of the first brace at or after a position in its line.
  func matchingBrace(from start: TextPosition) -> TextPosition? {
    var place = start
    while let character = character(after: place), character != "\n" {
      if "()[]{}".contains(character) {
        return BracePair(at: place, in: self)?.partner.lowerBound
      }
      place = position(after: place)
    }
    return nil
  }
}
