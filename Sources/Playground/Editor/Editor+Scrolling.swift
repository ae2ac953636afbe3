import Core

// Which rows of the text are shown, and what stands in their cells.

extension Editor {
  /// The text as its rows stand in a pane.
  ///
  /// - Parameter width: the pane's, in cells.
  public func view(width: Int) -> EditorView {
    EditorView(buffer: buffer, width: width, wraps: wraps)
  }

  /// Works with the rows, and remembers how they are wrapped.
  mutating func withView<Result>(width: Int, _ body: (inout EditorView) -> Result) -> Result {
    // Handed over and not shared, so that nothing of it is copied.
    var view = EditorView(buffer: buffer, width: width, wraps: wraps.takingOut())
    defer { wraps = view.wraps }
    return body(&view)
  }

  /// Scrolls as little as brings the cursor's row into a pane of this size.
  ///
  /// - Parameter fillsPane: whether no row stays blank below the text while others are out of sight
  ///   above.
  public mutating func revealCursor(width: Int, height: Int, fillsPane: Bool = false) {
    top = withView(width: width) { [top, cursor] view in
      var top = view.clamped(top)
      let row = view.place(of: cursor).row
      if row < top {
        top = row
      } else if let first = view.row(row, movedBy: -(max(1, height) - 1)), top < first {
        top = first
      }
      if fillsPane {
        let last = view.place(of: view.buffer.end).row
        let first = view.row(last, movedBy: -(max(1, height) - 1))
        top = min(top, first ?? RowPosition(line: 0, row: 0))
      }
      // All that is about to be drawn is wrapped where it is remembered.
      _ = view.rows(from: top, height: height)
      return top
    }
  }

  /// Scrolls by rows, leaving the cursor where it is.
  public mutating func scroll(_ count: Int, width: Int) {
    top = withView(width: width) { [top] view in
      let start = view.clamped(top)
      return view.row(start, movedBy: count) ?? (count < 0 ? RowPosition(line: 0, row: 0) : start)
    }
  }

  /// The position nearest to a cell of the pane, which may lie above or below the rows in sight.
  ///
  /// - Parameters:
  ///   - row: from the first row in sight.
  ///   - column: cells from the left edge.
  mutating func position(atRow row: Int, column: Int, width: Int) -> TextPosition {
    withView(width: width) { [top] view in
      let start = view.clamped(top)
      guard let target = view.row(start, movedBy: row) else {
        return row < 0 ? .start : view.buffer.end
      }
      return view.position(in: target, column: max(0, column))
    }
  }
}
