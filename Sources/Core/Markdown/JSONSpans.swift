// A line of JSON into names, values and marks, without the blanks between them.

enum JSONSpans {
  /// - Parameter isWithinString: whether the line begins within a string that was cut.
  static func spans(
    of line: Range<Int>, in bytes: [UInt8], isWithinString: Bool
  ) -> [MarkdownSpan] {
    var spans: [MarkdownSpan] = []
    var offset = line.lowerBound
    var isWithinString = isWithinString
    while offset < line.upperBound {
      let start = offset
      let byte = bytes[offset]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D:
        guard isWithinString else {
          offset += 1
          continue
        }
        fallthrough
      case UInt8(ascii: "\""),
        _ where isWithinString:
        offset = end(ofStringAt: isWithinString ? offset : offset + 1, line.upperBound, bytes)
        isWithinString = false
        spans.append(MarkdownSpan(range: start..<offset, style: .jsonString))
      case UInt8(ascii: ":"):
        offset += 1
        if let last = spans.indices.last { spans[last].style = .jsonName }
        spans.append(MarkdownSpan(range: start..<offset, style: .jsonMark, shown: ": "))
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: ","):
        offset += 1
        spans.append(MarkdownSpan(range: start..<offset, style: .jsonMark))
      default:
        while offset < line.upperBound, !" \t\r\n,]}:\"".utf8.contains(bytes[offset]) {
          offset += 1
        }
        spans.append(MarkdownSpan(range: start..<offset, style: .jsonLiteral))
      }
    }
    return spans
  }

  /// Behind the quote that ends a string, or at the line's end.
  private static func end(ofStringAt offset: Int, _ end: Int, _ bytes: [UInt8]) -> Int {
    var offset = offset
    while offset < end {
      if bytes[offset] == UInt8(ascii: "\"") { return offset + 1 }
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return end
  }
}
