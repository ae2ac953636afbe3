import Core

// A buffer soft-wrapped to a width. Only the lines that are asked for are wrapped.

/// The soft-wrapped rows of a buffer, and how they relate to positions in its text.
public struct EditorView {
  public let buffer: TextBuffer
  /// Cells.
  public let width: Int

  public typealias RowPosition = Editor.RowPosition

  public init(buffer: TextBuffer, width: Int) {
    self.buffer = buffer
    self.width = max(1, width)
  }

  private func rows(of line: Int) -> [Range<Int>] {
    Wrap.rows(of: buffer.lines[line], width: width)
  }

  /// The row and the cell in which a position stands.
  public func place(of position: TextPosition) -> (row: RowPosition, column: Int) {
    let rows = rows(of: position.line)
    let index = rows.lastIndex { $0.lowerBound <= position.offset } ?? 0
    let text = buffer.lines[position.line][utf8: rows[index]]
    let column = Wrap.column(of: position.offset - rows[index].lowerBound, in: text)
    // White space that hangs over the edge has no cell of its own.
    return (RowPosition(line: position.line, row: index), min(column, width - 1))
  }

  /// The position nearest to a cell of a row.
  public func position(in row: RowPosition, column: Int) -> TextPosition {
    let line = buffer.lines[row.line]
    let rows = rows(of: row.line)
    let range = rows[min(row.row, rows.count - 1)]
    var place = TextPosition(line: row.line, offset: range.lowerBound)
    var cell = 0
    // The end of a wrapped row is the start of the next one: stay before it.
    let isLastRow = row.row >= rows.count - 1
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
  public func row(_ start: RowPosition, movedBy count: Int) -> RowPosition? {
    var row = start
    var left = count
    while left > 0 {
      let below = rows(of: row.line).count - 1 - row.row
      if left <= below { return RowPosition(line: row.line, row: row.row + left) }
      guard row.line + 1 < buffer.lines.count else { return nil }
      left -= below + 1
      row = RowPosition(line: row.line + 1, row: 0)
    }
    while left < 0 {
      if -left <= row.row { return RowPosition(line: row.line, row: row.row + left) }
      guard row.line > 0 else { return nil }
      left += row.row + 1
      row = RowPosition(line: row.line - 1, row: rows(of: row.line - 1).count - 1)
    }
    return row
  }

  /// A row that exists, at or before the one that is asked for.
  public func clamped(_ row: RowPosition) -> RowPosition {
    let line = min(row.line, buffer.lines.count - 1)
    return RowPosition(line: line, row: min(row.row, rows(of: line).count - 1))
  }

  /// The rows from one on, as many as a pane is high.
  public func rows(from top: RowPosition, height: Int) -> [(row: RowPosition, range: Range<Int>)] {
    var shown: [(row: RowPosition, range: Range<Int>)] = []
    var line = top.line
    var skip = top.row
    while line < buffer.lines.count, shown.count < height {
      for (index, range) in rows(of: line).enumerated().dropFirst(skip)
      where shown.count < height {
        shown.append((RowPosition(line: line, row: index), range))
      }
      skip = 0
      line += 1
    }
    return shown
  }
}
