import Core
import Playground

// Examples to mark: two rows each, what is asked and what is answered.

extension Renderer {
  func draw(_ list: ExampleList, size: Size, on grid: inout Grid) {
    let frame = Layout.pageFrame(size: size)
    let area = frame.inside
    drawOverlayFrame(
      frame, title: "Examples", note: "\(list.marked.count) of \(list.examples.count) marked",
      on: &grid)
    var y = area.y
    for (place, example) in list.examples.enumerated().dropFirst(list.top) {
      guard y < area.bottom else { break }
      let isSelected = place == list.selection
      let rows = min(ExampleList.rowsPerExample, area.bottom - y)
      let row = Rectangle(x: area.x, y: y, width: area.width, height: rows)
      let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
      if isSelected { grid.fill(row, style: style) }
      let mark = list.marked.contains(place) ? "✓" : " "
      grid.put(mark, x: area.x + 1, y: y, style: isSelected ? style : overlayStyle(.success))
      put(example.inputText, at: y, in: area, style: style, on: &grid)
      if y + 1 < area.bottom {
        let answer = isSelected ? style : overlayStyle(.mutedText)
        let tag = example.lineage?.isCorrected == true ? "(corrected) " : ""
        put("→ " + tag + example.answer, at: y + 1, in: area, style: answer, on: &grid)
      }
      y += ExampleList.rowsPerExample
    }
  }

  /// A text as one row.
  private func put(
    _ text: String, at y: Int, in area: Rectangle, style: Style, on grid: inout Grid
  ) {
    // A row shows no more; an answer may be of any length.
    let beginning = text.prefix(area.width * 4).split(whereSeparator: \.isWhitespace)
    grid.put(
      beginning.joined(separator: " ").shortened(toCells: area.width - 4), x: area.x + 3, y: y,
      style: style)
  }
}
