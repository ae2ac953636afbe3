import Core
import Playground

// The list of names at the cursor. It lies below the cursor's row or above it, never on it.

extension Renderer {
  /// - Parameter cursor: the cell of the text's cursor.
  func draw(_ list: CompletionList, at cursor: Point, on grid: inout Grid) {
    let items = list.items
    let nameWidth = items.reduce(0) { max($0, DisplayText.width(of: $1.name)) }
    let detailWidth = items.reduce(0) { max($0, min(DisplayText.width(of: $1.detail), 24)) }
    let width = min(nameWidth + detailWidth + 4, grid.size.width)
    // The last row tells of keys.
    let below = grid.size.height - 1 - (cursor.y + 1)
    let above = cursor.y - 1
    let wanted = min(items.count, CompletionList.mostRows)
    let isBelow = below >= wanted || below >= above
    let height = min(wanted, isBelow ? below : above)
    guard height > 0 else { return }
    let typed = list.range.upperBound.offset - list.range.lowerBound.offset
    let x = max(0, min(cursor.x - typed - 1, grid.size.width - width))
    let top = isBelow ? cursor.y + 1 : cursor.y - height
    // A list with fewer rows than it would like shows the selected one all the same.
    let first = max(list.top, list.selection - height + 1)
    for (place, item) in items.dropFirst(first).prefix(height).enumerated() {
      let row = Rectangle(x: x, y: top + place, width: width, height: 1)
      let isSelected = first + place == list.selection
      let style = isSelected ? theme.style(.selectedItem) : theme.style(.overlay)
      grid.fill(row, style: style)
      grid.put(item.name, x: x + 1, y: row.y, style: style, limit: row.right)
      grid.put(
        item.detail.shortened(toCells: max(0, min(24, width - nameWidth - 4))),
        x: x + nameWidth + 3, y: row.y,
        style: isSelected ? style : theme.style(.mutedText).over(style), limit: row.right)
    }
  }
}
