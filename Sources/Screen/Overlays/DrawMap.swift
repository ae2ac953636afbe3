import Core
import Evaluation
import Playground

// A diagnosis: its map in the pieces that Evaluation draws it of, and its report.

extension Renderer {
  func draw(_ page: MapPage, size: Size, on grid: inout Grid) {
    let area = Layout.inspectionText(size: size)
    let rows = page.rows(width: area.width, height: area.height)
    let below = below(rows.count - page.top - area.height)
    drawOverlayFrame(
      Layout.inspectionFrame(size: size), title: page.map.title, note: below, on: &grid)
    for (place, row) in rows.dropFirst(page.top).prefix(area.height).enumerated() {
      switch row {
      case .line(let line):
        grid.put(
          line.text, x: area.x + line.indent, y: area.y + place,
          style: overlayStyle(line.kind.role), limit: area.right)
      case .map(let pieces):
        var x = area.x
        for piece in pieces {
          x += grid.put(
            piece.text, x: x, y: area.y + place, style: overlayStyle(role(of: piece)),
            limit: area.right)
        }
      }
    }
  }

  private func role(of piece: DiagnosisMap.Piece) -> StyleRole {
    switch piece.role {
    case .today: .error
    case .earlier, .count, .legend: .text
    case .interval: .accent
    case .quadrant: .title
    case .blank, .axis, .label, .border, .trail: .mutedText
    }
  }
}
