import Core
import Playground

// An answer that is being corrected, in the place of its column.

extension Renderer {
  func draw(_ page: AnswerEditor, of state: State, on grid: inout Grid) {
    let frame = state.answerEditorFrame(page)
    let area = frame.inside
    let notes = [page.isChanged ? "changed" : "", outOfSight(page.editor, in: area)]
    drawOverlayFrame(
      frame, title: "Correct \(Column.letter(of: page.column))",
      note: notes.filter { !$0.isEmpty }.joined(separator: " "), on: &grid)
    draw(page.editor, in: area, hasCursor: true, on: &grid, style: .overlay)
  }
}
