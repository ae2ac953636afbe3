// Where the rows of a line end that consists of spans. The rule is that of `Wrap`: after white space
// where there is some, which hangs over the edge, else anywhere.

/// Breaks lines of spans into rows of a width.
struct SpanWrap {
  let bytes: [UInt8]
  /// Cells.
  let width: Int

  /// Gives out the rows of a line: at least one, which may be empty.
  ///
  /// - Parameters:
  ///   - spans: of the line and others, in the order of the text.
  ///   - next: the first span that may be of the line; set to that of the line after it.
  ///   - line: UTF-8 offsets.
  func rows(
    of spans: [MarkdownSpan], from next: inout Int, in line: Range<Int>, _ row: (Range<Int>) -> Void
  ) {
    var start = line.lowerBound
    while true {
      while next < spans.count, spans[next].range.upperBound <= start { next += 1 }
      let end = rowEnd(of: spans, from: next, at: start, lineEnd: line.upperBound)
      row(start..<end)
      guard end < line.upperBound else { return }
      start = end
    }
  }

  private func rowEnd(
    of spans: [MarkdownSpan], from first: Int, at start: Int, lineEnd: Int
  ) -> Int {
    var column = 0
    // Where the last white space ended.
    var breakOffset = start
    var offset = start
    func end(before offset: Int) -> Int? {
      if breakOffset > start { return breakOffset }
      // The word itself is wider than a row.
      return offset > start && column > 0 ? offset : nil
    }
    for span in spans[min(first, spans.count)...] {
      guard span.range.lowerBound < lineEnd else { break }
      if let shown = span.shown {
        let cells = DisplayText.width(of: shown)
        if column + cells > width, let end = end(before: span.range.lowerBound) { return end }
        column += cells
        if shown.utf8.first == 0x20 { breakOffset = max(start, span.range.lowerBound) }
        if shown.utf8.last == 0x20 { breakOffset = span.range.upperBound }
        continue
      }
      offset = max(start, span.range.lowerBound)
      let last = min(span.range.upperBound, lineEnd)
      while offset < last {
        let byte = bytes[offset]
        if byte == 0x20 {
          column += 1
          offset += 1
          breakOffset = offset
        } else if 0x21..<0x7F ~= byte {
          if column >= width, let end = end(before: offset) { return end }
          column += 1
          offset += 1
        } else {
          let scalar = scalar(at: offset)
          let cells = Wrap.cells(of: scalar, at: column)
          if column + cells > width, scalar != "\t", let end = end(before: offset) { return end }
          column += cells
          offset += UTF8.width(scalar)
          if scalar == "\t" { breakOffset = offset }
        }
      }
    }
    return lineEnd
  }

  private func scalar(at offset: Int) -> Unicode.Scalar { Self.scalar(at: offset, in: bytes) }

  /// The scalar that begins at an offset of valid UTF-8.
  static func scalar(at offset: Int, in bytes: [UInt8]) -> Unicode.Scalar {
    func next(_ distance: Int) -> UInt32 {
      offset + distance < bytes.count ? UInt32(bytes[offset + distance] & 0x3F) : 0
    }
    let byte = UInt32(bytes[offset])
    let value =
      switch byte {
      case 0..<0x80: byte
      case 0xC0..<0xE0: (byte & 0x1F) << 6 | next(1)
      case 0xE0..<0xF0: (byte & 0x0F) << 12 | next(1) << 6 | next(2)
      default: (byte & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3)
      }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// The cells that spans take on one row.
  static func width(of spans: [MarkdownSpan], _ bytes: [UInt8]) -> Int {
    var column = 0
    for span in spans {
      if let shown = span.shown {
        column += DisplayText.width(of: shown)
        continue
      }
      var offset = span.range.lowerBound
      while offset < span.range.upperBound {
        let scalar = scalar(at: offset, in: bytes)
        column += Wrap.cells(of: scalar, at: column)
        offset += UTF8.width(scalar)
      }
    }
    return column
  }
}
