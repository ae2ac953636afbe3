// Which white space around tags is layout and not text: what `~` takes away, and the lines that
// hold a tag and nothing else (https://handlebarsjs.com/guide/expressions.html#whitespace-control;
// Mustache calls such tags standalone). Helpers that put something out never take their line.

/// Tells which bytes of a text token are put out.
struct TemplateWhitespace {
  let tokens: [TemplateToken]
  let bytes: [UInt8]

  /// The bytes of a text token that are text.
  func text(of index: Int) -> Range<Int> {
    var range = tokens[index].content
    if index > 0, tokens[index - 1].kind != .text {
      if tokens[index - 1].trimsAfter {
        range = range.lowerBound + blankPrefix(range)..<range.upperBound
      } else if standsAlone(index - 1) {
        range = endOfBlankLine(range)..<range.upperBound
      }
    }
    if index + 1 < tokens.count, tokens[index + 1].kind != .text {
      if tokens[index + 1].trimsBefore {
        range = range.lowerBound..<range.upperBound - blankSuffix(range)
      } else if standsAlone(index + 1) {
        range = range.lowerBound..<startOfBlankLine(range)
      }
    }
    return range
  }

  /// The blanks before a tag that stands alone on its line; empty for another.
  func indent(of index: Int) -> Range<Int> {
    let start = tokens[index].range.lowerBound
    guard index > 0, !tokens[index].trimsBefore, standsAlone(index) else { return start..<start }
    return startOfBlankLine(tokens[index - 1].content)..<start
  }

  /// Whether a tag and blanks are all that its line, or lines, hold.
  private func standsAlone(_ index: Int) -> Bool {
    tokens[index].canStandAlone && isBlankBefore(index) && isBlankAfter(index)
  }

  private func isBlankBefore(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = tokens[index - 1]
    guard before.kind == .text else { return false }
    let start = startOfBlankLine(before.content)
    return start == before.content.lowerBound ? index == 1 : bytes[start - 1] == UInt8(ascii: "\n")
  }

  private func isBlankAfter(_ index: Int) -> Bool {
    guard index + 1 < tokens.count else { return true }
    let after = tokens[index + 1]
    guard after.kind == .text else { return false }
    let end = endOfBlankLine(after.content)
    if end > after.content.lowerBound, bytes[end - 1] == UInt8(ascii: "\n") { return true }
    return end == after.content.upperBound && index + 2 == tokens.count
  }

  /// Past the blanks at a text's start, and past a line end right after them.
  private func endOfBlankLine(_ range: Range<Int>) -> Int {
    var end = range.lowerBound
    while end < range.upperBound, isBlank(bytes[end]) { end += 1 }
    if end + 1 < range.upperBound, bytes[end] == UInt8(ascii: "\r"),
      bytes[end + 1] == UInt8(ascii: "\n")
    {
      return end + 2
    }
    return end < range.upperBound && bytes[end] == UInt8(ascii: "\n") ? end + 1 : end
  }

  /// Before the blanks at a text's end.
  private func startOfBlankLine(_ range: Range<Int>) -> Int {
    var start = range.upperBound
    while start > range.lowerBound, isBlank(bytes[start - 1]) { start -= 1 }
    return start
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// How many bytes of white space a text begins with.
  private func blankPrefix(_ range: Range<Int>) -> Int {
    let scalars = String(decoding: bytes[range], as: UTF8.self).unicodeScalars
    return range.count - String(scalars.drop { $0.isTemplateBlank }).utf8.count
  }

  /// How many bytes of white space a text ends with.
  private func blankSuffix(_ range: Range<Int>) -> Int {
    String(decoding: bytes[range], as: UTF8.self).unicodeScalars.reversed()
      .prefix { $0.isTemplateBlank }
      .reduce(0) { $0 + UTF8.width($1) }
  }
}
