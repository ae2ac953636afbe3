import Core

// How the long lines of a text are wrapped, remembered from key to key: wrapping a line of a
// megabyte anew takes longer than a key may.

/// The rows of long lines at one width, as far as they were needed.
struct WrapMemory: Hashable, Sendable {
  /// Cells.
  private var width = 0
  private var lines: [Int: WrappedLine] = [:]

  /// Shorter lines, in bytes, are wrapped whenever they are looked at.
  private static let longLine = 256

  /// Forgets everything at a new width.
  mutating func prepare(width: Int) {
    guard width != self.width else { return }
    self.width = width
    lines = [:]
  }

  /// Everything, leaving nothing behind.
  mutating func takingOut() -> WrapMemory {
    defer { self = WrapMemory() }
    return self
  }

  /// Works with the rows of a line, whose length is in bytes.
  mutating func withLine<Result>(
    _ line: Int, length: Int, _ body: (inout WrappedLine) -> Result
  ) -> Result {
    guard length >= Self.longLine else {
      var wrapped = WrappedLine()
      return body(&wrapped)
    }
    return body(&lines[line, default: WrappedLine()])
  }

  /// Follows a change of the text.
  ///
  /// - Parameter newEnd: the line on which the new text ends.
  mutating func follow(_ range: Range<TextPosition>, newEnd: Int) {
    let (first, last) = (range.lowerBound.line, range.upperBound.line)
    guard !lines.isEmpty else { return }
    if first == last, newEnd == last {
      lines[first]?.forget(from: range.lowerBound.offset)
    } else {
      var moved: [Int: WrappedLine] = [:]
      for (line, wrapped) in lines where line < first { moved[line] = wrapped }
      for (line, wrapped) in lines where line > last { moved[line + newEnd - last] = wrapped }
      lines = moved
    }
  }
}
