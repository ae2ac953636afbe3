import Core
import Playground

// The bar of a search, in the bottom line of a pane, where it covers no text.

extension Renderer {
  func draw(_ finder: Finder, in frame: Rectangle, on grid: inout Grid) {
    let (row, limit) = drawBar(
      in: frame, count: finder.countText,
      isMissing: finder.current == nil && !finder.query.buffer.isEmpty, on: &grid)
    var x = row.x + 1
    guard let replacement = finder.replacement, finder.phase != .typingQuery else {
      let title = finder.replacement == nil ? "Find: " : "Replace: "
      x += grid.put(title, x: x, y: row.y, style: theme.style(.statusKey))
      drawLine(finder.query, x: x, y: row.y, limit: limit, on: &grid)
      return
    }
    let query = finder.query.text.shortened(toCells: max(4, (limit - x) / 3))
    x += grid.put("\(query) → ", x: x, y: row.y, style: theme.style(.statusKey), limit: limit)
    if finder.phase == .asking {
      let text = replacement.buffer.isEmpty ? "(nothing)" : replacement.text
      x += grid.put(
        text.shortened(toCells: max(1, limit - x - 2)), x: x, y: row.y,
        style: theme.style(.status), limit: limit)
      x += grid.put("?", x: x, y: row.y, style: theme.style(.statusKey), limit: limit)
    } else {
      drawLine(replacement, x: x, y: row.y, limit: limit, on: &grid)
    }
  }

  func draw(_ search: AnswerSearch, in frame: Rectangle, on grid: inout Grid) {
    let (row, limit) = drawBar(
      in: frame, count: search.countText,
      isMissing: search.current == nil && !search.query.buffer.isEmpty, on: &grid)
    var x = row.x + 1
    x += grid.put("/", x: x, y: row.y, style: theme.style(.statusKey))
    if search.isTyping {
      drawLine(search.query, x: x, y: row.y, limit: limit, on: &grid)
    } else {
      grid.put(search.query.text, x: x, y: row.y, style: theme.style(.status), limit: limit)
    }
  }

  /// An empty bar with the count of what was found; tells its row, and the cell where its text ends.
  private func drawBar(
    in frame: Rectangle, count: String, isMissing: Bool, on grid: inout Grid
  ) -> (row: Rectangle, limit: Int) {
    let row = Rectangle(x: frame.x + 1, y: frame.bottom - 1, width: frame.width - 2, height: 1)
    grid.fill(row, style: theme.style(.status))
    let width = DisplayText.width(of: count)
    grid.put(
      count, x: row.right - width - 1, y: row.y,
      style: theme.style(isMissing ? .error : .statusKey).over(theme.style(.status)))
    return (row, row.right - width - 2)
  }

  /// One row that follows its cursor, in place of wrapping.
  private func drawLine(_ editor: Editor, x: Int, y: Int, limit: Int, on grid: inout Grid) {
    let text = editor.text
    let width = max(1, limit - x)
    let before = DisplayText.width(of: text[utf8: 0..<editor.cursor.offset])
    var shown = Substring(text)
    var offset = 0
    while before - offset >= width, let first = shown.first {
      offset += DisplayText.width(of: String(first))
      shown.removeFirst()
    }
    grid.put(shown, x: x, y: y, style: theme.style(.status), limit: limit)
    grid.cursor = Point(x: x + before - offset, y: y)
  }
}
