import Core
import Playground

// The pages that report: "Why not?", what the judged queries say, which columns won.

extension Renderer {
  func draw(_ page: AbsencePage, size: Size, on grid: inout Grid) {
    let count = page.report?.passages.count ?? 0
    var notes = count > 1 ? ["\(page.place + 1) of \(count)"] : []
    if let others = page.report?.others, others > 0 {
      notes.append("\(Numbers.grouped(others)) more")
    }
    let name = page.shown?.passage.label ?? page.question
    draw(
      page.lines, from: page.top, titled: "Why not \(name)?", notes: notes, size: size, on: &grid)
  }

  func draw(_ page: MeasuringPage, size: Size, on grid: inout Grid) {
    draw(
      page.lines, from: page.top, titled: "Measured on \(page.index)",
      notes: page.isDone ? [] : ["Esc stops"], size: size, on: &grid)
  }

  func draw(_ page: WinsPage, size: Size, on grid: inout Grid) {
    draw(page.lines, from: page.top, titled: "Wins", notes: [], size: size, on: &grid)
  }

  func draw(_ page: JudgingPage, size: Size, on grid: inout Grid) {
    draw(
      page.lines, from: page.top, titled: page.title,
      notes: page.isDone ? [] : ["Esc stops"], size: size, on: &grid)
  }

  /// What is going to be asked, before anything is.
  func drawEvaluationPlan(of state: State, on grid: inout Grid) {
    guard let plan = state.evaluations.plan else { return }
    draw(
      plan.lines, from: state.evaluations.planTop, titled: "Run \(plan.name)?",
      notes: ["Enter runs it"], size: state.size, on: &grid)
  }

  private func draw(
    _ lines: [ReportLine], from top: Int, titled title: String, notes: [String], size: Size,
    on grid: inout Grid
  ) {
    let area = Layout.inspectionText(size: size)
    let rows = ReportText(lines, width: area.width).rows.count
    let below = below(rows - top - area.height)
    drawOverlayFrame(
      Layout.inspectionFrame(size: size), title: title,
      note: (notes + (below.isEmpty ? [] : [below])).joined(separator: " · "), on: &grid)
    draw(lines, from: top, in: area, on: &grid)
  }
}
