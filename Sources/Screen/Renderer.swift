import Core
import Playground

// Draws the state as a grid of cells. It changes nothing and remembers nothing.

/// Makes a grid of a state, in the colours of a theme.
public struct Renderer: Sendable {
  public var theme: Theme

  public init(theme: Theme) { self.theme = theme }

  /// The frame that shows a state.
  public func frame(of state: State) -> Grid {
    var grid = Grid(size: state.size, style: theme.style(.text))
    guard
      state.size.width >= Size.smallest.width && state.size.height >= Size.smallest.height
    else {
      drawTooSmall(state.size, on: &grid)
      return grid
    }
    let layout = state.layout
    drawHeader(state, in: layout.header, on: &grid)
    if let tabs = layout.tabs { drawTabs(state, in: tabs, on: &grid) }
    if let frame = layout.prompt { drawPrompt(state, in: frame, on: &grid) }
    if let frame = layout.context { drawContext(state, in: frame, on: &grid) }
    if let bar = layout.variantBar { drawVariantBar(state.variantComparison, in: bar, on: &grid) }
    for column in layout.columns {
      drawColumn(state, column.index, in: column.frame, on: &grid)
    }
    if let list = state.completion, let cursor = grid.cursor {
      draw(list, at: cursor, on: &grid)
    }
    for overlay in state.shownOverlays {
      grid.cursor = nil
      draw(overlay, of: state, on: &grid)
    }
    // Last, since what is said in several rows stands before a page's lower edge.
    drawHints(state, in: layout.hints, on: &grid)
    return grid
  }

  private func drawTooSmall(_ size: Size, on grid: inout Grid) {
    let smallest = Size.smallest
    let text =
      "whet needs \(smallest.width) x \(smallest.height) cells; here are \(size.width) x \(size.height)."
    let rows = WrappedText(text, width: max(1, size.width))
    for (y, row) in rows.rows.enumerated() {
      grid.put(rows.text(of: row), x: 0, y: y, style: theme.style(.text))
    }
  }

  /// Draws a pane's frame and title, lit up where the focus is.
  func drawFrame(
    _ frame: Rectangle, title: String, titleRole: StyleRole = .title, note: String = "",
    isFocused: Bool, on grid: inout Grid
  ) {
    grid.box(frame, style: theme.style(isFocused ? .focusedBorder : .border))
    grid.title(title, of: frame, style: theme.style(isFocused ? .focusedTitle : titleRole))
    grid.note(note, of: frame, after: title, style: theme.style(.mutedText))
  }
}
