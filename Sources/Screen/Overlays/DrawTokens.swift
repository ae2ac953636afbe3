import Core
import Playground

// How likely each token of an answer was, and what could have stood in its place.

extension Renderer {
  func draw(_ page: TokenPage, of state: State, on grid: inout Grid) {
    guard state.columns.indices.contains(page.column) else { return }
    let tokens = state.columns[page.column].answer.logprobs
    let frame = Layout.pageFrame(size: state.size)
    let area = frame.inside
    let below = below(tokens.count - page.top - area.height)
    let count = "\(Numbers.grouped(tokens.count)) \(tokens.count == 1 ? "token" : "tokens")"
    drawOverlayFrame(
      frame, title: "How likely the tokens of \(Column.letter(of: page.column)) were",
      note: count + (below.isEmpty ? "" : " · \(below)"), on: &grid)
    for (place, token) in tokens.dropFirst(page.top).prefix(area.height).enumerated() {
      let row = Rectangle(
        x: area.x + 1, y: area.y + place, width: area.width - 2, height: 1)
      draw(token, in: row, on: &grid)
    }
  }

  private func draw(_ token: TokenLogprob, in row: Rectangle, on grid: inout Grid) {
    let probability = Self.probability(token.logprob)
    // What the model was not sure of is what a reader looks for.
    let role: StyleRole = probability < 0.1 ? .error : probability < 0.5 ? .warning : .text
    let percent = Self.percent(probability)
    grid.put(
      percent, x: row.x + 6 - DisplayText.width(of: percent), y: row.y, style: overlayStyle(role))
    grid.put(
      Numbers.bar(probability, cells: Self.barWidth), x: row.x + 7, y: row.y,
      style: overlayStyle(role == .text ? .passageScore : role))
    var x = row.x + 8 + Self.barWidth
    let tokenWidth = row.width < 60 ? 14 : 20
    grid.put(
      "“\(token.token)”".shortened(toCells: tokenWidth), x: x, y: row.y,
      style: overlayStyle(role), limit: row.right)
    x += tokenWidth + 1
    for candidate in token.top where candidate.token != token.token {
      let text = "“\(candidate.token)” \(Self.percent(Self.probability(candidate.logprob)))  "
      guard x + DisplayText.width(of: text) <= row.right else { break }
      x += grid.put(text, x: x, y: row.y, style: overlayStyle(.mutedText))
    }
  }

  private static let barWidth = 8
}
