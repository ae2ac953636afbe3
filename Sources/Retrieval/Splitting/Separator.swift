// What stands between two pieces of a text, from the largest to the smallest. Each is told from the
// bytes around a place, so that a text is never split but where it is asked for.

/// A kind of place at which a text may be cut.
enum Separator: Equatable {
  /// The end of a block of code: the next line isn't indented more than this, and opens something
  /// new. What stands right above a line, as its comment does, goes with it.
  case block(indentation: Int)
  /// A blank line.
  case paragraph
  case line
  case sentence
  case word

  /// Whether the text may be cut before a position, which is neither its start nor its end.
  func stands(before position: Int, in text: [UInt8]) -> Bool {
    switch self {
    case .block(let indentation): text.opensBlock(at: position, indentation: indentation)
    case .paragraph: text.isLineStart(position) && text.isBlankLine(before: position)
    case .line: text.isLineStart(position)
    case .sentence: text.isSentenceStart(position)
    case .word: text[position - 1].isWhiteSpace && !text[position].isWhiteSpace
    }
  }
}

extension [UInt8] {
  fileprivate func isLineStart(_ position: Int) -> Bool {
    self[position - 1] == UInt8(ascii: "\n")
  }

  /// Whether the line that ends right before a position is blank.
  fileprivate func isBlankLine(before position: Int) -> Bool {
    var place = position - 2
    while place >= 0, self[place].isWhiteSpace {
      if self[place] == UInt8(ascii: "\n") { return true }
      place -= 1
    }
    return place < 0
  }

  // MARK: Sentences

  /// Whether a sentence ends before a position: with its mark and white space, an ideographic mark,
  /// or a blank line.
  func isSentenceStart(_ position: Int) -> Bool {
    let previous = self[position - 1]
    guard previous.isWhiteSpace else { return endsIdeographicSentence(before: position) }
    guard !self[position].isWhiteSpace else { return false }
    var end = position - 1
    var lineFeeds = 0
    while end > 0, self[end].isWhiteSpace {
      if self[end] == UInt8(ascii: "\n") { lineFeeds += 1 }
      end -= 1
    }
    if lineFeeds > 1 { return true }
    return endsSentence(end) && !endsAbbreviation(end)
  }

  /// Whether the text at a position, past closing quotes and brackets, ends a sentence.
  func endsSentence(_ position: Int) -> Bool {
    var position = position
    while position > 0, [0x22, 0x27, 0x29, 0x5D, 0x0D].contains(self[position]) { position -= 1 }
    // ’ and ”
    if position >= 3, self[position - 2] == 0xE2, self[position - 1] == 0x80,
      self[position] == 0x99 || self[position] == 0x9D
    {
      position -= 3
    }
    guard position >= 0 else { return false }
    return [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(self[position])
  }

  /// Whether one of 。！？ stands before a position; no white space follows these.
  func endsIdeographicSentence(before position: Int) -> Bool {
    guard position >= 3 else { return false }
    let mark = self[position - 3..<position]
    return mark.elementsEqual([0xE3, 0x80, 0x82]) || mark.elementsEqual([0xEF, 0xBC, 0x81])
      || mark.elementsEqual([0xEF, 0xBC, 0x9F])
  }

  /// Whether the full stop at a position belongs to an initial or a title: "J. Smith", "Dr. Smith".
  private func endsAbbreviation(_ position: Int) -> Bool {
    guard self[position] == UInt8(ascii: ".") else { return false }
    var start = position
    while start > 0, position - start < 4,
      self[start - 1].isASCIIUppercase || self[start - 1].isASCIILowercase
    {
      start -= 1
    }
    if position - start == 1 { return self[start].isASCIIUppercase }
    return Self.abbreviations.contains(String(decoding: self[start..<position], as: UTF8.self))
  }

  private static let abbreviations: Set<String> = [
    "Dr", "Mr", "Mrs", "Ms", "St", "Prof", "vs", "Fig", "No", "al", "eg", "ie", "cf",
  ]

  // MARK: Code

  fileprivate func opensBlock(at position: Int, indentation: Int) -> Bool {
    guard isLineStart(position), let line = codeLine(at: position),
      line.indentation <= indentation, !continues(line.text)
    else { return false }
    if isBlankLine(before: position) { return true }
    var start = position - 1
    while start > 0, self[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    guard let previous = codeLine(at: start) else { return true }
    return previous.indentation > line.indentation
      || previous.indentation == line.indentation && isClosing(previous.text)
  }

  /// The columns that the line at a position is indented by, a tab counting as four, and the rest
  /// of it; nil for a blank one.
  private func codeLine(at position: Int) -> (indentation: Int, text: ArraySlice<UInt8>)? {
    var indentation = 0
    var start = position
    while start < count, self[start] == UInt8(ascii: " ") || self[start] == UInt8(ascii: "\t") {
      indentation += self[start] == UInt8(ascii: " ") ? 1 : 4
      start += 1
    }
    // More than the longest of the words that matter.
    let text = self[start..<Swift.min(start + 16, count)].prefix { $0 != UInt8(ascii: "\n") }
    return text.allSatisfy(\.isWhiteSpace) ? nil : (indentation, text)
  }

  private func isClosing(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    return [UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(first)
      || ["end", "fi", "done", "esac"].contains(firstWord(line))
  }

  /// Whether a line goes on with the block above it, or opens what the one above announced.
  private func continues(_ line: ArraySlice<UInt8>) -> Bool {
    if isClosing(line) || line.first == UInt8(ascii: "{") { return true }
    return ["else", "elif", "elsif", "except", "catch", "finally", "rescue", "ensure"]
      .contains(firstWord(line))
  }

  private func firstWord(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line.prefix { $0.isASCIILowercase || $0.isASCIIUppercase }, as: UTF8.self)
  }
}
