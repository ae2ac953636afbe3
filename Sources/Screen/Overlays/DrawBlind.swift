import Core
import Playground

// Two answers side by side without names, over all that could tell whose they are.

extension Renderer {
  func draw(_ page: BlindPage, size: Size, on grid: inout Grid) {
    let frame = Layout.blindFrame(size: size)
    grid.fill(frame, style: theme.style(.text))
    drawFrame(
      frame, title: page.outcome == nil ? "Which is better?" : "Picked", isFocused: true, on: &grid)
    let rooms = zip(Layout.blindColumns(size: size), Layout.blindAnswers(size: size))
    for (place, (answer, room)) in zip(page.answers, rooms).enumerated() {
      draw(answer, number: place + 1, of: page, in: room.0, text: room.1, on: &grid)
    }
    let area = frame.inside
    let top = area.bottom - Layout.blindSentences
    for (place, sentence) in page.sentences.prefix(Layout.blindSentences).enumerated() {
      grid.put(
        sentence.shortened(toCells: area.width - 2), x: area.x + 1, y: top + place,
        style: theme.style(place == 0 ? .text : .mutedText), limit: area.right)
    }
  }

  private func draw(
    _ answer: BlindPage.Answer, number: Int, of page: BlindPage, in frame: Rectangle,
    text area: Rectangle, on grid: inout Grid
  ) {
    let isPicked = page.outcome == (number == 1 ? .first : .second)
    let name = page.outcome == nil ? "" : " · \(answer.name)"
    drawFrame(
      frame, title: "\(number)\(name)",
      note: below(answer.view.rowCount - page.top - area.height), isFocused: isPicked, on: &grid)
    for (place, row) in answer.view.rows(in: page.top..<page.top + area.height).enumerated() {
      draw(row, marks: AnswerMarks(), x: area.x, y: area.y + place, limit: area.right, on: &grid)
    }
  }
}
