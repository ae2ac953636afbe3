import Core

// A buffer soft-wrapped to a width. Only what is asked for is wrapped, and of long lines it is
// remembered.

/// The soft-wrapped rows of a buffer, and how they relate to positions in its text.
public struct EditorView {
  public let buffer: TextBuffer
  /// Cells.
  public let width: Int
  var wraps: WrapMemory

  public typealias RowPosition = Editor.RowPosition

  public init(buffer: TextBuffer, width: Int) {
    self.init(buffer: buffer, width: width, wraps: WrapMemory())
  }

  init(buffer: TextBuffer, width: Int, wraps: WrapMemory) {
    self.buffer = buffer
    self.width = max(1, width)
    self.wraps = wraps
    self.wraps.prepare(width: self.width)
  }

  private mutating func withRows<Result>(
    of line: Int, _ body: (inout WrappedLine, String) -> Result
  ) -> Result {
    let text = buffer.lines[line]
    return wraps.withLine(line, length: text.utf8.count) { body(&$0, text) }
  }

  private mutating func range(of row: RowPosition) -> Range<Int>? {
    withRows(of: row.line) { [width] in $0.row(row.row, of: $1, width: width) }
  }

  private mutating func rowCount(of line: Int) -> Int {
    withRows(of: line) { [width] in $0.count(of: $1, width: width) }
  }

  /// The row and the cell in which a position stands.
  public mutating func place(of position: TextPosition) -> (row: RowPosition, column: Int) {
    let index = withRows(of: position.line) { [width] in
      $0.index(of: position.offset, in: $1, width: width)
    }
    let row = RowPosition(line: position.line, row: index)
    let range = range(of: row) ?? 0..<0
    let text = buffer.lines[position.line][utf8: range]
    let column = Wrap.column(of: position.offset - range.lowerBound, in: text)
    // White space that hangs over the edge has no cell of its own.
    return (row, min(column, width - 1))
  }

  /// The position nearest to a cell of a row.
  public mutating func position(in row: RowPosition, column: Int) -> TextPosition {
    let row = clamped(row)
    guard let range = range(of: row) else { return TextPosition(line: row.line, offset: 0) }
    let line = buffer.lines[row.line]
    var place = TextPosition(line: row.line, offset: range.lowerBound)
    var cell = 0
    // The end of a wrapped row is the start of the next one: stay before it.
    let isLastRow = range.upperBound == line.utf8.count
    for character in line[utf8: range] {
      let cells = character.unicodeScalars.reduce(0) { $0 + Wrap.cells(of: $1, at: cell + $0) }
      let next = place.offset + character.utf8.count
      if cell + cells > column || (!isLastRow && next >= range.upperBound) { break }
      cell += cells
      place.offset = next
    }
    return buffer.boundary(atOrAfter: place)
  }

  /// The row so many rows further down, or up when negative; nil when the text ends before.
  public mutating func row(_ start: RowPosition, movedBy count: Int) -> RowPosition? {
    var row = start
    var left = count
    while left > 0 {
      let next = RowPosition(line: row.line, row: row.row + 1)
      if range(of: next) != nil {
        row = next
      } else {
        guard row.line + 1 < buffer.lines.count else { return nil }
        row = RowPosition(line: row.line + 1, row: 0)
      }
      left -= 1
    }
    while left < 0 {
      if -left <= row.row { return RowPosition(line: row.line, row: row.row + left) }
      guard row.line > 0 else { return nil }
      left += row.row + 1
      row = RowPosition(line: row.line - 1, row: rowCount(of: row.line - 1) - 1)
    }
    return row
  }

  /// A row that exists, at or before the one that is asked for.
  public mutating func clamped(_ row: RowPosition) -> RowPosition {
    let line = min(row.line, buffer.lines.count - 1)
    let place = RowPosition(line: line, row: row.row)
    return range(of: place) == nil ? RowPosition(line: line, row: rowCount(of: line) - 1) : place
  }

  /// The rows from one on, as many as a pane is high.
  public mutating func rows(
    from top: RowPosition, height: Int
  ) -> [(row: RowPosition, range: Range<Int>)] {
    var shown: [(row: RowPosition, range: Range<Int>)] = []
    var row = top
    while row.line < buffer.lines.count, shown.count < height {
      if let range = range(of: row) {
        shown.append((row, range))
        row.row += 1
      } else {
        row = RowPosition(line: row.line + 1, row: 0)
      }
    }
    return shown
  }
}
