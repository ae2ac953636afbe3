// A growing text, wrapped to a width as it comes: what an output column shows. Appending costs by
// the length of what is new, however long the text has become.

/// The lines of a text with the rows that they take at one width.
public struct WrappedText: Hashable, Sendable {
  /// The part of a line that stands on one row.
  public struct Row: Hashable, Sendable {
    /// The line's place in `lines`.
    public var line: Int
    /// UTF-8 offsets in the line.
    public var range: Range<Int>
  }

  /// At least one; without their line ends.
  public private(set) var lines: [String] = [""]
  /// Where each line starts in the whole text, as a UTF-8 offset.
  public private(set) var lineStarts = [0]
  /// From the top; each line has at least one.
  public private(set) var rows: [Row] = [Row(line: 0, range: 0..<0)]
  /// Cells.
  public let width: Int
  /// A carriage return at the very end, which may be half of a line end.
  private var endsInReturn = false
  /// Bytes of the text, but for that carriage return.
  private var length = 0

  /// - Parameter width: cells; at least 1 is taken.
  public init(_ text: String = "", width: Int) {
    self.width = max(1, width)
    append(text)
  }

  public var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }

  /// Adds a text at the end. LF and CRLF end a line, also when a CRLF comes in two pieces.
  public mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    var text = text
    if endsInReturn {
      text = "\r" + text
      endsInReturn = false
    }
    // By scalars: to Swift, a carriage return and a line feed are one character.
    var pieces = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let last = pieces.removeLast()
    for piece in pieces {
      extendLastLine(by: piece.last == "\r" ? piece.dropLast() : piece)
      length += Substring(piece).utf8.count + 1
      lines.append("")
      lineStarts.append(length)
      rows.append(Row(line: lines.count - 1, range: 0..<0))
    }
    endsInReturn = last.last == "\r"
    length += Substring(last).utf8.count - (endsInReturn ? 1 : 0)
    extendLastLine(by: endsInReturn ? last.dropLast() : last)
  }

  private mutating func extendLastLine(by piece: Substring.UnicodeScalarView) {
    guard !piece.isEmpty else { return }
    let line = lines.count - 1
    lines[line].unicodeScalars.append(contentsOf: piece)
    // Only the last row can change: the rows before it ended where the next word did not fit, and
    // a longer word fits no better.
    let start = rows.removeLast().range.lowerBound
    for range in Wrap.rows(of: lines[line], from: start, width: width) {
      rows.append(Row(line: line, range: range))
    }
  }

  /// The text of a row.
  public func text(of row: Row) -> Substring { lines[row.line][utf8: row.range] }

  /// The row of an offset in the whole text: the last one that starts at or before it.
  ///
  /// - Parameter offset: in UTF-8.
  public func rowIndex(of offset: Int) -> Int {
    var (low, high) = (0, rows.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      let row = rows[middle]
      if lineStarts[row.line] + row.range.lowerBound <= offset {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }
}
