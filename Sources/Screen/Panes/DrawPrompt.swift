import Core
import Playground

// The prompt's text with its template marks lit up.

extension Renderer {
  func drawPrompt(_ state: State, in frame: Rectangle, on grid: inout Grid) {
    let focus = state.focus
    let layout = state.promptLayout
    // The form has the pane to itself.
    let isForm = layout.text.height == 0
    let note = layout.arrangement == .beside ? "" : note(of: state)
    drawFrame(
      frame, title: isForm ? "Inputs" : "Prompt", note: note, isFocused: focus == .prompt || isForm,
      on: &grid)
    if case .problem(let problem) = state.prompt.reading {
      grid.put(
        " \(problem) ".shortened(toCells: frame.width - 2), x: frame.x + 1, y: frame.bottom - 1,
        style: theme.style(.error), limit: frame.right - 1)
    }
    let isCovered = !state.overlays.isEmpty
    draw(
      state.prompt.editor, in: layout.text, hasCursor: focus == .prompt && !isCovered, on: &grid
    ) { spans(of: state.prompt.editor, at: .prompt, in: state, visible: $0) }
    drawInputs(state, in: frame, on: &grid)
    if let finder = state.finder { draw(finder, in: frame, on: &grid) }
  }

  /// vi's mode, what is typed of its command, and whether the text differs from its file.
  private func note(of state: State) -> String {
    var parts: [String] = []
    if let vi = state.vi {
      parts.append(
        [vi.mode.rawValue, vi.pendingKeys].filter { !$0.isEmpty }.joined(separator: " "))
    }
    if state.prompt.isModified { parts.append("modified") }
    return parts.joined(separator: " · ")
  }

  /// Draws a text, and the cursor in it.
  ///
  /// - Parameter spans: what looks different in the stretch that is in sight, by the lines' numbers.
  func draw(
    _ editor: Editor, in area: Rectangle, hasCursor: Bool, on grid: inout Grid,
    style: StyleRole = .text,
    spans: (_ visible: Range<TextPosition>) -> [Int: [StyledSpan]] = { _ in [:] }
  ) {
    let view = EditorView(buffer: editor.buffer, width: area.width)
    let top = view.clamped(editor.top)
    let cursor = view.place(of: editor.cursor)
    let rows = view.rows(from: top, height: area.height)
    guard let first = rows.first, let last = rows.last else { return }
    let start = TextPosition(line: first.row.line, offset: first.range.lowerBound)
    let end = TextPosition(line: last.row.line, offset: last.range.upperBound)
    let marked = spans(start..<end)
    for (place, (row, range)) in rows.enumerated() {
      let line = editor.buffer.lines[row.line]
      grid.put(
        line: line, row: range, x: area.x, y: area.y + place, limit: area.right,
        style: theme.style(style), spans: marked[row.line] ?? [])
      if hasCursor, row == cursor.row {
        grid.cursor = Point(x: area.x + cursor.column, y: area.y + place)
      }
    }
  }
}
