import Core
import Evaluation
import Playground

// The ladder of a dataset, in the pieces that Evaluation draws it of.

extension Renderer {
  func draw(_ page: LadderPage, size: Size, on grid: inout Grid) {
    let area = Layout.inspectionText(size: size)
    let rows = page.rows(width: area.width)
    let cases = "\(Numbers.grouped(page.ladder.caseCount)) cases"
    let hash = ContentHash.short(page.ladder.datasetHash)
    let below = below(rows.count - page.top - area.height)
    drawOverlayFrame(
      Layout.inspectionFrame(size: size), title: "Ladder",
      note: ([cases, hash] + (below.isEmpty ? [] : [below])).joined(separator: " · "), on: &grid)
    for (place, row) in rows.dropFirst(page.top).prefix(area.height).enumerated() {
      draw(row, x: area.x, y: area.y + place, limit: area.right, on: &grid)
    }
  }

  private func draw(
    _ pieces: [ChartPiece], x: Int, y: Int, limit: Int, on grid: inout Grid
  ) {
    var x = x
    for piece in pieces {
      let role: StyleRole =
        switch piece.role {
        case .label, .value: .text
        case .bar: .accent
        case .interval: .title
        case .muted: .mutedText
        case .better: .success
        case .worse: .error
        }
      x += grid.put(piece.text, x: x, y: y, style: overlayStyle(role), limit: limit)
    }
  }
}
