import Core
import Playground

// The first row, the row of tabs on a screen with room for one pane, and the last row.

extension Renderer {
  func drawHeader(_ state: State, in area: Rectangle, on grid: inout Grid) {
    let style = theme.style(.status)
    grid.fill(area, style: style)
    var x = area.x
    x += grid.put(" whet ", x: x, y: area.y, style: theme.style(.statusKey).over(style))
    let mark = state.prompt.isModified ? " •" : ""
    let name = state.prompt.name.shortened(toCells: max(8, area.width / 3))
    let stem = state.prompt.stem.isEmpty ? "" : " \(state.prompt.stem)"
    var parts = [name + mark + stem]
    if let running = state.evaluations.running {
      let progress = running.progress
      parts.append(
        "evaluating \(Numbers.grouped(progress.done)) of \(Numbers.grouped(progress.total))")
    }
    if let session = state.session {
      let runs = "\(Numbers.grouped(session.runCount)) \(session.runCount == 1 ? "run" : "runs")"
      let cost = Numbers.total(session.cost)
      parts.append("session \(session.name) · \(runs)" + (cost.isEmpty ? "" : " · \(cost)"))
    }
    if let index = state.context.index {
      let size = state.context.indexSize.map { " · \(Numbers.grouped($0)) passages" } ?? ""
      parts.append("index \(index)\(size)")
    }
    let cost = words(for: state.promptCost)
    let doubt = state.isCountOutdated ? "?" : ""
    let tokens =
      "≈\(Numbers.grouped(state.promptTokens))\(doubt) tok " + (cost.isEmpty ? "" : "\(cost) ")
    let tokensWidth = DisplayText.width(of: tokens)
    let limit = area.right - tokensWidth - 1
    for part in parts where x + DisplayText.width(of: part) + 1 <= limit {
      x += grid.put(" \(part)  ", x: x, y: area.y, style: style, limit: limit)
    }
    grid.put(tokens, x: area.right - tokensWidth, y: area.y, style: style)
  }

  func drawTabs(_ state: State, in area: Rectangle, on grid: inout Grid) {
    var tabs: [(title: String, isOpen: Bool)] = []
    let hasInputs = state.hasInputsApart
    let isInput = if case .field = state.focus { true } else { false }
    tabs.append(("Prompt", state.focus == .prompt || isInput && !hasInputs))
    if hasInputs {
      tabs.append(("Inputs" + (state.prompt.missing.isEmpty ? "" : "!"), isInput))
    }
    tabs.append(("Context", state.focus == .context))
    for index in state.columns.indices {
      let running = state.columns[index].runsUnderWay.isEmpty ? "" : "…"
      tabs.append((Column.letter(of: index) + running, state.focus == .column(index)))
    }
    let width = tabs.reduce(0) { $0 + $1.title.count + 2 }
    let space = width <= area.width ? " " : ""
    var x = area.x
    for (title, isOpen) in tabs {
      x += grid.put(
        " \(title)\(space)", x: x, y: area.y,
        style: isOpen ? theme.style(.focusedTitle) : theme.style(.mutedText))
    }
  }

  func drawHints(_ state: State, in area: Rectangle, on grid: inout Grid) {
    // News could tell whose the answers are.
    if case .blind(let page)? = state.overlays.last, page.outcome == nil {
      drawKeys(state.overlays.last?.hints ?? [], in: area, limit: area.right, on: &grid)
      return
    }
    if let notice = state.notice {
      draw(notice, above: area, on: &grid)
      return
    }
    if let overlay = state.overlays.last {
      drawKeys(hints(of: overlay, in: state), in: area, limit: area.right, on: &grid)
      return
    }
    if let finder = state.finder {
      drawKeys(finder.hints, in: area, limit: area.right, on: &grid)
      return
    }
    if state.answerSearch?.isTyping == true {
      drawKeys(AnswerSearch.hints, in: area, limit: area.right, on: &grid)
      return
    }
    if let playback = state.playback, state.isSteering {
      let start = draw(playback, in: area, on: &grid)
      drawKeys(
        CommandTable.hints(of: .playback),
        in: Rectangle(x: start, y: area.y, width: area.right - start, height: area.height),
        limit: area.right, on: &grid)
      return
    }
    let saved = state.savedTime.map { "saved \($0) " } ?? ""
    let savedWidth = DisplayText.width(of: saved)
    // Keys come first: that the draft is saved is no news where there is no room for it.
    let start = drawSupport(of: state, in: area, on: &grid)
    let room = Rectangle(x: start, y: area.y, width: area.right - start, height: area.height)
    let end = drawKeys(hints(for: state), in: room, limit: area.right, on: &grid)
    guard end + savedWidth <= area.right else { return }
    grid.put(
      saved, x: area.right - savedWidth, y: area.y, style: theme.style(.hintText))
  }

  /// What passages say of the sentence at the cursor, before the keys; tells the cell after it.
  private func drawSupport(of state: State, in area: Rectangle, on grid: inout Grid) -> Int {
    guard let line = state.supportLine else { return area.x }
    let (sign, role): (String, StyleRole) =
      switch line.verdict {
      case .supported: ("✓", .success)
      case .contradicted: ("✗", .error)
      case .absent: ("✗", .warning)
      case .noClaim: ("–", .mutedText)
      }
    let text = "\(sign) \(line.text)".shortened(toCells: area.width - 2)
    return area.x + 2
      + grid.put(text, x: area.x + 1, y: area.y, style: theme.style(role), limit: area.right)
  }

  /// A sentence that is wider than the row takes rows above it, so that all of it can be read.
  private func draw(_ notice: Notice, above area: Rectangle, on grid: inout Grid) {
    let role: StyleRole =
      switch notice.kind {
      case .information: .accent
      case .success: .success
      case .warning: .warning
      case .error: .error
      }
    let text = WrappedText(notice.text, width: area.width - 2)
    let rows = text.rows.prefix(Self.mostNoticeRows)
    let top = area.bottom - rows.count
    grid.fill(
      Rectangle(x: area.x, y: top, width: area.width, height: rows.count),
      style: theme.style(.text))
    for (place, row) in rows.enumerated() {
      grid.put(text.text(of: row), x: area.x + 1, y: top + place, style: theme.style(role))
    }
  }

  private static let mostNoticeRows = 4

  /// Among evaluations, one that runs can be stopped, and one that doesn't can be gone on with.
  private func hints(of overlay: Overlay, in state: State) -> [(key: String, word: String)] {
    guard overlay == .grid || overlay == .evaluations else { return overlay.hints }
    let scope: Scope = overlay == .grid ? .grid : .evaluations
    let unfit: Command = state.evaluations.running == nil ? .stopEvaluation : .resumeEvaluation
    let entries = CommandTable.entries.filter {
      $0.scope == scope && $0.hint != nil && $0.command != unfit
    }
    let stop = entries.filter { $0.command == .stopEvaluation }
    let others = entries.filter { $0.command != .stopEvaluation }
    return (others.prefix(1) + stop + others.dropFirst()).map {
      (key: $0.keys.first?.display ?? "", word: $0.hint ?? "")
    }
  }

  /// What matters most comes first, since the rest may not fit.
  private func hints(for state: State) -> [(key: String, word: String)] {
    let entries = CommandTable.entries(inPane: state.paneScope).filter { entry in
      entry.hint != nil && (entry.command != .cancel || state.isRunning)
        && (entry.command != .run || !state.isRunning)
        && isUseful(entry.command, in: state)
    }
    let anywhere = entries.filter { $0.scope == .anywhere }
    let own = entries.filter { $0.scope != .anywhere }
    let help = own.filter { $0.command == .help }
    let others = own.filter { $0.command != .help }
    let chosen = Array(anywhere.prefix(2)) + help + others + Array(anywhere.dropFirst(2))
    var hints = chosen.map { (key: $0.keys.first?.display ?? "", word: $0.hint ?? "") }
    if state.focus.isText { hints.insert(("F1", "help"), at: min(2, hints.count)) }
    return hints
  }

  /// Whether there is something in the current column that a command is about.
  private func isUseful(_ command: Command, in state: State) -> Bool {
    guard case .column(let index) = state.focus, state.columns.indices.contains(index) else {
      return true
    }
    let column = state.columns[index]
    return switch command {
    case .toggleSteps: !column.endedSteps.isEmpty
    case .nextSide: column.isCorrected
    case .rateGood, .rateBad, .correctAnswer: column.recordedRun != nil
    default: true
    }
  }

  /// Keys and their words in one row, as many as fit; tells the cell after the last.
  @discardableResult
  func drawKeys(
    _ keys: [(key: String, word: String)], in area: Rectangle, limit: Int, on grid: inout Grid
  ) -> Int {
    var x = area.x + 1
    for (key, word) in keys {
      let width = DisplayText.width(of: key) + 1 + DisplayText.width(of: word)
      guard x + width <= limit else { break }
      x += grid.put(key, x: x, y: area.y, style: theme.style(.hintKey)) + 1
      x += grid.put(word, x: x, y: area.y, style: theme.style(.hintText)) + 2
    }
    return x
  }
}
