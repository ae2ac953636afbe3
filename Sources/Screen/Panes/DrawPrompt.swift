import Core
import Playground

// The prompt's text with its template marks lit up.

extension Renderer {
  func drawPrompt(_ state: State, in frame: Rectangle, on grid: inout Grid) {
    let focus = state.focus
    let layout = state.promptLayout
    // The form has the pane to itself.
    let isForm = layout.text.height == 0
    let title = isForm ? "Inputs" : "Prompt"
    drawFrame(frame, title: title, isFocused: focus == .prompt || isForm, on: &grid)
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
    // Over the text, also where the form stands beside it.
    var top = frame
    if let divider = layout.divider { top.width = divider.x + 1 - frame.x }
    grid.note(
      note(of: state, in: layout.text), of: top, after: title, style: theme.style(.mutedText))
    if let finder = state.finder { draw(finder, in: frame, on: &grid) }
  }

  /// vi's mode, what is typed of its command, how the text differs from its file, and how much of
  /// it is out of sight.
  private func note(of state: State, in area: Rectangle) -> String {
    let prompt = state.prompt
    var parts: [String] = []
    if let vi = state.vi {
      parts.append(
        [vi.mode.rawValue, vi.pendingKeys].filter { !$0.isEmpty }.joined(separator: " "))
    }
    if prompt.outsideText != nil {
      parts.append("changed outside, too")
    } else if prompt.isModified {
      parts.append("modified")
    }
    parts.append(outOfSight(prompt.editor, in: area))
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
