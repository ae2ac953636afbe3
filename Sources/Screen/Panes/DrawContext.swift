import Core
import Playground

// The passages: why each is here, and a line of what it says.

extension Renderer {
  func drawContext(_ state: State, in frame: Rectangle, on grid: inout Grid) {
    let context = state.context
    drawFrame(frame, title: "Context", isFocused: state.focus == .context, on: &grid)
    let area = frame.inside
    var below = 0
    if context.found.isEmpty {
      drawReason(context, in: area, on: &grid)
    } else {
      below = drawList(of: state, in: area, on: &grid)
    }
    // What stands between the title and the corner.
    let room = frame.width - 14 - (below > 0 ? 3 + DisplayText.width(of: "↓\(below)") : 0)
    let parts = ContextNote(of: state).fitting(cells: room) + (below > 0 ? ["↓\(below)"] : [])
    grid.note(
      parts.joined(separator: " · "), of: frame, after: "Context", style: theme.style(.mutedText))
  }

  /// Draws what was searched with, as many passages as fit, and what left; tells how many are left
  /// below.
  private func drawList(of state: State, in area: Rectangle, on grid: inout Grid) -> Int {
    let context = state.context
    let rows = context.rows(in: area.height)
    let table = PassageTable(of: state, width: area.width)
    let entries = context.curated.entries
    drawQueries(of: context, in: area, on: &grid)
    var y = area.y + context.queryRows(in: area.height)
    for row in rows {
      switch row {
      case .cutLine:
        let line = "─ cut: over the budget "
        let rest = String(repeating: "─", count: max(0, area.width - line.count))
        grid.put(line + rest, x: area.x, y: y, style: theme.style(.passageCut), limit: area.right)
      case .passage(let place):
        drawHead(of: table.rows[place], in: table, y: y, in: area, on: &grid)
        if context.litSpans(of: entries[place]) != nil {
          grid.put("●", x: area.x, y: y, style: theme.style(.accent))
        }
      case .snippet(let place):
        drawSnippet(
          of: entries[place], lit: context.litSpans(of: entries[place]) ?? [], y: y, in: area,
          on: &grid)
      }
      if row.place == context.selection, state.focus == .context {
        grid.restyle(
          Rectangle(x: area.x, y: y, width: area.width, height: 1), style: theme.style(.selection))
        if case .passage = row { grid.put("▸", x: area.x, y: y, style: theme.style(.accent)) }
      }
      y += 1
    }
    drawLeft(context.changes.left, in: area, on: &grid)
    let shown = rows.count { if case .passage = $0 { true } else { false } }
    return max(0, entries.count - context.top - shown)
  }

  /// What was searched with in place of the question.
  private func drawQueries(of context: ContextPane, in area: Rectangle, on grid: inout Grid) {
    let queries = context.rewrittenQueries
    let count = context.queryRows(in: area.height)
    let style = theme.style(.mutedText)
    for place in 0..<count {
      let isLast = place == count - 1
      let text = (isLast ? queries[place...] : queries[place...place]).joined(separator: " | ")
      let line = (place == 0 ? "searched with: " : "               ") + text.inOneLine
      grid.put(
        line.shortened(toCells: area.width - 1), x: area.x + 1, y: area.y + place, style: style)
    }
  }

  /// The passages that left with the last turn of a setting, in the last row.
  private func drawLeft(_ left: [Passage], in area: Rectangle, on grid: inout Grid) {
    guard !left.isEmpty else { return }
    let line = "− \(left.count) left: " + left.map(\.label).joined(separator: ", ").inOneLine
    grid.put(
      line.shortened(toCells: area.width - 1), x: area.x + 1, y: area.bottom - 1,
      style: theme.style(.warning))
  }

  private func drawHead(
    of row: PassageTable.Row, in table: PassageTable, y: Int, in area: Rectangle,
    on grid: inout Grid
  ) {
    let isGiven = row.state == .given
    let text = theme.style(isGiven ? .text : .passageCut)
    let muted = isGiven ? theme.style(.mutedText) : text
    var x = area.x + 1
    x += grid.put(
      "\(row.number) ", x: x, y: y, style: isGiven ? theme.style(.passageNumber) : text,
      limit: area.right)
    let figures = table.figuresWidth
    let limit = figures > 0 ? area.right - figures : area.right
    let room = limit - 1 - x - DisplayText.width(of: row.span)
    x += grid.put(row.title.shortened(toCells: room), x: x, y: y, style: text)
    grid.put(row.span, x: x, y: y, style: muted, limit: limit)
    guard figures > 0 else { return }
    x = limit
    for mark in row.marks {
      x += grid.put(mark.text, x: x, y: y, style: isGiven ? theme.style(mark.role) : text)
    }
    x = limit + table.marksWidth
    if row.state == .dropped {
      grid.put("dropped", x: x + 1, y: y, style: text)
    } else {
      grid.put(row.score.leftPadded(to: table.scoreWidth) + " ", x: x, y: y, style: muted)
      grid.put(
        row.bar, x: x + table.scoreWidth + 1, y: y,
        style: isGiven ? theme.style(.passageScore) : text)
    }
    x += table.scoreWidth + 1 + PassageTable.barWidth + 1
    for (leg, width) in zip(row.legs, table.legWidths) {
      grid.put(leg, x: x + 1, y: y, style: muted, limit: area.right)
      x += width + 1
    }
    let tokens = "\(row.tokens)".leftPadded(to: table.tokensWidth)
    grid.put(tokens, x: x + 1, y: y, style: muted, limit: area.right)
  }

  /// One line of the passage: what is lit of it, else what is around the first word that it shares
  /// with the question.
  private func drawSnippet(
    of entry: CuratedPassages.Entry, lit: [Range<Int>], y: Int, in area: Rectangle,
    on grid: inout Grid
  ) {
    let isGiven = entry.state == .given
    let snippet = Snippet(of: entry.passage, width: area.width - 4, lit: lit)
    let role: StyleRole = lit.isEmpty ? isGiven ? .passageMatch : .passageCut : .lit
    let spans = snippet.matches.map { StyledSpan(range: $0, style: theme.style(role)) }
    grid.put(
      line: snippet.text, row: 0..<snippet.text.utf8.count, x: area.x + 4, y: y,
      limit: area.right, style: theme.style(isGiven ? .mutedText : .passageCut), spans: spans)
  }

  /// Why there are no passages.
  private func drawReason(_ context: ContextPane, in area: Rectangle, on grid: inout Grid) {
    let role: StyleRole = context.problem == nil ? .mutedText : .error
    let reason: String
    if let problem = context.problem {
      reason = problem
    } else if context.index == nil {
      reason =
        "No index is chosen: M-i picks one, `whet index add FOLDER` makes one of your documents. "
        + "Prompts run without passages too."
    } else if context.pendingSearch != nil {
      reason = "Searching…"
    } else if context.query?.contains(where: { !$0.isWhitespace }) == true {
      reason =
        context.settings.filter.isEmpty
        ? "No passage has a word of the question."
        : "No passage that fits the filter \(context.settings.filter.line) has a word of the "
          + "question: f changes it."
    } else {
      reason = "Give `question` a value, and the passages for it appear here."
    }
    let text = WrappedText(reason, width: max(1, area.width - 2))
    for (place, row) in text.rows.prefix(area.height).enumerated() {
      grid.put(text.text(of: row), x: area.x + 1, y: area.y + place, style: theme.style(role))
    }
  }
}

extension ContextPane.Row {
  /// Whose row it is; nil for the line above what was cut.
  fileprivate var place: Int? {
    switch self {
    case .passage(let place), .snippet(let place): place
    case .cutLine: nil
    }
  }
}

extension String {
  /// Line ends as blanks.
  fileprivate var inOneLine: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }))
  }

  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayText.width(of: self))) + self
  }
}
