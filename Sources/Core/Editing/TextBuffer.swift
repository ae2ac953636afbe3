// A text as lines, and the one way to change it: replace a range. It knows nothing of cursors,
// undo or the screen.

/// The lines of a text, each with the end that it came with.
///
/// A buffer is always what its own text would be read as: where an edit makes a CR and an LF meet,
/// they are one line end from then on. Ranges and positions must lie within the text.
public struct TextBuffer: Hashable, Sendable {
  /// At least one; without their line ends.
  public private(set) var lines: [String]
  /// The end of each line but the last.
  public private(set) var lineEnds: [LineEnd]
  /// The length of the whole text in bytes, line ends included.
  public private(set) var utf8Count: Int

  /// Lines may end in LF, CRLF or CR, also mixed.
  public init(_ text: String = "") {
    (lines, lineEnds) = Self.split(text)
    utf8Count = text.utf8.count
  }

  /// Every byte that was put in, less what was taken out.
  public var text: String { text(in: .start..<end) }
  public var isEmpty: Bool { utf8Count == 0 }

  /// The position after the last character.
  public var end: TextPosition { end(ofLine: lines.count - 1) }

  /// The position after the last character of a line.
  public func end(ofLine line: Int) -> TextPosition {
    TextPosition(line: line, offset: lines[line].utf8.count)
  }

  private static func split(_ text: String) -> (lines: [String], ends: [LineEnd]) {
    var lines: [String] = []
    var ends: [LineEnd] = []
    LineEnd.forEachLine(of: text) { line, end in
      lines.append(String(decoding: line, as: UTF8.self))
      if let end { ends.append(end) }
    }
    return (lines, ends)
  }

  /// The text of a range, byte for byte.
  public func text(in range: Range<TextPosition>) -> String {
    let (start, end) = (range.lowerBound, range.upperBound)
    if start.line == end.line {
      return String(lines[start.line][utf8: start.offset..<end.offset])
    }
    var text = ""
    text.reserveCapacity(utf8Count(in: range))
    text += lines[start.line][utf8: start.offset..<lines[start.line].utf8.count]
    for line in start.line..<end.line {
      text += lineEnds[line].rawValue
      text += line + 1 < end.line ? lines[line + 1][...] : lines[end.line][utf8: 0..<end.offset]
    }
    return text
  }

  private func utf8Count(in range: Range<TextPosition>) -> Int {
    let (start, end) = (range.lowerBound, range.upperBound)
    return (start.line..<end.line).reduce(end.offset - start.offset) {
      $0 + lines[$1].utf8.count + lineEnds[$1].utf8Count
    }
  }

  /// Whether this is its text, byte for byte.
  public func holds(_ text: String) -> Bool {
    guard text.utf8.count == utf8Count else { return false }
    var text = text
    return text.withUTF8 { bytes in
      var rest = bytes[...]
      func takes(_ piece: String) -> Bool {
        var piece = piece
        return piece.withUTF8 { piece in
          let next = rest.prefix(piece.count)
          rest = rest.dropFirst(piece.count)
          // Slices would be compared through their bounds, byte by byte.
          return UnsafeBufferPointer(rebasing: next).elementsEqual(piece)
        }
      }
      return lines.indices.allSatisfy { line in
        takes(lines[line]) && (line == lineEnds.count || takes(lineEnds[line].rawValue))
      }
    }
  }

  // MARK: Changing

  /// Puts a text in place of a range, byte for byte, and tells where the new text ends.
  @discardableResult
  public mutating func replace(_ range: Range<TextPosition>, with text: String) -> TextPosition {
    let (range, text) = joiningLineEnds(range, text)
    utf8Count += text.utf8.count - utf8Count(in: range)
    let newEnd =
      range.lowerBound.line == range.upperBound.line && !LineEnd.occurs(in: text)
      ? replaceInLine(range, with: text) : replaceLines(range, with: text)
    // What was typed may join with what follows into one character (a letter and its mark).
    return boundary(atOrAfter: newEnd)
  }

  /// In place: a line can be as long as the whole text.
  private mutating func replaceInLine(
    _ range: Range<TextPosition>, with text: String
  ) -> TextPosition {
    let line = range.lowerBound.line
    let start = lines[line].utf8.index(
      lines[line].startIndex, offsetBy: range.lowerBound.offset)
    let end = lines[line].utf8.index(
      start, offsetBy: range.upperBound.offset - range.lowerBound.offset)
    lines[line].replaceSubrange(start..<end, with: text)
    return TextPosition(line: line, offset: range.lowerBound.offset + text.utf8.count)
  }

  private mutating func replaceLines(
    _ range: Range<TextPosition>, with text: String
  ) -> TextPosition {
    let (start, end) = (range.lowerBound, range.upperBound)
    let before = lines[start.line][utf8: 0..<start.offset]
    let after = lines[end.line][utf8: end.offset..<lines[end.line].utf8.count]
    var (newLines, newEnds) = Self.split(text)
    newLines[0] = before + newLines[0]
    let last = newLines.count - 1
    let newEnd = TextPosition(line: start.line + last, offset: newLines[last].utf8.count)
    newLines[last] += after
    lines.replaceSubrange(start.line...end.line, with: newLines)
    lineEnds.replaceSubrange(start.line..<end.line, with: newEnds)
    return newEnd
  }

  /// The same change, widened over the halves of a line end that it brings together at its borders,
  /// so that what it takes out and what it puts in are whole line ends.
  ///
  /// Between a CR and an LF there is no position: a change that is to be undone must not end there.
  public func joiningLineEnds(
    _ range: Range<TextPosition>, _ text: String
  ) -> (range: Range<TextPosition>, text: String) {
    let (start, end) = (range.lowerBound, range.upperBound)
    let followsReturn =
      start.offset == 0 && start.line > 0 && lineEnds[start.line - 1] == .carriageReturn
    let precedesFeed =
      end.line < lineEnds.count && lineEnds[end.line] == .lineFeed
      && end.offset == lines[end.line].utf8.count
    guard followsReturn || precedesFeed else { return (range, text) }
    let joinsBefore =
      followsReturn && (text.isEmpty ? precedesFeed : text.utf8.first == UInt8(ascii: "\n"))
    let joinsAfter =
      precedesFeed && (text.isEmpty ? followsReturn : text.utf8.last == UInt8(ascii: "\r"))
    let newStart = joinsBefore ? self.end(ofLine: start.line - 1) : start
    let newEnd = joinsAfter ? TextPosition(line: end.line + 1, offset: 0) : end
    return (newStart..<newEnd, (joinsBefore ? "\r" : "") + text + (joinsAfter ? "\n" : ""))
  }

  /// A text as it is typed or pasted at a position: its line ends become those of the lines around,
  /// and LF in a text of one line.
  public func adapting(_ text: String, to position: TextPosition) -> String {
    guard LineEnd.occurs(in: text) else { return text }
    let lineEnd = (lineEnds.isEmpty ? .lineFeed : lineEnds[min(position.line, lineEnds.count - 1)])
      .rawValue
    var adapted = ""
    adapted.reserveCapacity(text.utf8.count)
    LineEnd.forEachLine(of: text) { line, end in
      adapted += String(decoding: line, as: UTF8.self)
      if end != nil { adapted += lineEnd }
    }
    return adapted
  }
}
