import Core
import Playground

// The prompt's text with its template marks lit up, and the values of its variables.

extension Renderer {
  func drawPrompt(_ state: State, in frame: Rectangle, on grid: inout Grid) {
    let focus = state.focus
    let layout = PromptLayout(frame: frame, fieldCount: state.prompt.fields.count, focus: focus)
    drawFrame(
      frame, title: "Prompt", note: note(of: state.prompt, in: layout.text),
      isFocused: focus == .prompt, on: &grid)
    if case .problem(let problem) = state.prompt.reading {
      grid.put(
        " \(problem) ".shortened(toCells: frame.width - 2), x: frame.x + 1, y: frame.bottom - 1,
        style: theme.style(.error), limit: frame.right - 1)
    }
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

  private func note(of prompt: PromptPane, in area: Rectangle) -> String {
    let state =
      prompt.outsideText != nil ? "changed outside, too" : prompt.isModified ? "modified" : ""
    return [state, outOfSight(prompt.editor, in: area)]
      .filter { !$0.isEmpty }.joined(separator: " · ")
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
