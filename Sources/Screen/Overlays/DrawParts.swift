import Core
import Playground

// What each part of the prompt takes: tokens, percent, and a bar.

extension Renderer {
  func draw(_ page: PartsPage, size: Size, on grid: inout Grid) {
    let frame = Layout.pageFrame(size: size)
    let area = frame.inside
    let rows = page.rows
    let below = below(rows.count - page.top - area.height)
    drawOverlayFrame(
      frame, title: "What the prompt takes",
      note: page.parts == nil
        ? "counting…"
        : "≈\(Numbers.grouped(page.total)) tok" + (below.isEmpty ? "" : " · \(below)"), on: &grid)
    for (place, row) in rows.dropFirst(page.top).prefix(area.height).enumerated() {
      let y = area.y + place
      switch row {
      case .blank: break
      case .heading(let text):
        grid.put(text, x: area.x + 1, y: y, style: overlayStyle(.title), limit: area.right)
      case .part(let part):
        draw(
          part, of: page.total,
          in: Rectangle(x: area.x + 1, y: y, width: area.width - 2, height: 1), on: &grid)
      }
    }
  }

  private func draw(
    _ part: PromptPart, of total: Int, in row: Rectangle, on grid: inout Grid
  ) {
    let share = total > 0 ? min(Double(part.tokens) / Double(total), 1) : 0
    let tokens = "≈\(Numbers.grouped(part.tokens))"
    let percent = "\(Int((share * 100).rounded())) %"
    let barWidth = row.width < 60 ? 10 : 24
    let figures = 9 + 6 + 2 + barWidth
    let name = part.name.shortened(toCells: row.width - figures - 1)
    grid.put(name, x: row.x, y: row.y, style: overlayStyle(.text))
    var x = row.right - figures
    for (text, width) in [(tokens, 9), (percent, 6)] {
      x += width
      grid.put(
        text, x: x - DisplayText.width(of: text), y: row.y, style: overlayStyle(.mutedText))
    }
    grid.put(
      Numbers.bar(share, cells: barWidth), x: x + 2, y: row.y,
      style: overlayStyle(part.kind == .whole ? .passageScore : .promptVariable))
  }
}
