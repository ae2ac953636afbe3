import Core
import Playground

// A session's tree: its moments as a graph, and beside it the selected one. Only the rows in sight are
// drawn.

extension Renderer {
  func draw(_ page: TreePage, size: Size, on grid: inout Grid) {
    let frame = Layout.treeFrame(size: size)
    let (list, room) = (Layout.treeList(size: size), Layout.treeReport(size: size))
    let count = page.tree.moments.count
    var notes = ["\(count) \(count == 1 ? "moment" : "moments")"]
    if page.tree.prunedCount > 0 { notes.append("\(page.tree.prunedCount) pruned") }
    if !page.marked.isEmpty { notes.append("\(page.marked.count) marked") }
    drawOverlayFrame(
      frame, title: page.tree.session.name, note: notes.joined(separator: " · "), on: &grid)
    for (place, moment) in page.tree.moments.enumerated().dropFirst(page.top).prefix(list.height) {
      let row = Rectangle(x: list.x, y: list.y + place - page.top, width: list.width, height: 1)
      draw(moment, at: place, of: page, in: row, on: &grid)
    }
    drawDivider(of: list, in: frame, on: &grid)
    if let report = page.report {
      draw(report, from: page.reportTop, in: room, on: &grid)
      let rest = below(report.rows.count - page.reportTop - room.height)
      grid.put(
        rest, x: frame.right - 2 - DisplayText.width(of: rest), y: frame.bottom - 1,
        style: overlayStyle(.mutedText))
    }
  }

  private func draw(
    _ moment: Moment, at place: Int, of page: TreePage, in row: Rectangle, on grid: inout Grid
  ) {
    let isSelected = place == page.selection
    let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
    let muted = isSelected ? style : overlayStyle(.mutedText)
    if isSelected { grid.fill(row, style: style) }
    let mark = page.marked.contains(moment.id) ? "◆" : page.current == moment.id ? "▸" : " "
    grid.put(mark, x: row.x, y: row.y, style: isSelected ? style : overlayStyle(.accent))
    var x = row.x + 2
    x += grid.put(
      page.graph.rows[place], x: x, y: row.y,
      style: isSelected ? style : overlayStyle(.accent), limit: row.right)
    x += 1
    for name in page.tree.names(of: place) {
      x += grid.put(
        "[\(name.shortened(toCells: 24))] ", x: x, y: row.y,
        style: isSelected ? style : overlayStyle(.title), limit: row.right)
    }
    let facts = facts(of: moment)
    let factsX = row.right - 1 - DisplayText.width(of: facts)
    let hasRoom = factsX > x + 12
    let limit = hasRoom ? factsX - 1 : row.right
    let version = moment.runs.first?.version ?? ""
    if !version.isEmpty {
      x += grid.put(
        "\(version.shortened(toCells: 16)) ", x: x, y: row.y, style: muted, limit: limit)
    }
    // What says most of a moment: the note on it, or what it was answered.
    let models = moment.models.map(\.model).joined(separator: ", ")
    x += grid.put(
      "\(models.shortened(toCells: max(8, row.width / 4))) ", x: x, y: row.y, style: muted,
      limit: limit)
    let text = moment.runs.map(\.beginning).first { !$0.isEmpty } ?? ""
    grid.put(
      text.shortened(toCells: max(0, limit - x)), x: x, y: row.y, style: style, limit: limit)
    if hasRoom { grid.put(facts, x: factsX, y: row.y, style: muted) }
  }

  /// How it ended where that needs saying, what people think of it, what it cost.
  private func facts(of moment: Moment) -> String {
    let endings = moment.runs.compactMap { run -> String? in
      switch run.finishReason {
      case nil: "streaming"
      case .stop, .toolCalls: nil
      case .some(let reason): reason.words
      }
    }
    let scores = moment.runs.compactMap { run in
      run.remark.score.map { "\($0)/5" } ?? run.rating?.sign
    }
    let cost = Numbers.total(moment.cost)
    return ([endings.first ?? ""] + scores + [cost]).filter { !$0.isEmpty }.joined(separator: " ")
  }
}
