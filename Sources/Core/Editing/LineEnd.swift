// How a line ends. Every text keeps the ends that it came with.

/// What parts a line from the next one.
public enum LineEnd: String, Hashable, Sendable, CaseIterable {
  case lineFeed = "\n"
  case carriageReturnLineFeed = "\r\n"
  case carriageReturn = "\r"

  /// Bytes.
  var utf8Count: Int { self == .carriageReturnLineFeed ? 2 : 1 }
}

extension LineEnd {
  /// Whether a text has any.
  static func occurs(in text: String) -> Bool {
    text.utf8.contains { $0 == lineFeedByte || $0 == carriageReturnByte }
  }

  /// Calls with the bytes of each line of a text, and its end; the last line has none.
  static func forEachLine(
    of text: String, _ body: (_ line: UnsafeBufferPointer<UInt8>, _ end: LineEnd?) -> Void
  ) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        guard byte == lineFeedByte || byte == carriageReturnByte else {
          index += 1
          continue
        }
        let isPair =
          byte == carriageReturnByte && index + 1 < bytes.count && bytes[index + 1] == lineFeedByte
        let end: LineEnd =
          isPair ? .carriageReturnLineFeed : byte == lineFeedByte ? .lineFeed : .carriageReturn
        body(UnsafeBufferPointer(rebasing: bytes[start..<index]), end)
        index += end.utf8Count
        start = index
      }
      body(UnsafeBufferPointer(rebasing: bytes[start...]), nil)
    }
  }

  private static let lineFeedByte = UInt8(ascii: "\n")
  private static let carriageReturnByte = UInt8(ascii: "\r")
}
