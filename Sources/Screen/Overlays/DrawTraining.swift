import Core
import FineTuning
import Playground

// Training sets: the list of them, the table of one's examples with the selected one beside it, and what
// a check found.

extension Renderer {
  // MARK: Sets

  func drawTrainingSets(of state: State, on grid: inout Grid) {
    let list = state.training.sets
    let area = Layout.evaluationsList(size: state.size)
    drawOverlayFrame(
      Layout.evaluationsFrame(size: state.size), title: "Training sets",
      note: list.isRead ? "\(list.rows.count)" : "", on: &grid)
    if list.isRead, list.rows.isEmpty {
      let rows = [
        "There are none yet: n makes one,", "`whet tune import` and `whet tune collect` fill it.",
      ]
      for (place, row) in rows.enumerated() {
        grid.put(
          row, x: area.x + 1, y: area.y + place, style: overlayStyle(.mutedText),
          limit: area.right)
      }
      return
    }
    let isWide = area.width >= 90
    let heads = Self.facts(of: nil, isWide: isWide)
    grid.put("name", x: area.x + 1, y: area.y - 1, style: overlayStyle(.mutedText))
    grid.put(
      heads, x: area.right - 1 - DisplayText.width(of: heads), y: area.y - 1,
      style: overlayStyle(.mutedText))
    for (place, row) in list.rows.enumerated().dropFirst(list.top).prefix(area.height) {
      let line = Rectangle(x: area.x, y: area.y + place - list.top, width: area.width, height: 1)
      let isSelected = place == list.selection
      let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
      if isSelected { grid.fill(line, style: style) }
      let facts = Self.facts(of: row, isWide: isWide)
      let right = line.right - 1 - DisplayText.width(of: facts)
      grid.put(facts, x: right, y: line.y, style: isSelected ? style : overlayStyle(.mutedText))
      grid.put(
        row.name.shortened(toCells: right - line.x - 2), x: line.x + 1, y: line.y, style: style,
        limit: right - 1)
    }
  }

  /// The figures of a set, each under its head; nil for the heads themselves.
  private static func facts(of row: TrainingSetSummary?, isWide: Bool) -> String {
    func cells(_ values: [(String, Int)]) -> String {
      values.map { text, width in
        String(repeating: " ", count: max(1, width - DisplayText.width(of: text))) + text
      }.joined()
    }
    guard let row else {
      return cells(
        [("examples", 11), ("✓", 10), ("✗", 10)] + (isWide ? [("open", 10), ("≈ tokens", 16)] : []))
    }
    let open = row.count - row.approved - row.rejected
    return cells(
      [
        (Numbers.grouped(row.count), 11), (Numbers.grouped(row.approved), 10),
        (Numbers.grouped(row.rejected), 10),
      ] + (isWide ? [(Numbers.grouped(open), 10), (Numbers.grouped(row.tokens), 16)] : []))
  }

  // MARK: Examples

  func drawTrainingExamples(of state: State, on grid: inout Grid) {
    guard let browser = state.training.browser else { return }
    let room = state.exampleRoom
    let count = Numbers.grouped(browser.count)
    drawOverlayFrame(
      Layout.evaluationsFrame(size: state.size), title: browser.set,
      note: browser.isComplete ? count : "\(count)…", on: &grid)
    let place =
      browser.count == 0
      ? "" : "\(Numbers.grouped(browser.selection + 1)) of \(count) · "
    let shown = browser.filter.isEmpty ? "all examples" : "only \(browser.filter)"
    grid.put(
      (place + shown).shortened(toCells: room.status.width), x: room.status.x, y: room.status.y,
      style: overlayStyle(browser.filter.isEmpty ? .mutedText : .accent))
    if !room.isDetailAlone { drawTable(of: browser, in: room.rows, on: &grid) }
    guard let detail = room.detail else { return }
    if !room.isDetailAlone {
      for y in detail.y..<detail.bottom {
        grid.put("│", x: detail.x - 2, y: y, style: overlayStyle(.border))
      }
    }
    draw(browser.report, from: browser.detailTop, in: detail, on: &grid)
  }

  private func drawTable(of browser: ExampleBrowser, in area: Rectangle, on grid: inout Grid) {
    if browser.count == 0 {
      let words =
        !browser.isComplete
        ? "Reading…"
        : browser.filter.isEmpty
          ? "The set is empty: `whet tune import` and `whet tune collect` fill it."
          : "No example fits: 0 shows all of them."
      grid.put(
        words, x: area.x, y: area.y, style: overlayStyle(.mutedText), limit: area.right)
      return
    }
    let numberWidth = Numbers.grouped(browser.count).count + 1
    for place in browser.top..<min(browser.count, browser.top + area.height) {
      let line = Rectangle(
        x: area.x, y: area.y + place - browser.top, width: area.width, height: 1)
      let isSelected = place == browser.selection
      let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
      if isSelected { grid.fill(line, style: style) }
      guard let row = browser.row(at: place) else {
        grid.put("…", x: line.x + numberWidth, y: line.y, style: style)
        continue
      }
      draw(row, numberWidth: numberWidth, isSelected ? style : nil, in: line, on: &grid)
    }
  }

  /// - Parameter style: of the selected row; nil for the others, whose parts have their own.
  private func draw(
    _ row: ExampleRow, numberWidth: Int, _ style: Style?, in line: Rectangle, on grid: inout Grid
  ) {
    let number = Numbers.grouped(row.number)
    grid.put(
      number, x: line.x + numberWidth - 1 - number.count, y: line.y,
      style: style ?? overlayStyle(.mutedText), limit: line.right)
    let stateRole: StyleRole =
      switch row.state {
      case .pending: .mutedText
      case .approved: .added
      case .rejected: .removed
      }
    grid.put(
      row.state.sign, x: line.x + numberWidth, y: line.y, style: style ?? overlayStyle(stateRole))
    let tokens = Numbers.grouped(row.tokens)
    let right = line.right - 8
    grid.put(
      tokens, x: line.right - DisplayText.width(of: tokens), y: line.y,
      style: style ?? overlayStyle(.mutedText))
    var x = line.x + numberWidth + 2
    if !row.tags.isEmpty {
      let tags = row.tags.map { "#\($0)" }.joined(separator: " ")
        .shortened(toCells: max(4, line.width / 5))
      x += grid.put(tags, x: x, y: line.y, style: style ?? overlayStyle(.accent), limit: right) + 1
    }
    let width = max(0, right - x)
    let question = row.question.shortened(toCells: width * 3 / 5)
    x += grid.put(question, x: x, y: line.y, style: style ?? overlayStyle(.text), limit: right)
    let arrow = row.isPreference ? " ⇄ " : " → "
    x += grid.put(arrow, x: x, y: line.y, style: style ?? overlayStyle(.mutedText), limit: right)
    grid.put(
      row.answer.shortened(toCells: max(0, right - x)), x: x, y: line.y,
      style: style ?? overlayStyle(.mutedText), limit: right)
  }

  // MARK: Findings

  func drawFindings(of state: State, on grid: inout Grid) {
    guard let page = state.training.findings else { return }
    let frame = Layout.evaluationsFrame(size: state.size)
    drawOverlayFrame(frame, title: "\(page.set), checked", note: page.summary, on: &grid)
    if page.showsReport {
      let area = Layout.inspectionText(size: state.size)
      let rows = page.report.text(columns: area.width)
      for (place, row) in rows.dropFirst(page.reportTop).prefix(area.height).enumerated() {
        grid.put(
          row, x: area.x, y: area.y + place, style: overlayStyle(.text), limit: area.right)
      }
      return
    }
    let area = Layout.findingRows(size: state.size)
    if page.findings.isEmpty {
      grid.put(
        "Nothing was found: Tab shows the sizes.", x: area.x, y: area.y,
        style: overlayStyle(.mutedText), limit: area.right)
      return
    }
    for (place, finding) in page.findings.enumerated().dropFirst(page.top).prefix(area.height) {
      let line = Rectangle(x: area.x, y: area.y + place - page.top, width: area.width, height: 1)
      let isSelected = place == page.selection
      let style = isSelected ? theme.style(.selectedItem) : nil
      if let style { grid.fill(line, style: style) }
      let role: StyleRole =
        switch finding.severity {
        case .error: .error
        case .warning: .warning
        case .note: .mutedText
        }
      var x = line.x
      let number = finding.line.map { Numbers.grouped($0) } ?? "all"
      grid.put(
        finding.severity.sign, x: x, y: line.y, style: style ?? overlayStyle(role))
      x += 2
      grid.put(
        number, x: x + max(0, 9 - number.count), y: line.y,
        style: style ?? overlayStyle(.mutedText))
      x += 10
      x += grid.put(
        finding.code, x: x, y: line.y, style: style ?? overlayStyle(role), limit: line.right)
      grid.put(
        finding.sentence.shortened(toCells: max(0, line.right - x - 1)), x: x + 1, y: line.y,
        style: style ?? overlayStyle(.text), limit: line.right)
    }
    guard let selected = page.selected else { return }
    let below = Rectangle(
      x: area.x, y: area.bottom + 1, width: area.width, height: Layout.findingDetail)
    grid.put(
      String(repeating: "─", count: area.width), x: area.x, y: area.bottom,
      style: overlayStyle(.border))
    draw(
      [
        ReportLine(.text, selected.sentence), ReportLine(.remedy, selected.remedy),
        ReportLine(.note, page.countSentence),
      ], from: 0, in: below, on: &grid)
  }
}

extension FindingSeverity {
  fileprivate var sign: String {
    switch self {
    case .error: "✗"
    case .warning: "!"
    case .note: "·"
    }
  }
}
