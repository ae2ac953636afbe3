import Core

// Which panes share the screen, and whether columns scroll together.

extension State {
  mutating func toggleZoom() {
    arrangement = arrangement == .alone ? .panes : .alone
    reflow()
  }

  /// Two columns, all columns, all panes, in turn.
  mutating func nextArrangement() {
    let index = currentColumn
    switch arrangement {
    case .panes, .alone:
      guard columns.count > 1 else {
        notice = Notice(.information, "There is one column only: a adds another.")
        return
      }
      arrangement = .pair(with: index)
      notice = Notice(
        .information,
        "Two columns: \(Column.letter(of: index)) stays, ← and → change the other.")
    case .pair:
      arrangement = .columns
      notice = Notice(.information, "Only columns. | brings back the prompt and the context.")
    case .columns: arrangement = .panes
    }
    focus(on: .column(index))
  }

  mutating func toggleScrollingTogether() {
    scrollsTogether.toggle()
    notice = Notice(
      .information,
      scrollsTogether
        ? "The columns scroll together, each to the same share of its answer."
        : "Each column scrolls on its own.")
    if scrollsTogether { alignColumns(to: currentColumn) }
  }

  mutating func scrollColumn(_ step: ScrollStep, at index: Int) {
    guard columns.indices.contains(index) else { return }
    columns[index].scroll(step, height: columnInside(index).height)
    if scrollsTogether { alignColumns(to: index) }
  }

  /// Scrolls the other columns to the place in their answers that one column shows of its own.
  private mutating func alignColumns(to index: Int) {
    guard columns.indices.contains(index) else { return }
    let share = columns[index].scrolledShare(height: columnInside(index).height)
    for other in columns.indices where other != index {
      columns[other].scroll(toShare: share, height: columnInside(other).height)
    }
  }
}
