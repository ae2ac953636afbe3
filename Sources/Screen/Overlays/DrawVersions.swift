import Core
import Playground

// The versions of the prompt: their list, and the difference between two of them. Marks and
// underlines tell new from old, so that nobody needs colours for it.

extension Renderer {
  func draw(_ view: VersionsView, of state: State, on grid: inout Grid) {
    let frame = Layout.versionsFrame(size: state.size)
    let room = Layout.versionsDifference(size: state.size)
    drawOverlayFrame(
      frame, title: "Versions of \(state.prompt.name)",
      note: below(view.rows.rows.count - view.differenceTop - room.height), on: &grid)
    let list = Layout.versionsList(size: state.size)
    drawDivider(of: list, in: frame, on: &grid)
    for (place, entry) in view.entries.enumerated().dropFirst(view.top).prefix(list.height) {
      let row = Rectangle(x: list.x, y: list.y + place - view.top, width: list.width, height: 1)
      draw(entry, of: view, isSelected: place == view.selection, in: row, on: &grid)
    }
    drawHeading(of: view, in: Layout.versionsHeading(size: state.size), on: &grid)
    draw(view.rows, from: view.differenceTop, in: room, on: &grid)
  }

  /// A line between the list and what stands beside it, or below.
  func drawDivider(of list: Rectangle, in frame: Rectangle, on grid: inout Grid) {
    let style = theme.style(.border).over(theme.style(.overlay))
    if list.right < frame.right - 1 {
      for y in list.y..<list.bottom { grid.put("│", x: list.right, y: y, style: style) }
    } else {
      grid.put(
        String(repeating: "─", count: list.width), x: list.x, y: list.bottom, style: style)
    }
  }

  private func draw(
    _ entry: VersionsView.Entry, of view: VersionsView, isSelected: Bool, in row: Rectangle,
    on grid: inout Grid
  ) {
    let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
    let muted = isSelected ? style : overlayStyle(.mutedText)
    if isSelected { grid.fill(row, style: style) }
    let mark = view.marked == entry ? "◆" : view.isCurrent(entry) ? "●" : " "
    grid.put(
      mark, x: row.x, y: row.y, style: isSelected ? style : overlayStyle(.accent))
    guard case .version(let version) = entry else {
      grid.put("now · not run yet", x: row.x + 2, y: row.y, style: style, limit: row.right)
      return
    }
    // The heading tells the time of the selected one in any case.
    let time = row.width < Self.widthWithTime ? "" : version.time
    let detail = [version.summary.score.words, time].filter { !$0.isEmpty }
      .joined(separator: "  ")
    let detailX = row.right - 1 - DisplayText.width(of: detail)
    grid.put(detail, x: detailX, y: row.y, style: muted)
    let x = row.x + 2
    let number = grid.put("v\(version.summary.number) ", x: x, y: row.y, style: style)
    let titleRoom = detailX - 1 - x - number
    grid.put(
      version.title.shortened(toCells: titleRoom), x: x + number, y: row.y,
      style: version.summary.name == nil ? muted : style, limit: detailX)
  }

  /// From this width on, there is room for the time of each version beside its score.
  private static let widthWithTime = 56

  /// What is compared, and what is known of the newer of both.
  private func drawHeading(of view: VersionsView, in area: Rectangle, on grid: inout Grid) {
    guard let (old, new) = view.compared else { return }
    let title = old.map { "\($0.label) → \(new.label)" } ?? "\(new.label), the first"
    var known: [String] = []
    if case .version(let version) = new {
      known = [version.time, version.summary.note].filter { !$0.isEmpty }
    }
    // A row of its own for the note, where there is one.
    let note = area.height > 1 && known.count > 1 ? known.removeLast() : ""
    let text = known.map { " · \($0)" }.joined()
    var x = area.x
    x += grid.put(
      title.shortened(toCells: area.width), x: x, y: area.y, style: overlayStyle(.title))
    grid.put(
      text.shortened(toCells: area.right - x), x: x, y: area.y, style: overlayStyle(.mutedText))
    grid.put(
      note.shortened(toCells: area.width), x: area.x, y: area.y + 1, style: overlayStyle(.text))
  }

  // MARK: The difference

  private func draw(
    _ text: DifferenceText, from top: Int, in area: Rectangle, on grid: inout Grid
  ) {
    for (place, row) in text.rows.dropFirst(top).prefix(area.height).enumerated() {
      draw(row, x: area.x, y: area.y + place, limit: area.right, on: &grid)
    }
  }

  private func draw(
    _ row: DifferenceText.Row, x: Int, y: Int, limit: Int, on grid: inout Grid
  ) {
    let (mark, lineRole, wordRole): (String, StyleRole, StyleRole) =
      switch row.line.kind {
      case .kept, .folded: ("", .text, .text)
      case .removed: ("−", .removed, .removedWord)
      case .added: ("+", .added, .addedWord)
      }
    if case .folded(let count) = row.line.kind {
      grid.put(
        "⋯ \(Numbers.grouped(count)) lines alike", x: x, y: y, style: overlayStyle(.mutedText),
        limit: limit)
      return
    }
    grid.put(mark, x: x, y: y, style: overlayStyle(lineRole))
    let isWhole = row.line.isWholeChange
    grid.put(
      line: row.line.text, row: row.range, x: x + DifferenceText.gutterWidth, y: y, limit: limit,
      style: overlayStyle(isWhole ? lineRole : .text),
      spans: isWhole
        ? []
        : row.line.changes.map { StyledSpan(range: $0, style: overlayStyle(wordRole)) })
  }
}
