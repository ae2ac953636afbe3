// A text as lines, and the one way to change it: replace a range. It knows nothing of cursors,
// undo or the screen.

/// The lines of a text, with replacing and with steps by characters and words.
///
/// Ranges and positions must lie within the text.
public struct TextBuffer: Hashable, Sendable {
  /// At least one; without their line ends.
  public private(set) var lines: [String]

  /// Lines may end in LF, CRLF or CR.
  public init(_ text: String = "") { lines = Self.split(text) }

  /// The lines, joined with LF whatever they ended in.
  public var text: String { lines.joined(separator: "\n") }
  public var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }

  /// The position after the last character.
  public var end: TextPosition {
    TextPosition(line: lines.count - 1, offset: lines[lines.count - 1].utf8.count)
  }

  /// Lines end in LF; CRLF and CR, as other systems and terminals paste them, count as the same.
  private static func split(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\n", afterReturn {
        afterReturn = false
        continue
      }
      afterReturn = scalar == "\r"
      if scalar == "\n" || scalar == "\r" {
        lines.append(String(line))
        line = String.UnicodeScalarView()
      } else {
        line.append(scalar)
      }
    }
    lines.append(String(line))
    return lines
  }

  /// The text of a range, with LF between its lines.
  public func text(in range: Range<TextPosition>) -> String {
    let (start, end) = (range.lowerBound, range.upperBound)
    if start.line == end.line {
      return String(lines[start.line][utf8: start.offset..<end.offset])
    }
    let first = lines[start.line]
    let pieces =
      [String(first[utf8: start.offset..<first.utf8.count])] + lines[start.line + 1..<end.line]
      + [String(lines[end.line][utf8: 0..<end.offset])]
    return pieces.joined(separator: "\n")
  }

  /// Puts a text in place of a range, and tells where the new text ends.
  @discardableResult
  public mutating func replace(_ range: Range<TextPosition>, with text: String) -> TextPosition {
    let (start, end) = (range.lowerBound, range.upperBound)
    let before = lines[start.line][utf8: 0..<start.offset]
    let after = lines[end.line][utf8: end.offset..<lines[end.line].utf8.count]
    var new = Self.split(text)
    new[0] = before + new[0]
    let last = new.count - 1
    let newEnd = TextPosition(line: start.line + last, offset: new[last].utf8.count)
    new[last] += after
    lines.replaceSubrange(start.line...end.line, with: new)
    // What was typed may join with what follows into one character (a letter and its mark).
    return boundary(atOrAfter: newEnd)
  }

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

  /// One character back, over line ends; the start stays where it is.
  public func position(before position: TextPosition) -> TextPosition {
    if position.offset == 0 {
      guard position.line > 0 else { return position }
      return TextPosition(line: position.line - 1, offset: lines[position.line - 1].utf8.count)
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

  /// The character that follows; a line feed at the end of a line, nil at the end of the text.
  public func character(after position: TextPosition) -> Character? {
    let line = lines[position.line]
    let index = line.utf8.index(line.startIndex, offsetBy: position.offset)
    if index == line.endIndex { return position.line + 1 < lines.count ? "\n" : nil }
    return line[index]
  }

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

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
