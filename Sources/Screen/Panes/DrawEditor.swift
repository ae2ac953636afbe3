import Core
import Playground

// A text being edited: its rows, what is selected of it, and the cursor.

extension Renderer {
  /// Draws a text, and the cursor in it.
  ///
  /// - Parameter spans: what looks different in the stretch that is in sight, by the lines' numbers.
  func draw(
    _ editor: Editor, in area: Rectangle, hasCursor: Bool, on grid: inout Grid,
    style: StyleRole = .text,
    spans: (_ visible: Range<TextPosition>) -> [Int: [StyledSpan]] = { _ in [:] }
  ) {
    var view = editor.view(width: area.width)
    let cursor = view.place(of: editor.cursor)
    let rows = view.rows(from: view.clamped(editor.top), height: area.height)
    guard let first = rows.first, let last = rows.last else { return }
    let start = TextPosition(line: first.row.line, offset: first.range.lowerBound)
    let end = TextPosition(line: last.row.line, offset: last.range.upperBound)
    let marked = spans(start..<end)
    for (place, (row, range)) in rows.enumerated() {
      let line = editor.buffer.lines[row.line]
      grid.put(
        line: line, row: range, x: area.x, y: area.y + place, limit: area.right,
        style: theme.style(style), spans: marked[row.line] ?? [])
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
