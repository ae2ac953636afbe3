import Core
import Playground

// The prompt's text with its template marks lit up, and the values of its variables.

extension Renderer {
  func drawPrompt(_ state: State, in frame: Rectangle, on grid: inout Grid) {
    let focus = state.focus
    drawFrame(
      frame, title: "Prompt", note: note(of: state.prompt), isFocused: focus == .prompt, on: &grid)
    if case .problem(let problem) = state.prompt.reading {
      grid.put(
        " \(problem) ".shortened(toCells: frame.width - 2), x: frame.x + 1, y: frame.bottom - 1,
        style: theme.style(.error), limit: frame.right - 1)
    }
    let layout = PromptLayout(frame: frame, fieldCount: state.prompt.fields.count, focus: focus)
    let isCovered = !state.overlays.isEmpty
    draw(
      state.prompt.editor, in: layout.text, hasCursor: focus == .prompt && !isCovered, on: &grid,
      spans: highlights)
    for field in layout.fields {
      let isFocused = focus == .field(field.index)
      let value = state.prompt.fields[field.index]
      let border = theme.style(focus == .prompt ? .focusedBorder : .border)
      grid.put(
        "├" + String(repeating: "─", count: max(0, field.title.width - 2)) + "┤", x: field.title.x,
        y: field.title.y, style: border)
      grid.title(
        value.name, of: field.title, style: theme.style(isFocused ? .focusedTitle : .title))
      draw(value.editor, in: field.value, hasCursor: isFocused && !isCovered, on: &grid)
    }
  }

  private func note(of prompt: PromptPane) -> String {
    if prompt.outsideText != nil { return "changed outside, too" }
    return prompt.isModified ? "modified" : ""
  }

  /// Draws a text, and the cursor in it.
  func draw(
    _ editor: Editor, in area: Rectangle, hasCursor: Bool, on grid: inout Grid,
    style: StyleRole = .text, spans: (String) -> [StyledSpan] = { _ in [] }
  ) {
    let view = EditorView(buffer: editor.buffer, width: area.width)
    let top = view.clamped(editor.top)
    let cursor = view.place(of: editor.cursor)
    for (place, (row, range)) in view.rows(from: top, height: area.height).enumerated() {
      let line = editor.buffer.lines[row.line]
      grid.put(
        line: line, row: range, x: area.x, y: area.y + place, limit: area.right,
        style: theme.style(style), spans: spans(line))
      if hasCursor, row == cursor.row {
        grid.cursor = Point(x: area.x + cursor.column, y: area.y + place)
      }
    }
  }
}

extension Renderer {
  /// The template's marks in a line.
  private func highlights(in line: String) -> [StyledSpan] {
    guard line.utf8.contains(UInt8(ascii: "{")) else { return [] }
    return Template.highlights(in: line).map { highlight in
      let role: StyleRole =
        switch highlight.kind {
        case .variable, .block: .promptVariable
        case .role: .promptRole
        case .comment: .promptComment
        }
      return StyledSpan(range: highlight.range, style: theme.style(role))
    }
  }
}
