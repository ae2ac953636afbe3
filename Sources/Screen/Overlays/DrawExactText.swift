import Core
import Playground

// The prompt as it would be sent, and a passage in an editor.

extension Renderer {
  func draw(_ page: ExactText, size: Size, on grid: inout Grid) {
    let area = Layout.exactText(size: size)
    let below = below(page.text.rows.count - page.top - area.height)
    drawOverlayFrame(
      Layout.pageFrame(size: size), title: "What the prompt receives",
      note: "≈\(Numbers.grouped(page.tokens)) tok" + (below.isEmpty ? "" : " · \(below)"),
      on: &grid)
    draw(page.text, from: page.top, in: area, on: &grid)
  }

  func draw(_ page: PageEditor, size: Size, on grid: inout Grid) {
    let frame = Layout.pageFrame(size: size)
    let tokens = TokenEstimate.tokens(in: page.editor.text)
    drawOverlayFrame(
      frame, title: page.title,
      note: "\(Numbers.grouped(tokens)) tok", on: &grid)
    draw(page.editor, in: frame.inside, hasCursor: true, on: &grid, style: .overlay)
  }
}
