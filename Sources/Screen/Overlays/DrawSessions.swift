import Core
import Playground

// The page of sessions: the line that is typed, and below it sessions with their sparklines, or the runs
// that were found, each with the words around the hit.

extension Renderer {
  func draw(_ page: SessionsPage, size: Size, on grid: inout Grid) {
    let frame = Layout.sessionsFrame(size: size)
    let list = Layout.sessionsList(size: size)
    drawOverlayFrame(
      frame, title: page.isFinding ? "Runs" : "Sessions", note: note(of: page), on: &grid)
    let query = Layout.sessionsQuery(size: size)
    grid.put("› ", x: query.x - 2, y: query.y, style: overlayStyle(.accent))
    draw(page.query, in: query, hasCursor: true, on: &grid, style: .overlay)
    if page.query.buffer.isEmpty {
      let example = "words, \"a phrase\", model:llama rating:good after:7d …"
      grid.put(
        example.shortened(toCells: query.width - 2), x: query.x + 1, y: query.y,
        style: overlayStyle(.mutedText))
    }
    let below = Rectangle(x: list.x + 1, y: list.y - 1, width: list.width - 2, height: 1)
    if let problem = page.found.problem {
      grid.put(
        problem.shortened(toCells: below.width), x: below.x, y: below.y,
        style: overlayStyle(.warning))
    }
    for place in page.top..<min(page.rowCount, page.top + list.height) {
      let row = Rectangle(x: list.x, y: list.y + place - page.top, width: list.width, height: 1)
      let isSelected = place == page.selection
      if isSelected { grid.fill(row, style: theme.style(.selectedItem)) }
      if page.isFinding {
        draw(page.found.runs[place], isSelected: isSelected, in: row, on: &grid)
      } else {
        draw(page.sessions[place], isSelected: isSelected, in: row, on: &grid)
      }
    }
    if page.rowCount == 0, page.found.problem == nil, let text = emptyText(of: page) {
      grid.put(text, x: list.x + 1, y: list.y, style: overlayStyle(.mutedText), limit: list.right)
    }
  }

  private func note(of page: SessionsPage) -> String {
    let count = page.rowCount
    if page.isFinding { return page.found.isCut ? "the newest \(count)" : "\(count) found" }
    return page.isRead ? "\(count)" : ""
  }

  private func emptyText(of page: SessionsPage) -> String? {
    if page.isFinding { return page.isWaiting ? nil : "No run fits." }
    return page.isRead ? "There are no runs yet: ^R makes one." : nil
  }

  private func draw(
    _ session: SessionRow, isSelected: Bool, in row: Rectangle, on grid: inout Grid
  ) {
    let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
    let muted = isSelected ? style : overlayStyle(.mutedText)
    let runs = "\(session.runCount) \(session.runCount == 1 ? "run" : "runs")"
    let cost = Numbers.total(session.cost)
    let facts = "\(runs)\(cost.isEmpty ? "" : " \(cost)") · \(session.lastUsed)"
    var x = row.right - 1 - DisplayText.width(of: facts)
    grid.put(facts, x: x, y: row.y, style: muted)
    if row.width >= Self.widthWithSparklines {
      let width = 12
      x -= width + 2
      grid.put(
        Sparkline.text(session.costs), x: x, y: row.y,
        style: isSelected ? style : overlayStyle(.warning))
      x -= width + 2
      grid.put(
        Sparkline.text(session.scores, largest: 5), x: x, y: row.y,
        style: isSelected ? style : overlayStyle(.success))
    }
    grid.put(
      session.name.replacing("\n", with: " ").shortened(toCells: max(1, x - row.x - 2)),
      x: row.x + 1, y: row.y, style: style)
  }

  /// From this width on there is room for what sessions were rated and cost.
  private static let widthWithSparklines = 90

  private func draw(
    _ found: FoundRuns.Row, isSelected: Bool, in row: Rectangle, on grid: inout Grid
  ) {
    let hit = found.hit
    let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
    let muted = isSelected ? style : overlayStyle(.mutedText)
    let opinion = hit.score.map { "\($0)/5" } ?? hit.rating?.sign ?? ""
    let cost = hit.cost == .zero ? "" : Numbers.total(hit.cost)
    let isWide = row.width >= Self.widthWithSparklines
    let facts = (isWide ? [hit.finishReason.flatMap(Self.ending) ?? "", opinion, cost] : [opinion])
      .filter { !$0.isEmpty }.joined(separator: " ")
    let right = row.right - 1 - DisplayText.width(of: facts)
    grid.put(facts, x: right, y: row.y, style: muted)
    var x = row.x + 1
    let time = isWide ? found.time : String(found.time.prefix(10))
    x += grid.put("\(time) ", x: x, y: row.y, style: muted, limit: right)
    if isWide {
      x += grid.put(
        "\(hit.sessionName.shortened(toCells: row.width / 6)) · \(hit.model.model) ".replacing(
          "\n", with: " "), x: x, y: row.y, style: muted, limit: right)
    }
    if let field = hit.field, field != .answer {
      x += grid.put("\(field.rawValue): ", x: x, y: row.y, style: muted, limit: right)
    }
    let matchStyle = theme.style(.passageMatch)
    grid.put(
      line: hit.snippet, row: 0..<hit.snippet.utf8.count, x: x, y: row.y, limit: right - 1,
      style: style, spans: hit.matches.map { StyledSpan(range: $0, style: matchStyle) })
  }

  /// How it ended, where that isn't as usual.
  private static func ending(_ reason: FinishReason) -> String? {
    reason.isSuccess ? nil : reason.words
  }
}
