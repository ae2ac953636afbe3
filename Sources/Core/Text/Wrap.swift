// Where lines break when they are wider than their pane: after white space where there is some, and
// anywhere in a word that is wider than the pane itself.

/// The rows of a line in a pane, and the cells of its characters.
public enum Wrap {
  /// Tab stops stand every four cells from the start of a row.
  public static let tabWidth = 4

  /// The rows that a line takes, as UTF-8 offsets into it; at least one, which may be empty.
  ///
  /// White space at the end of a row hangs over the edge rather than starting the next one.
  ///
  /// - Parameters:
  ///   - line: text without line ends.
  ///   - start: the offset to begin at, where a row is known to start.
  ///   - width: cells; at least 1.
  public static func rows(of line: String, from start: Int = 0, width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var rowStart = start
    while true {
      let end = rowEnd(of: line, from: rowStart, width: width)
      rows.append(rowStart..<end)
      guard end < line.utf8.count else { return rows }
      rowStart = end
    }
  }

  /// Where the row ends that starts at an offset: it depends on nothing before that.
  ///
  /// - Parameters:
  ///   - line: text without line ends.
  ///   - start: a UTF-8 offset at which a row starts.
  ///   - width: cells; at least 1 is taken.
  public static func rowEnd(of line: String, from start: Int, width: Int) -> Int {
    let width = max(1, width)
    var offset = start
    var column = 0
    // Where the last white space ended.
    var breakOffset = start
    let first = line.utf8.index(line.startIndex, offsetBy: start)
    for scalar in line.unicodeScalars[first...] {
      let isSpace = scalar == " " || scalar == "\t"
      let cells = cells(of: scalar, at: column)
      if column + cells > width, !isSpace {
        if breakOffset > start { return breakOffset }
        // The word itself is wider than a row.
        if offset > start { return offset }
      }
      offset += UTF8.width(scalar)
      column += cells
      if isSpace { breakOffset = offset }
    }
    return offset
  }

  /// The cells that a scalar takes in a row, a tab reaching to the next stop.
  @inline(__always)
  public static func cells(of scalar: Unicode.Scalar, at column: Int) -> Int {
    scalar == "\t" ? tabWidth - column % tabWidth : DisplayText.width(of: scalar)
  }

  /// A row's text with its tabs as blanks, ready to be drawn.
  public static func expandingTabs(_ row: some StringProtocol) -> String {
    guard row.utf8.contains(UInt8(ascii: "\t")) else { return String(row) }
    var text = ""
    var column = 0
    for scalar in row.unicodeScalars {
      let cells = cells(of: scalar, at: column)
      if scalar == "\t" {
        text += String(repeating: " ", count: cells)
      } else {
        text.unicodeScalars.append(scalar)
      }
      column += cells
    }
    return text
  }

  /// The cells from the start of a row to an offset in it.
  public static func column(of offset: Int, in row: some StringProtocol) -> Int {
    var column = 0
    var position = 0
    for scalar in row.unicodeScalars {
      if position >= offset { break }
      column += cells(of: scalar, at: column)
      position += UTF8.width(scalar)
    }
    return column
  }
}

extension String {
  /// The text between two UTF-8 offsets, which must lie on scalar boundaries.
  public subscript(utf8 range: Range<Int>) -> Substring {
    let start = utf8.index(startIndex, offsetBy: range.lowerBound)
    return self[start..<utf8.index(start, offsetBy: range.count)]
  }
}
