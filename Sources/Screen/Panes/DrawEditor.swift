import Core
import Playground

// A text being edited: its rows, what is selected of it, and the cursor.

extension Renderer {
  /// Draws a text, and the cursor in it.
  ///
  /// - Parameter spans: the stretches of a line that look different. Of a long line, it is given
  ///   the part around what is shown.
  func draw(
    _ editor: Editor, in area: Rectangle, hasCursor: Bool, on grid: inout Grid,
    style: StyleRole = .text, spans: (String) -> [StyledSpan] = { _ in [] }
  ) {
    var view = editor.view(width: area.width)
    let cursor = view.place(of: editor.cursor)
    let rows = view.rows(from: view.clamped(editor.top), height: area.height)
    var marked: (line: Int, spans: [StyledSpan])?
    for (place, (row, range)) in rows.enumerated() {
      let line = editor.buffer.lines[row.line]
      if marked?.line != row.line {
        let end = rows.last { $0.row.line == row.line }?.range.upperBound ?? range.upperBound
        let shown = Self.surroundings(of: range.lowerBound..<end, in: line)
        marked = (
          row.line,
          spans(shown == 0..<line.utf8.count ? line : String(line[utf8: shown]))
            .map { $0.shifted(by: shown.lowerBound) }
        )
      }
      grid.put(
        line: line, row: range, x: area.x, y: area.y + place, limit: area.right,
        style: theme.style(style), spans: marked?.spans ?? [])
      if let cells = selectedCells(of: editor, line: row.line, row: range, width: area.width) {
        grid.restyle(
          Rectangle(x: area.x + cells.lowerBound, y: area.y + place, width: cells.count, height: 1),
          style: theme.style(.selection))
      }
      if hasCursor, row == cursor.row {
        grid.cursor = Point(x: area.x + cursor.column, y: area.y + place)
      }
    }
  }

  /// The part of a line that is looked at for what is to be marked in some of it: a kilobyte more
  /// on both sides, so that a mark that is cut by the edge is still seen whole.
  private static func surroundings(of shown: Range<Int>, in line: String) -> Range<Int> {
    let wanted = max(0, shown.lowerBound - 1024)..<min(line.utf8.count, shown.upperBound + 1024)
    return line.scalarBoundary(
      before: wanted.lowerBound)..<line.scalarBoundary(before: wanted.upperBound)
  }

  /// The cells of a row that are selected; a line end that is, counts as one cell.
  private func selectedCells(
    of editor: Editor, line: Int, row: Range<Int>, width: Int
  ) -> Range<Int>? {
    guard let selection = editor.selection,
      selection.lowerBound.line <= line, line <= selection.upperBound.line
    else { return nil }
    let text = editor.buffer.lines[line]
    let start = selection.lowerBound.line < line ? 0 : selection.lowerBound.offset
    let end = line < selection.upperBound.line ? Int.max : selection.upperBound.offset
    guard start <= row.upperBound, row.lowerBound < end else { return nil }
    let isLastRow = row.upperBound == text.utf8.count
    guard start < row.upperBound || isLastRow else { return nil }
    let shown = text[utf8: row]
    let first = Wrap.column(of: max(0, start - row.lowerBound), in: shown)
    let last = Wrap.column(of: min(end, row.upperBound) - row.lowerBound, in: shown)
    let cells = first..<max(first, last + (isLastRow && end > row.upperBound ? 1 : 0))
    return cells.clamped(to: 0..<width)
  }

  /// How many lines lie above and below what is shown: `↑12 ↓40`; a line of which only a part is
  /// shown counts, too.
  func outOfSight(_ editor: Editor, in area: Rectangle) -> String {
    var view = editor.view(width: area.width)
    let rows = view.rows(from: view.clamped(editor.top), height: area.height)
    guard let first = rows.first, let last = rows.last else { return "" }
    let above = first.row.line + (first.row.row > 0 ? 1 : 0)
    let isCut = last.range.upperBound < editor.buffer.lines[last.row.line].utf8.count
    let below = editor.buffer.lines.count - 1 - last.row.line + (isCut ? 1 : 0)
    return [above > 0 ? "↑\(Numbers.grouped(above))" : "", self.below(below)]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension StyledSpan {
  fileprivate func shifted(by bytes: Int) -> StyledSpan {
    StyledSpan(range: range.lowerBound + bytes..<range.upperBound + bytes, style: style)
  }
}

extension String {
  /// The nearest UTF-8 offset at or before one that splits no scalar.
  fileprivate func scalarBoundary(before offset: Int) -> Int {
    var offset = offset
    while offset > 0, offset < utf8.count,
      UTF8.isContinuation(utf8[utf8.index(startIndex, offsetBy: offset)])
    {
      offset -= 1
    }
    return offset
  }
}
