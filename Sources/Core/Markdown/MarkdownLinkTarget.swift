// Where a link leads: what stands in parentheses behind its text (CommonMark 0.31, §6.3).

/// An address with an optional title.
struct MarkdownLinkTarget {
  /// Offsets in the block's text.
  let address: Range<Int>
  /// Behind the closing parenthesis.
  let end: Int

  /// - Parameter offset: where the opening parenthesis is to stand; nil is given where there is
  ///   no target.
  init?(in text: [UInt8], at offset: Int) {
    let limit = min(text.count, offset + 2 * MarkdownLine.longestMarkup)
    func byte(_ offset: Int) -> UInt8 { offset < limit ? text[offset] : 0 }
    func skippingBlanks(_ offset: Int) -> Int {
      var offset = offset
      while byte(offset) == 0x20 || byte(offset) == 0x0A || byte(offset) == 0x09 { offset += 1 }
      return offset
    }
    guard byte(offset) == UInt8(ascii: "(") else { return nil }
    var position = skippingBlanks(offset + 1)
    if byte(position) == UInt8(ascii: "<") {
      let start = position + 1
      position = start
      while byte(position) != UInt8(ascii: ">") {
        guard byte(position) != 0, byte(position) != 0x0A else { return nil }
        position += 1
      }
      address = start..<position
      position += 1
    } else {
      let start = position
      var depth = 0
      while byte(position) > 0x20 {
        if byte(position) == UInt8(ascii: "\\") { position += 1 }
        if byte(position) == UInt8(ascii: "(") { depth += 1 }
        // Without a bound, many openings would each be looked through to the end.
        guard depth <= 32 else { return nil }
        if byte(position) == UInt8(ascii: ")") {
          if depth == 0 { break }
          depth -= 1
        }
        position += 1
      }
      address = start..<min(position, limit)
    }
    let afterAddress = skippingBlanks(position)
    if afterAddress > position, let close = Self.closingQuote(byte(afterAddress)) {
      position = afterAddress + 1
      while byte(position) != close {
        guard byte(position) != 0 else { return nil }
        position += byte(position) == UInt8(ascii: "\\") ? 2 : 1
      }
      position = skippingBlanks(position + 1)
    } else {
      position = afterAddress
    }
    guard byte(position) == UInt8(ascii: ")") else { return nil }
    end = position + 1
  }

  private static func closingQuote(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): byte
    case UInt8(ascii: "("): UInt8(ascii: ")")
    default: nil
    }
  }
}
