// A bounded stretch of a text as bytes, for whoever must look at what stands around a place without
// going over a text of any length.

/// The bytes of a stretch of a text, line ends as LF, and where each of them stands.
public struct TextWindow: Sendable {
  public let bytes: [UInt8]
  /// Whether the text itself begins where the window does.
  public let beginsText: Bool
  private let firstLine: Int
  /// Where in its line the first byte stands.
  private let firstOffset: Int
  /// The place in `bytes` of each line's first byte.
  private var lineStarts: [Int] = []

  /// The stretch of a range, and up to so many bytes before and after it.
  public init(
    of buffer: TextBuffer, around range: Range<TextPosition>, before: Int, after: Int
  ) {
    let start = Self.position(range.lowerBound, movedBackBy: before, in: buffer)
    let end = Self.position(range.upperBound, movedBy: after, in: buffer)
    var bytes: [UInt8] = []
    for number in start.line...max(start.line, end.line) {
      if number > start.line { bytes.append(UInt8(ascii: "\n")) }
      lineStarts.append(bytes.count)
      let line = buffer.lines[number].utf8
      let from = number == start.line ? start.offset : 0
      let to = number == end.line ? end.offset : line.count
      let first = line.index(line.startIndex, offsetBy: min(from, line.count))
      let last = line.index(line.startIndex, offsetBy: min(max(from, to), line.count))
      bytes += line[first..<last]
    }
    self.bytes = bytes
    firstLine = start.line
    firstOffset = start.offset
    beginsText = start == .start
  }

  /// Where a byte of the window stands in the text; the end of the window for one past it.
  public func position(of byte: Int) -> TextPosition {
    var (low, high) = (0, lineStarts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= byte { low = middle } else { high = middle - 1 }
    }
    return TextPosition(
      line: firstLine + low, offset: byte - lineStarts[low] + (low == 0 ? firstOffset : 0))
  }

  /// The byte of the window at a position of the text; nil outside.
  public func byte(at position: TextPosition) -> Int? {
    let line = position.line - firstLine
    guard lineStarts.indices.contains(line) else { return nil }
    let byte = lineStarts[line] + position.offset - (line == 0 ? firstOffset : 0)
    let end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    return lineStarts[line]...max(lineStarts[line], end) ~= byte ? byte : nil
  }

  public func positions(of range: Range<Int>) -> Range<TextPosition> {
    position(of: range.lowerBound)..<position(of: range.upperBound)
  }

  private static func position(
    _ position: TextPosition, movedBackBy count: Int, in buffer: TextBuffer
  ) -> TextPosition {
    var line = min(position.line, buffer.lines.count - 1)
    var offset = min(position.offset, buffer.lines[line].utf8.count)
    var left = count
    while left > offset, line > 0 {
      left -= offset + 1
      line -= 1
      offset = buffer.lines[line].utf8.count
    }
    offset = max(0, offset - max(0, left))
    return TextPosition(line: line, offset: scalarStart(offset, in: buffer.lines[line]))
  }

  private static func position(
    _ position: TextPosition, movedBy count: Int, in buffer: TextBuffer
  ) -> TextPosition {
    var line = min(position.line, buffer.lines.count - 1)
    var offset = min(position.offset, buffer.lines[line].utf8.count)
    var left = count
    while left > buffer.lines[line].utf8.count - offset, line + 1 < buffer.lines.count {
      left -= buffer.lines[line].utf8.count - offset + 1
      line += 1
      offset = 0
    }
    offset = min(offset + max(0, left), buffer.lines[line].utf8.count)
    return TextPosition(line: line, offset: scalarStart(offset, in: buffer.lines[line]))
  }

  /// The start of the scalar that an offset lies in.
  private static func scalarStart(_ offset: Int, in line: String) -> Int {
    var offset = offset
    while offset > 0, offset < line.utf8.count,
      line.utf8[line.utf8.index(line.startIndex, offsetBy: offset)] & 0xC0 == 0x80
    {
      offset -= 1
    }
    return offset
  }
}
