import Core
import Playground

// The wire view: the names of its parts, and below them the part that is open.

extension Renderer {
  func draw(_ view: WireView, of state: State, on grid: inout Grid) {
    guard state.columns.indices.contains(view.column) else { return }
    let column = state.columns[view.column]
    let area = Layout.wireText(size: state.size)
    let frame = Layout.wireFrame(size: state.size)
    let events = view.part == .events ? view.eventRows(of: column, in: area) : []
    let notes = [
      hidden(in: view, of: column, events: events, height: area.height),
      column.isReplay ? "replay" : column.isRunning ? "streaming" : "",
    ]
    drawOverlayFrame(
      frame, title: "Wire of \(Column.letter(of: view.column)) \(column.answeringModel)",
      note: notes.filter { !$0.isEmpty }.joined(separator: " · "), on: &grid)
    drawParts(of: view, column, y: frame.inside.y, in: area, on: &grid)
    switch view.part {
    case .request: draw(view.requests, from: view.requestsTop, in: area, on: &grid)
    case .findings: draw(view.findings, from: view.findingsTop, in: area, on: &grid)
    case .events: draw(events, in: area, on: &grid)
    }
  }

  /// What is out of sight. How many rows all events take nobody knows, so that their places are told.
  private func hidden(
    in view: WireView, of column: Column, events: [WireRow], height: Int
  ) -> String {
    switch view.part {
    case .request: return below(view.requests.rows.count - view.requestsTop - height)
    case .findings: return below(view.findings.rows.count - view.findingsTop - height)
    case .events:
      guard let first = events.first?.event, let last = events.last?.event else { return "" }
      return "\(Numbers.grouped(first + 1))–\(Numbers.grouped(last + 1))"
        + " of \(Numbers.grouped(column.wire.count))"
    }
  }

  private func drawParts(
    of view: WireView, _ column: Column, y: Int, in area: Rectangle, on grid: inout Grid
  ) {
    var x = area.x
    for part in WireView.Part.allCases {
      let count: Int? =
        switch part {
        case .request: nil
        case .events: column.wire.count
        case .findings: column.findings?.count
        }
      let title = part.title + (count.map { " \(Numbers.grouped($0))" } ?? "")
      let isOpen = part == view.part
      x += grid.put(
        "\(part.rawValue + 1)", x: x, y: y, style: overlayStyle(.hintKey), limit: area.right)
      x += grid.put(
        " \(title) ", x: x, y: y,
        style: isOpen ? theme.style(.selectedItem) : overlayStyle(.mutedText), limit: area.right)
      x += 2
    }
  }

  func draw(_ text: WireText, from top: Int, in area: Rectangle, on grid: inout Grid) {
    for (place, row) in text.rows.dropFirst(top).prefix(area.height).enumerated() {
      let role: StyleRole =
        switch row.kind {
        case .heading: .title
        case .address: .accent
        case .field, .body: .text
        case .note: .mutedText
        case .problem: .warning
        }
      grid.put(
        Wrap.expandingTabs(row.text), x: area.x + row.indent, y: area.y + place,
        style: overlayStyle(role), limit: area.right)
    }
  }

  private func draw(_ events: [WireRow], in area: Rectangle, on grid: inout Grid) {
    for (place, row) in events.enumerated() {
      let y = area.y + place
      if let time = row.time {
        grid.put(
          WireTime.stamp(time), x: area.x, y: y, style: overlayStyle(.mutedText),
          limit: area.x + WireView.timeWidth)
      }
      var x = area.x + WireView.timeWidth
      for piece in row.pieces {
        x += grid.put(
          piece.text, x: x, y: y, style: overlayStyle(Self.role(of: piece.kind)),
          limit: area.right)
      }
    }
  }

  private static func role(of kind: WireRow.Kind) -> StyleRole {
    switch kind {
    case .body: .text
    case .lineEnd: .mutedText
    case .invalid, .warning: .warning
    case .exchange: .accent
    case .success: .success
    case .failure: .error
    }
  }
}
