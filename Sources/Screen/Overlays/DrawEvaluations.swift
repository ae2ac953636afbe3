import Core
import Evaluation
import Playground

// The list of evaluations: what passed, how much was answered, and of which cases.

extension Renderer {
  func drawEvaluations(of state: State, on grid: inout Grid) {
    let list = state.evaluations.list
    let frame = Layout.evaluationsFrame(size: state.size)
    let area = Layout.evaluationsList(size: state.size)
    drawOverlayFrame(
      frame, title: "Evaluations", note: list.isRead ? "\(list.rows.count)" : "", on: &grid)
    let isWide = area.width >= Self.widthWithTimes
    if list.isRead, list.rows.isEmpty {
      for (place, row) in ["There are none yet: n runs one of a file,", "as `whet eval` does."]
        .enumerated()
      {
        grid.put(
          row, x: area.x + 1, y: area.y + place, style: overlayStyle(.mutedText),
          limit: area.right)
      }
      return
    }
    let heads = Self.facts(of: nil, isWide: isWide)
    grid.put("name", x: area.x + 1, y: area.y - 1, style: overlayStyle(.mutedText))
    grid.put(
      heads, x: area.right - 1 - DisplayText.width(of: heads), y: area.y - 1,
      style: overlayStyle(.mutedText))
    for (place, row) in list.rows.enumerated().dropFirst(list.top).prefix(area.height) {
      let line = Rectangle(x: area.x, y: area.y + place - list.top, width: area.width, height: 1)
      let isSelected = place == list.selection
      let isRunning = state.evaluations.running?.id == row.summary.id
      let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
      if isSelected { grid.fill(line, style: style) }
      let facts = Self.facts(of: row, isWide: isWide)
      let right = line.right - 1 - DisplayText.width(of: facts)
      grid.put(facts, x: right, y: line.y, style: isSelected ? style : overlayStyle(.mutedText))
      let mark = isRunning ? "… " : ""
      grid.put(
        (mark + row.summary.name).shortened(toCells: right - line.x - 2), x: line.x + 1,
        y: line.y, style: style, limit: right - 1)
    }
  }

  /// From this width on there is room for times and hashes.
  private static let widthWithTimes = 90

  /// The figures of a row, each under its head; nil for the heads themselves.
  private static func facts(of row: EvaluationRow?, isWide: Bool) -> String {
    func cell(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - DisplayText.width(of: text))) + text
    }
    guard let row else {
      let common = cell("passed", 20) + cell("answered", 18)
      return isWide ? cell("variants", 10) + common + cell("cases", 12) + cell("begun", 18) : common
    }
    let summary = row.summary
    let rate =
      summary.graded > 0
      ? "\(Numbers.share(Double(summary.passed) / Double(summary.graded)))" : "–"
    let passed =
      "\(rate)  \(Numbers.grouped(summary.passed))/\(Numbers.grouped(summary.graded))"
    let answered =
      summary.graded == summary.total
      ? "all \(Numbers.grouped(summary.total))"
      : "\(Numbers.grouped(summary.graded)) of \(Numbers.grouped(summary.total))"
    let common = cell(passed, 20) + cell(answered, 18)
    guard isWide else { return common }
    return cell("\(summary.variants.count)", 10) + common
      + cell(String(summary.datasetHash.prefix(8)), 12) + cell(row.started, 18)
  }
}
