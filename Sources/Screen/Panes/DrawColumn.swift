import Core
import Playground

// An answer, and under it the numbers that tell how it came.

extension Renderer {
  func drawColumn(_ state: State, _ index: Int, in frame: Rectangle, on grid: inout Grid) {
    guard state.columns.indices.contains(index) else { return }
    let column = state.columns[index]
    let isFocused = state.focus == .column(index)
    let title = "\(Column.letter(of: index)) \(column.model)"
    drawFrame(
      frame, title: title, titleRole: .columnModel, note: note(of: index, in: state, frame: frame),
      isFocused: isFocused,
      on: &grid)
    let area = Layout.columnText(frame: frame)
    let rows = column.view.rows(in: column.top..<column.top + area.height)
    for (place, row) in rows.enumerated() {
      draw(row, of: column, x: area.x, y: area.y + place, limit: area.right, on: &grid)
    }
    drawNumbers(of: column, in: Layout.columnNumbers(frame: frame), on: &grid)
  }

  /// How much is out of sight, and what else the frame has room to say.
  private func note(of index: Int, in state: State, frame: Rectangle) -> String {
    let column = state.columns[index]
    let below = column.view.rowCount - column.top - Layout.columnText(frame: frame).height
    let shown = state.layout.columns.map(\.index)
    var parts: [String] = []
    if column.isReplay { parts.append("replay") }
    if below > 0, !column.follows || !column.isRunning { parts.append("↓\(below)") }
    // Where one pane fills the screen, the tabs tell of the others.
    if state.layout.tabs == nil {
      if index == shown.first, index > 0 { parts.append("←\(index)") }
      let after = state.columns.count - 1 - index
      if index == shown.last, after > 0 { parts.append("→\(after)") }
    }
    return parts.joined(separator: " ")
  }

  private func draw(
    _ row: AnswerView.Row, of column: Column, x: Int, y: Int, limit: Int, on grid: inout Grid
  ) {
    func put(_ text: String, _ role: StyleRole) {
      grid.put(Wrap.expandingTabs(text), x: x, y: y, style: theme.style(role), limit: limit)
    }
    switch row {
    case .heading(.thinking(let isFolded)):
      put(isFolded ? "▸ thinking (t unfolds)" : "▾ thinking", .thinking)
    case .heading(.refusal): put("refused:", .refusal)
    case .heading(.toolCalls): put("tool calls:", .accent)
    case .thinking(let text): put(text, .thinking)
    case .text(let text): put(text, .text)
    case .refusal(let text): put(text, .refusal)
    case .toolCall(let text): put(text, .text)
    case .ending(let text):
      put(text, column.answer.finishReason == .error ? .error : .warning)
    }
  }

  private func drawNumbers(of column: Column, in area: Rectangle, on grid: inout Grid) {
    var x = area.x
    var y = area.y
    for (text, role) in numbers(of: column) {
      let separator = x == area.x ? "" : " · "
      if x + DisplayText.width(of: separator + text) > area.right {
        guard y + 1 < area.bottom else { return }
        (x, y) = (area.x, y + 1)
      } else {
        x += grid.put(separator, x: x, y: y, style: theme.style(.mutedText))
      }
      x += grid.put(text, x: x, y: y, style: theme.style(role), limit: area.right)
    }
  }

  /// The figures of a run; those that matter most come first, since the rest may not fit.
  private func numbers(of column: Column) -> [(text: String, role: StyleRole)] {
    switch column.phase {
    case .empty: return [("^R runs it", .mutedText)]
    case .waiting(let seconds):
      return [(seconds == 0 ? "waiting…" : "waiting \(seconds)s…", .mutedText)]
    case .streaming, .finished: break
    }
    let answer = column.answer
    let usage = answer.usage
    let mark = usage.isEstimated ? "≈" : ""
    var parts: [(text: String, role: StyleRole)] = []
    if let first = answer.timing.firstActivity {
      parts.append(("first \(Numbers.duration(first))", .columnNumbers))
    }
    if let rate = answer.tokensPerSecond {
      parts.append(("\(mark)\(Numbers.rate(rate)) tok/s", .columnNumbers))
    }
    parts.append(("\(mark)\(Numbers.grouped(usage.outputTokens)) tok", .columnNumbers))
    if let cost = column.cost {
      let text = cost.isUnknown ? "cost unknown" : Numbers.cost(cost)
      if !text.isEmpty { parts.append((text, .columnNumbers)) }
    }
    if let reason = answer.finishReason {
      let role: StyleRole =
        switch reason {
        case .stop, .toolCalls: .success
        case .length, .contentFilter, .truncated, .cancelled, .interrupted: .warning
        case .error: .error
        }
      // How it ended says whether the rest can be trusted.
      let word = (text: reason.words, role: role)
      if reason == .stop { parts.append(word) } else { parts.insert(word, at: 0) }
    }
    parts.append(("in \(mark)\(Numbers.grouped(usage.inputTokens))", .columnNumbers))
    return parts
  }
}
