import CTerminal
import Playground
import Screen

// Brings a grid onto the curses screen: it finds what differs from the grid before, and hands curses
// whole runs of one look. When the terminal is written to is not its business.

struct Painter {
  private var shown: Grid?
  private var pairs: ColorPairs
  /// The run in the making.
  private var scalars: [UInt32] = []
  /// Whether a run found no colour pair left.
  private var isOutOfPairs = false

  init(pairs: ColorPairs) { self.pairs = pairs }

  var hasFewColors: Bool { pairs.depth == .ansi8 || pairs.depth == .ansi16 }

  /// Forgets what is on the screen, so that the next grid is painted whole.
  mutating func invalidate() { shown = nil }

  /// Paints what is new in a grid, as far as it fits the window.
  mutating func paint(_ grid: Grid, in window: Size) {
    if shown?.size != grid.size { shown = nil }
    paintRows(of: grid, in: window)
    if isOutOfPairs {
      // Pairs that no cell has any more may be taking the room: number them all anew.
      pairs.recycle()
      shown = nil
      paintRows(of: grid, in: window)
      isOutOfPairs = false
    }
    shown = grid
  }

  private mutating func paintRows(of grid: Grid, in window: Size) {
    for y in 0..<max(0, min(grid.size.height, window.height)) {
      guard let columns = changedColumns(of: grid, y: y, width: window.width) else { continue }
      paint(grid, y: y, columns: columns)
    }
  }

  private func changedColumns(of grid: Grid, y: Int, width: Int) -> Range<Int>? {
    let start = grid.index(x: 0, y: y)
    let width = min(grid.size.width, width)
    guard let shown else { return width > 0 ? 0..<width : nil }
    func differs(_ x: Int) -> Bool {
      let index = start + x
      return grid.cells[index] != shown.cells[index]
        || grid.cells[index].hasMarks && grid.marks[index] != shown.marks[index]
    }
    var first = 0
    while first < width, !differs(first) { first += 1 }
    guard first < width else { return nil }
    var end = width
    while !differs(end - 1) { end -= 1 }
    // A wide character is written whole.
    while first > 0, grid.cells[start + first].width == 0 { first -= 1 }
    while end < width, grid.cells[start + end].width == 0 { end += 1 }
    return first..<end
  }

  private mutating func paint(_ grid: Grid, y: Int, columns: Range<Int>) {
    let start = grid.index(x: 0, y: y)
    var x = columns.lowerBound
    while x < columns.upperBound {
      let style = grid.cells[start + x].style
      let runStart = x
      scalars.removeAll(keepingCapacity: true)
      while x < columns.upperBound {
        let cell = grid.cells[start + x]
        // The right half of a wide character goes with its left one, whatever its own style.
        guard cell.style == style || cell.width == 0 else { break }
        append(grid, index: start + x, room: columns.upperBound - x)
        x += 1
      }
      put(style, x: runStart, y: y)
    }
  }

  private mutating func append(_ grid: Grid, index: Int, room: Int) {
    let cell = grid.cells[index]
    guard cell.width > 0 else { return }
    // Half a wide character at the edge would go to the next row.
    guard Int(cell.width) <= room else { return scalars.append(0x20) }
    scalars.append(cell.scalar)
    if cell.hasMarks { scalars += (grid.marks[index] ?? []).map(\.value) }
  }

  private mutating func put(_ style: Style, x: Int, y: Int) {
    guard !scalars.isEmpty else { return }
    curses_put(
      Int32(y), Int32(x), scalars, Int32(scalars.count), Self.attributes(of: style),
      pair(for: style))
  }

  private mutating func pair(for style: Style) -> Int32 {
    if let number = pairs.number(for: style) { return number }
    isOutOfPairs = true
    return 0
  }

  private static func attributes(of style: Style) -> attr_t {
    var attributes: attr_t = 0
    if style.attributes.contains(.bold) { attributes |= curses_bold }
    if style.attributes.contains(.dim) { attributes |= curses_dim }
    if style.attributes.contains(.italic) { attributes |= curses_italic }
    if style.attributes.contains(.underline) { attributes |= curses_underline }
    if style.attributes.contains(.reverse) { attributes |= curses_reverse }
    return attributes
  }
}
