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
      below = drawPassages(of: context, hasFocus: state.focus == .context, in: area, on: &grid)
    }
    grid.note(
      note(of: context, takesPassages: state.prompt.takesPassages, below: below), of: frame,
      after: "Context", style: theme.style(.mutedText))
  }

  /// Draws as many passages as fit, and tells how many are left below.
  private func drawPassages(
    of context: ContextPane, hasFocus: Bool, in area: Rectangle, on grid: inout Grid
  ) -> Int {
    var y = area.y
    let found = context.found
    let best = found.map(\.score).max() ?? 0
    for place in context.top..<max(context.top, found.count) {
      if place == context.passages.count, y < area.bottom {
        let line = "─ cut: over the budget "
        let rest = String(repeating: "─", count: max(0, area.width - line.count))
        grid.put(line + rest, x: area.x, y: y, style: theme.style(.passageCut), limit: area.right)
        y += 1
      }
      guard y < area.bottom else { return found.count - place }
      drawPassage(
        found[place], number: place + 1, share: best > 0 ? found[place].score / best : 0,
        isCut: place >= context.passages.count,
        isSelected: hasFocus && place == context.selection, y: y, in: area, on: &grid)
      y += ContextPane.rowsPerPassage
    }
    return 0
  }

  private func note(of context: ContextPane, takesPassages: Bool, below: Int) -> String {
    guard context.index != nil || context.givenPassages != nil else { return "" }
    // What is found here for a prompt that doesn't ask for it would be taken for what is sent.
    guard takesPassages else { return "not part of this prompt" }
    let tokens = Numbers.grouped(context.tokens)
    let budget = Numbers.grouped(context.settings.budget)
    let rest = below > 0 ? " · ↓\(below)" : ""
    if context.givenPassages != nil { return "from the case · \(tokens) tok\(rest)" }
    return "bm25 · k \(context.settings.limit) · \(tokens) tok of \(budget)\(rest)"
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
      reason = "No passage has a word of the question."
    } else {
      reason = "Give `question` a value, and the passages for it appear here."
    }
    let text = WrappedText(reason, width: max(1, area.width - 2))
    for (place, row) in text.rows.prefix(area.height).enumerated() {
      grid.put(text.text(of: row), x: area.x + 1, y: area.y + place, style: theme.style(role))
    }
  }

  private func drawPassage(
    _ passage: Passage, number: Int, share: Double, isCut: Bool, isSelected: Bool, y: Int,
    in area: Rectangle, on grid: inout Grid
  ) {
    let text = theme.style(isCut ? .passageCut : .text)
    let muted = isCut ? text : theme.style(.mutedText)
    let ranks = passage.standings.sorted { $0.key < $1.key }
      .map { "\($0.key.rawValue.prefix(1))\($0.value.rank)" }.joined(separator: " ")
    let bar = Numbers.bar(share, cells: Self.barWidth)
    let score = Numbers.decimal(passage.score)
    // The name gives way to the figures, which stand in columns at the right.
    let figures = Self.barWidth + 1 + 5 + 5 + 5
    let nameLimit = area.width > figures + 20 ? area.right - figures : area.right
    var x = area.x
    x += grid.put(isSelected ? "▸" : " ", x: x, y: y, style: theme.style(.accent))
    x += grid.put(
      "\(number) ", x: x, y: y, style: isCut ? text : theme.style(.passageNumber),
      limit: area.right)
    let span = " · \(passage.lineSpan)"
    let room = nameLimit - 1 - x - DisplayText.width(of: span)
    x += grid.put(passage.title.shortened(toCells: room), x: x, y: y, style: text)
    grid.put(span, x: x, y: y, style: muted, limit: nameLimit)
    if nameLimit < area.right {
      var x = nameLimit
      x += grid.put(leftPadded(score, 5) + " ", x: x, y: y, style: muted)
      grid.put(bar, x: x, y: y, style: isCut ? text : theme.style(.passageScore))
      x += Self.barWidth
      grid.put(leftPadded(ranks, 4), x: x, y: y, style: muted, limit: area.right)
      grid.put(
        leftPadded("\(passage.tokens)", 5), x: x + 4, y: y, style: muted, limit: area.right)
    }
    if y + 1 < area.bottom {
      drawSnippet(of: passage, y: y + 1, in: area, style: isCut ? text : muted, on: &grid)
    }
    if isSelected {
      let rows = min(ContextPane.rowsPerPassage, area.bottom - y)
      grid.restyle(
        Rectangle(x: area.x, y: y, width: area.width, height: rows),
        style: theme.style(.selection))
    }
  }

  private static let barWidth = 6

  /// One line of the passage, around the first word that it shares with the question.
  private func drawSnippet(
    of passage: Passage, y: Int, in area: Rectangle, style: Style, on grid: inout Grid
  ) {
    let snippet = Snippet(of: passage, width: area.width - 4)
    let spans = snippet.matches.map {
      StyledSpan(range: $0, style: theme.style(.passageMatch))
    }
    grid.put(
      line: snippet.text, row: 0..<snippet.text.utf8.count, x: area.x + 4, y: y,
      limit: area.right, style: style, spans: spans)
  }

  private func leftPadded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayText.width(of: text))) + text
  }
}
