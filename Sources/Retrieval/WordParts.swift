// Words inside of words: identifiers hold several (`writeBoolean`), and scripts that put no space
// between words hold sentences. The full-text index's own tokenizer takes each for one word.

enum WordParts {
  /// Calls back with the place of each part: the humps of an ASCII identifier that has several, and
  /// each two neighbouring scalars of a run in Chinese, Japanese or Korean script.
  static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    var position = 0
    while position < bytes.count {
      if bytes[position].isASCIILetter {
        let end = bytes[position...].firstIndex { !$0.isASCIILetter } ?? bytes.count
        humps(in: bytes, position..<end, body)
        position = end
      } else if bytes[position] >= 0xE1 {
        position = pairs(in: bytes, from: position, body)
      } else {
        position += 1
      }
    }
  }

  /// `writeBoolean` and `HTTPServer` have two humps each; one of a single letter is no word.
  private static func humps(
    in bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    var start = word.lowerBound
    for position in word.dropFirst() where bytes[position].isASCIIUppercase {
      let followsLowercase = bytes[position - 1].isASCIILowercase
      let leadsLowercase = position + 1 < word.upperBound && bytes[position + 1].isASCIILowercase
      if followsLowercase || leadsLowercase {
        if position - start > 1 { body(start..<position) }
        start = position
      }
    }
    if start > word.lowerBound, word.upperBound - start > 1 { body(start..<word.upperBound) }
  }

  /// The end of the run at a position: past one scalar at least.
  private static func pairs(
    in bytes: UnsafeBufferPointer<UInt8>, from position: Int, _ body: (Range<Int>) -> Void
  ) -> Int {
    var previous: Int?
    var isPaired = false
    var end = position
    while let length = unspacedLength(in: bytes, at: end) {
      if let previous {
        body(previous..<end + length)
        isPaired = true
      }
      previous = end
      end += length
    }
    // A word of one scalar is a token already, unless it touches letters of another script.
    if let previous, !isPaired { body(previous..<end) }
    return max(end, position + 1)
  }

  /// The length of the scalar at a position where it is of a script without spaces; else nil.
  private static func unspacedLength(
    in bytes: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> Int? {
    guard position < bytes.count else { return nil }
    let length = bytes[position] >= 0xF0 ? 4 : 3
    guard bytes[position] >= 0xE1, position + length <= bytes.count else { return nil }
    var scalar = UInt32(bytes[position] & (length == 4 ? 0x07 : 0x0F))
    for next in bytes[position + 1..<position + length] {
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    switch scalar {
    case 0x3041...0x30FF,  // Hiragana and Katakana
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF,  // Han
      0xAC00...0xD7A3:  // Hangul
      return length
    default: return nil
    }
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { isASCIIUppercase || isASCIILowercase }
}
