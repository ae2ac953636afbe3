import Core
import Playground

// A column: its title, and its answer.

extension Renderer {
  func drawColumn(_ state: State, _ index: Int, in frame: Rectangle, on grid: inout Grid) {
    guard state.columns.indices.contains(index) else { return }
    let column = state.columns[index]
    let isFocused = state.focus == .column(index)
    let title = title(of: index, in: state, width: frame.width - 4)
    drawFrame(
      frame, title: title, titleRole: .columnModel, note: note(of: index, in: state, frame: frame),
      isFocused: isFocused,
      on: &grid)
    let area = Layout.columnText(frame: frame)
    let rows = column.view.rows(in: column.top..<column.top + area.height)
    for (place, row) in rows.enumerated() {
      draw(
        row, marks: column.marks, x: area.x, y: area.y + place, limit: area.right, on: &grid)
    }
    drawRetry(of: column, in: area, from: area.y + rows.count, on: &grid)
    let numbers = Layout.columnNumbers(frame: frame)
    let tokens = column.tokensAtCursor
    if tokens.isEmpty {
      drawFigures(of: index, in: state, area: numbers, on: &grid)
    } else {
      drawAlternatives(to: tokens, in: numbers, on: &grid)
    }
    if let search = state.answerSearch, search.column == index {
      draw(search, in: frame, on: &grid)
    }
  }

  /// How much is out of sight, and what else the frame has room to say.
  private func note(of index: Int, in state: State, frame: Rectangle) -> String {
    let column = state.columns[index]
    let below = column.view.rowCount - column.top - Layout.columnText(frame: frame).height
    let shown = state.layout.columns.map(\.index)
    var parts: [String] = []
    if column.attemptCount > 1 {
      parts.append("\(column.shownAttempt + 1) of \(column.attemptCount)")
    }
    if column.isReplay { parts.append("replay") }
    if state.scrollsTogether, state.columns.count > 1 { parts.append("⇅") }
    if below > 0, !column.follows || !column.isRunning { parts.append("↓\(below)") }
    // Where one pane fills the screen, the tabs tell of the others.
    if state.layout.tabs == nil {
      if index == shown.first, index > 0 { parts.append("←\(index)") }
      let after = state.columns.count - 1 - index
      if index == shown.last, after > 0 { parts.append("→\(after)") }
    }
    return parts.joined(separator: " ")
  }

  /// What is waited for when a try has failed, under what had come of the answer.
  private func drawRetry(of column: Column, in area: Rectangle, from y: Int, on grid: inout Grid) {
    guard let (retry, seconds) = column.retryWait else { return }
    let wait =
      "Waits \(Numbers.grouped(seconds)) s, then \(Self.nextTry(after: retry)) (^C stops it):"
    var y = y
    for (text, role) in [(wait, StyleRole.warning), (retry.reason, StyleRole.text)] {
      let wrapped = WrappedText(text, width: area.width)
      for row in wrapped.rows where y < area.bottom {
        grid.put(
          Wrap.expandingTabs(wrapped.text(of: row)), x: area.x, y: y, style: theme.style(role),
          limit: area.right)
        y += 1
      }
    }
  }

  static func nextTry(after retry: Retry) -> String {
    "try \(min(retry.attempt, Int.max - 1) + 1) of \(retry.attemptLimit)"
  }
}
