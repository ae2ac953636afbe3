import Core
import Playground

// The bar of a search, in the bottom line of the prompt's pane, where it covers no text.

extension Renderer {
  func draw(_ finder: Finder, in frame: Rectangle, on grid: inout Grid) {
    let row = Rectangle(x: frame.x + 1, y: frame.bottom - 1, width: frame.width - 2, height: 1)
    grid.fill(row, style: theme.style(.status))
    let count = finder.countText
    let countWidth = DisplayText.width(of: count)
    let limit = row.right - countWidth - 2
    let isMissing = finder.current == nil && !finder.query.buffer.isEmpty
    grid.put(
      count, x: row.right - countWidth - 1, y: row.y,
      style: theme.style(isMissing ? .error : .statusKey).over(theme.style(.status)))
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
