// How long a text is, in quarters of a token: as TokenEstimate counts, but in whole numbers that
// can be summed piece by piece. And where so much of a text ends.

extension UInt8 {
  /// A quarter token for an ASCII byte, a token for any other scalar.
  var quarterTokens: Int { self < 0x80 ? 1 : self >= 0xC0 ? 4 : 0 }
}

extension [UInt8] {
  func quarterTokens(in range: Range<Int>) -> Int {
    self[range].reduce(0) { $0 + $1.quarterTokens }
  }

  /// Where a piece from the start of a range ends that is as long as it may be and cuts no
  /// character, or at least no scalar; past one scalar at least.
  func end(of range: Range<Int>, within quarterTokens: Int) -> Int {
    var size = 0
    var end = range.lowerBound
    while end < range.upperBound {
      size += self[end].quarterTokens
      if size > quarterTokens, end > range.lowerBound { break }
      end += 1
    }
    if end == range.upperBound { return end }
    return characterStart(before: end, after: range.lowerBound) ?? end
  }

  /// The last place up to a position that cuts no character; nil where none is near.
  private func characterStart(before position: Int, after start: Int) -> Int? {
    let isPlain = self[position] < 0x80 && self[position - 1] < 0x80
    if isPlain, self[position] != UInt8(ascii: "\n") { return position }
    let reach = 64  // bytes, more than the longest of the usual sequences
    var first = Swift.max(start, position - reach)
    while first < position, self[first] & 0xC0 == 0x80 { first += 1 }
    var last = Swift.min(position + reach / 2, count)
    while last < count, self[last] & 0xC0 == 0x80 { last += 1 }
    var end = first
    for character in String(decoding: self[first..<last], as: UTF8.self) {
      let next = end + character.utf8.count
      if next > position { break }
      end = next
    }
    return end > start ? end : nil
  }

  /// A range without the white space around it; what indents its first line stays.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, self[end - 1].isWhiteSpace { end -= 1 }
    var start = range.lowerBound
    var lineStart = start == 0 || self[start - 1] == UInt8(ascii: "\n") ? start : nil
    while start < end, self[start].isWhiteSpace {
      start += 1
      if self[start - 1] == UInt8(ascii: "\n") { lineStart = start }
    }
    return start == end ? end..<end : (lineStart ?? start)..<end
  }
}
