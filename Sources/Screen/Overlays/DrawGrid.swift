import Core
import Evaluation
import Playground

// The grid of an evaluation: cases down, variants across, and the selected cell beside it. Signs tell
// what passed; colours say it once more.

extension Renderer {
  func drawGrid(of state: State, on grid: inout Grid) {
    guard let page = state.evaluations.grid else { return }
    let room = Layout.gridRoom(size: state.size, grid: page)
    let record = page.record
    let shown =
      page.rows.count == record.cases.count
      ? "\(Numbers.grouped(record.cases.count)) cases"
      : "\(Numbers.grouped(page.rows.count)) of \(Numbers.grouped(record.cases.count)) cases"
    drawOverlayFrame(
      Layout.evaluationsFrame(size: state.size), title: record.name, note: shown, on: &grid)
    drawStatus(of: page, state.evaluations.running, in: room.status, on: &grid)
    if !room.isPanelAlone {
      drawHeads(of: page, in: room, on: &grid)
      let end = min(page.rows.count, page.top + room.rows.height)
      for place in min(page.top, end)..<end {
        let row = Rectangle(
          x: room.rows.x, y: room.rows.y + place - page.top, width: room.rows.width, height: 1)
        draw(
          page.rows[place], of: page, isSelected: place == page.selection, room, in: row, on: &grid)
      }
      if page.rows.isEmpty {
        grid.put(
          "No case fits: 0 shows all of them.", x: room.rows.x + 1, y: room.rows.y,
          style: overlayStyle(.mutedText), limit: room.rows.right)
      }
    }
    guard let panel = room.panel else { return }
    if !room.isPanelAlone {
      for y in panel.y..<panel.bottom {
        grid.put("│", x: panel.x - 2, y: y, style: overlayStyle(.border))
      }
    }
    draw(page.report, from: page.panelTop, in: panel, on: &grid)
  }

  /// How far it is while it runs; else what is shown of it.
  private func drawStatus(
    of page: EvaluationGrid, _ running: RunningEvaluation?, in area: Rectangle,
    on grid: inout Grid
  ) {
    var parts: [String] = []
    if let running, running.id == page.record.id {
      parts.append(running.isStopping ? "stopping…" : running.progress.line)
      if running.progress.kept > 0 {
        parts.append("\(Numbers.grouped(running.progress.kept)) kept")
      }
    }
    if page.filter != .all { parts.append(page.filter.word) }
    if let tag = page.tag { parts.append("tag \(tag)") }
    if !page.text.isEmpty { parts.append("with '\(page.text)'") }
    if page.sortsByFailures { parts.append("most failures first") }
    if parts.isEmpty {
      parts.append("cases \(page.record.datasetHash.prefix(8))")
      if page.record.repeatCount > 1 { parts.append("\(page.record.repeatCount) times each") }
    }
    if let verdict = page.verdicts[page.column] {
      let name = page.record.variants[page.column].name
      parts.append("\(name): \(verdict.sentence)")
    }
    grid.put(
      parts.joined(separator: " · ").shortened(toCells: area.width), x: area.x, y: area.y,
      style: overlayStyle(running?.id == page.record.id ? .accent : .mutedText))
  }

  // MARK: Heads

  private func drawHeads(of page: EvaluationGrid, in room: GridRoom, on grid: inout Grid) {
    let y = room.heads.y
    for (row, text) in ["", "pass rate", "against ◆"].enumerated() {
      grid.put(
        text, x: room.heads.x + 1, y: y + row, style: overlayStyle(.mutedText),
        limit: room.heads.x + room.caseWidth)
    }
    if page.left > 0 {
      grid.put("‹", x: room.heads.x + room.caseWidth - 1, y: y, style: overlayStyle(.accent))
    }
    for (place, variant) in variants(of: page, in: room).enumerated() {
      let x = room.heads.x + room.caseWidth + place * room.columnWidth
      let limit = x + room.columnWidth - 1
      let name = page.record.variants[variant].name.replacing("\n", with: " ")
      let marks =
        (page.baseline == variant ? "◆" : "") + (page.marked.contains(variant) ? "▪" : "")
      grid.put(
        (marks + name).shortened(toCells: room.columnWidth - 1), x: x, y: y,
        style: overlayStyle(variant == page.column ? .focusedTitle : .title), limit: limit)
      let counts = page.counts[variant]
      let rate = Self.rate(of: counts)
      let unmeasured = counts.unmeasured > 0 ? " !\(Numbers.grouped(counts.unmeasured))" : ""
      // Half a number would be another one.
      let hasRoom = DisplayText.width(of: rate + unmeasured) <= limit - x
      grid.put(
        rate + (hasRoom ? unmeasured : " !"), x: x, y: y + 1, style: overlayStyle(.text),
        limit: limit)
      drawVerdict(of: page, variant, x: x, y: y + 2, limit: limit, on: &grid)
    }
    let last = page.left + room.columnCount
    if last < page.record.variants.count {
      grid.put("›", x: room.heads.right - 1, y: y, style: overlayStyle(.accent))
    }
  }

  private static func word(for kind: PairedVerdict.Kind) -> String {
    switch kind {
    case .better: "better"
    case .worse: "worse"
    case .cannotTell: "can't tell"
    }
  }

  /// `83 % 64–93`: the rate, and between which it is likely to be.
  private static func rate(of counts: VariantCounts) -> String {
    guard let rate = counts.rate, let interval = counts.interval else { return "–" }
    let ends = [interval.lowerBound, interval.upperBound].map { Int(($0 * 100).rounded()) }
    return "\(Numbers.share(rate)) \(ends[0])–\(ends[1])"
  }

  private func variants(of page: EvaluationGrid, in room: GridRoom) -> Range<Int> {
    page.left..<min(page.record.variants.count, page.left + room.columnCount)
  }

  private func drawVerdict(
    of page: EvaluationGrid, _ variant: Int, x: Int, y: Int, limit: Int, on grid: inout Grid
  ) {
    let counts = page.counts[variant]
    guard variant != page.baseline else {
      grid.put("baseline", x: x, y: y, style: overlayStyle(.mutedText), limit: limit)
      return
    }
    var x = x
    if let verdict = page.verdicts[variant] {
      let (role, sign): (StyleRole, String) =
        switch verdict.kind {
        case .better: (.success, "▲")
        case .worse: (.error, "▼")
        case .cannotTell: (.mutedText, "?")
        }
      x +=
        grid.put(
          "\(sign) \(Self.word(for: verdict.kind))", x: x, y: y, style: overlayStyle(role),
          limit: limit) + 1
    }
    // Half a number would be another one.
    let changes = [("+", counts.fixed, StyleRole.success), ("−", counts.broken, .error)]
      .map { (text: "\($0.0)\(Numbers.grouped($0.1))", count: $0.1, role: $0.2) }
    let width = changes.reduce(1) { $0 + DisplayText.width(of: $1.text) }
    guard x + width <= limit else { return }
    for change in changes {
      x +=
        grid.put(
          change.text, x: x, y: y,
          style: overlayStyle(change.count > 0 ? change.role : .mutedText), limit: limit) + 1
    }
  }

  // MARK: Rows

  private func draw(
    _ testCase: Int, of page: EvaluationGrid, isSelected: Bool, _ room: GridRoom,
    in row: Rectangle, on grid: inout Grid
  ) {
    let item = page.record.cases[testCase]
    let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
    if isSelected { grid.fill(row, style: style) }
    let number = "\(testCase + 1) "
    let digits = "\(page.record.cases.count)".count
    grid.put(
      String(repeating: " ", count: digits + 1 - number.count) + number, x: row.x + 1, y: row.y,
      style: isSelected ? style : overlayStyle(.mutedText))
    let x = row.x + digits + 2
    let end = row.x + room.caseWidth
    grid.put(
      item.label.replacing("\n", with: " ").shortened(toCells: end - x - 1), x: x, y: row.y,
      style: style, limit: end - 1)
    for (place, variant) in variants(of: page, in: room).enumerated() {
      let x = end + place * room.columnWidth
      let cell = page.cell(testCase, variant)
      let text = cell.text(repeatCount: page.record.repeatCount)
      let isHere = isSelected && variant == page.column
      let mark = isHere ? "▸" : " "
      grid.put(mark, x: x - 1, y: row.y, style: style)
      grid.put(
        text, x: x, y: row.y,
        style: isSelected ? style : overlayStyle(role(of: cell)), limit: x + room.columnWidth - 1)
      guard variant != page.baseline,
        let change = cell.change(from: page.cell(testCase, page.baseline))
      else { continue }
      grid.put(
        change == .fixed ? "+" : "−", x: x + DisplayText.width(of: text) + 1, y: row.y,
        style: isSelected ? style : overlayStyle(change == .fixed ? .success : .error),
        limit: x + room.columnWidth - 1)
    }
  }

  private func role(of cell: GridCell) -> StyleRole {
    switch cell.verdict {
    case .waiting: .mutedText
    case .passed: .success
    case .failed: .error
    case .partial, .flaky, .unmeasured: .warning
    }
  }
}

extension EvaluationCase {
  /// How a row shows it: by its description, else by its inputs; of a long text, the beginning.
  fileprivate var label: String {
    guard description.isEmpty else { return String(description.prefix(200)) }
    let values = inputs.members.prefix(4).map {
      String(($0.value.string ?? $0.value.text).prefix(100))
    }
    return values.isEmpty ? id : values.joined(separator: " · ")
  }
}
