// A text as its lines. A line ends at a line feed, as editors count them; a carriage return before
// it belongs to the line end.

struct TextLine: Equatable {
  /// The line without its end.
  var bytes: Range<Int>
  /// Counted from 1.
  var number: Int
  var isBlank: Bool
}

/// The lines of a text, a byte order mark left out. The last may have no line end.
struct TextLines: Sequence, IteratorProtocol {
  private let text: [UInt8]
  private var position: Int
  private var number = 0

  init(text: [UInt8]) {
    self.text = text
    position = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() -> TextLine? {
    guard position < text.count else { return nil }
    let start = position
    var isBlank = true
    while position < text.count, text[position] != UInt8(ascii: "\n") {
      if !text[position].isWhiteSpace { isBlank = false }
      position += 1
    }
    var end = position
    if end > start, end < text.count, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    position += 1
    number += 1
    return TextLine(bytes: start..<end, number: number, isBlank: isBlank)
  }
}

extension UInt8 {
  /// ASCII white space: tab, line feed, vertical tab, form feed, carriage return, space.
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var isASCIIUppercase: Bool { (0x41...0x5A).contains(self) }
  var isASCIILowercase: Bool { (0x61...0x7A).contains(self) }
}
