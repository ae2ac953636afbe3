import Core
import Playground

// An answer, and under it the numbers that tell how it came.

extension Renderer {
  func drawColumn(_ state: State, _ index: Int, in frame: Rectangle, on grid: inout Grid) {
    guard state.columns.indices.contains(index) else { return }
    let column = state.columns[index]
    let isFocused = state.focus == .column(index)
    let title = title(of: index, in: state, width: frame.width - 4)
    drawFrame(
      frame, title: title, titleRole: .columnModel, note: note(of: index, in: state, frame: frame),
      isFocused: isFocused,
      on: &grid)
    let area = Layout.columnText(frame: frame)
    let rows = column.view.rows(in: column.top..<column.top + area.height)
    for (place, row) in rows.enumerated() {
      draw(
        row, marks: column.marks, x: area.x, y: area.y + place, limit: area.right, on: &grid)
    }
    drawRetry(of: column, in: area, from: area.y + rows.count, on: &grid)
    let numbers = Layout.columnNumbers(frame: frame)
    let tokens = column.tokensAtCursor
    if tokens.isEmpty {
      drawNumbers(of: column, in: numbers, on: &grid)
    } else {
      drawAlternatives(to: tokens, in: numbers, on: &grid)
    }
    if let search = state.answerSearch, search.column == index {
      draw(search, in: frame, on: &grid)
    }
  }

  /// How much is out of sight, and what else the frame has room to say.
  private func note(of index: Int, in state: State, frame: Rectangle) -> String {
    let column = state.columns[index]
    let below = column.view.rowCount - column.top - Layout.columnText(frame: frame).height
    let shown = state.layout.columns.map(\.index)
    var parts: [String] = []
    if column.attemptCount > 1 {
      parts.append("\(column.shownAttempt + 1) of \(column.attemptCount)")
    }
    if column.isReplay { parts.append("replay") }
    if column.isChanged { parts.append("changed") }
    if state.scrollsTogether, state.columns.count > 1 { parts.append("⇅") }
    if below > 0, !column.follows || !column.isRunning { parts.append("↓\(below)") }
    // Where one pane fills the screen, the tabs tell of the others.
    if state.layout.tabs == nil {
      if index == shown.first, index > 0 { parts.append("←\(index)") }
      let after = state.columns.count - 1 - index
      if index == shown.last, after > 0 { parts.append("→\(after)") }
    }
    return parts.joined(separator: " ")
  }

  /// What is waited for when a try has failed, under what had come of the answer.
  private func drawRetry(of column: Column, in area: Rectangle, from y: Int, on grid: inout Grid) {
    guard let (retry, seconds) = column.retryWait else { return }
    let wait =
      "Waits \(Numbers.grouped(seconds)) s, then \(Self.nextTry(after: retry)) (^C stops it):"
    var y = y
    for (text, role) in [(wait, StyleRole.warning), (retry.reason, StyleRole.text)] {
      let wrapped = WrappedText(text, width: area.width)
      for row in wrapped.rows where y < area.bottom {
        grid.put(
          Wrap.expandingTabs(wrapped.text(of: row)), x: area.x, y: y, style: theme.style(role),
          limit: area.right)
        y += 1
      }
    }
  }

  private static func nextTry(after retry: Retry) -> String {
    "try \(min(retry.attempt, Int.max - 1) + 1) of \(retry.attemptLimit)"
  }

  // MARK: Figures

  /// A figure of a run, with what is said of it where there is room.
  private struct Figure {
    var text: String
    var detail = ""
    var role = StyleRole.columnNumbers

    var width: Int { DisplayText.width(of: text) + DisplayText.width(of: detail) }
  }

  /// A cost that says what it is about; empty for what costs nothing.
  func words(for cost: Cost) -> String { cost.isUnknown ? "cost unknown" : Numbers.cost(cost) }

  private func drawNumbers(of column: Column, in area: Rectangle, on grid: inout Grid) {
    var figures = standing(of: column) + figures(of: column)
    if let rating = column.rating {
      figures.insert(
        Figure(
          text: "\(rating.sign) \(rating.word)", role: rating == .good ? .success : .error), at: 0)
    }
    for index in figures.indices.reversed()
    where places(of: figures, in: area).count < figures.count {
      figures[index].detail = ""
    }
    for (figure, place) in zip(figures, places(of: figures, in: area)) {
      if place.x > area.x {
        grid.put(" · ", x: place.x - 3, y: place.y, style: theme.style(.mutedText))
      }
      grid.put(
        figure.text + figure.detail, x: place.x, y: place.y, style: theme.style(figure.role),
        limit: area.right)
    }
  }

  /// Whose text the answer is, where that isn't the model's alone.
  private func standing(of column: Column) -> [Figure] {
    var figures: [Figure] = []
    if column.isCorrected {
      let shown =
        switch column.side {
        case .correction: ""
        case .difference: ": what differs"
        case .original: ": the original"
        }
      figures.append(Figure(text: "corrected" + shown, role: .accent))
    }
    if !column.answer.given.isEmpty { figures.append(Figure(text: "continued", role: .accent)) }
    return figures
  }

  /// Where each figure stands, as far as there is room for them.
  private func places(of figures: [Figure], in area: Rectangle) -> [Point] {
    var places: [Point] = []
    var end = Point(x: area.x, y: area.y)
    for figure in figures {
      if end.x > area.x { end.x += 3 }
      if end.x > area.x, end.x + figure.width > area.right {
        end = Point(x: area.x, y: end.y + 1)
      }
      guard end.y < area.bottom else { break }
      places.append(end)
      end.x += figure.width
    }
    return places
  }

  /// The figures of a run; those that matter most come first, since the rest may not fit.
  private func figures(of column: Column) -> [Figure] {
    switch column.phase {
    case .empty: return [Figure(text: "^R runs it", role: .mutedText)]
    case .waiting(let seconds): return figures(of: column, waiting: seconds)
    case .streaming, .finished: break
    }
    let answer = column.answer
    let usage = column.usage
    let mark = usage.isEstimated ? "≈" : ""
    var figures: [Figure] = []
    // What a run that broke off may cost is worth more room than how fast it was.
    if let cost = column.cost {
      let text = words(for: cost)
      if !text.isEmpty { figures.append(Figure(text: text)) }
    }
    if let first = answer.timing.timeToFirstActivity.map(Numbers.duration) {
      let text = answer.timing.timeToFirstText.map(Numbers.duration) ?? first
      figures.append(Figure(text: "first \(first)", detail: text == first ? "" : " · text \(text)"))
    }
    if let rate = answer.tokensPerSecond {
      let mark = answer.isRateEstimated ? "≈" : ""
      figures.append(Figure(text: "\(mark)\(Numbers.rate(rate)) tok/s"))
    }
    figures.append(
      Figure(
        text: "\(mark)\(Numbers.grouped(usage.outputTokens)) tok",
        detail: detail(usage.reasoningTokens, "thinking")))
    if let reason = answer.finishReason {
      let role: StyleRole =
        switch reason {
        case .stop, .toolCalls: .success
        case .length, .contentFilter, .truncated, .cancelled, .interrupted: .warning
        case .error: .error
        }
      // How it ended says whether the rest can be trusted.
      let word = Figure(text: reason.words, role: role)
      if reason == .stop { figures.append(word) } else { figures.insert(word, at: 0) }
    }
    figures.append(
      Figure(
        text: "in \(mark)\(Numbers.grouped(usage.inputTokens))",
        detail: detail(usage.cachedInputTokens, "cached")))
    return figures
  }

  private func detail(_ tokens: Int, _ what: String) -> String {
    tokens > 0 ? ", \(Numbers.grouped(tokens)) \(what)" : ""
  }

  /// What there is to tell before anything of the answer has come.
  private func figures(of column: Column, waiting seconds: Int) -> [Figure] {
    if let (_, seconds) = column.retryWait {
      return [Figure(text: "next try in \(Numbers.grouped(seconds))s", role: .warning)]
    }
    var figures: [Figure] = []
    if let retry = column.answer.pendingRetry {
      figures.append(Figure(text: Self.nextTry(after: retry), role: .warning))
    }
    if let progress = column.answer.progress, progress.totalTokens > 0 {
      let share = Double(progress.processedTokens) / Double(progress.totalTokens)
      figures.append(Figure(text: "reading the prompt \(Int(max(0, min(share, 1)) * 100)) %"))
      figures.append(
        Figure(
          text: "\(Numbers.grouped(progress.processedTokens)) of "
            + "\(Numbers.grouped(progress.totalTokens)) tok"))
    } else {
      figures.append(
        Figure(text: seconds == 0 ? "waiting…" : "waiting \(seconds)s…", role: .mutedText))
    }
    return figures
  }
}
