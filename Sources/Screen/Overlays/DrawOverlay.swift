import Core
import Playground

// Help, lists, a passage to read, a question: what lies over the panes.

extension Renderer {
  func draw(_ overlay: Overlay, of state: State, on grid: inout Grid) {
    switch overlay {
    case .help(let page): draw(page, size: state.size, on: &grid)
    case .passage(let reader): draw(reader, size: state.size, on: &grid)
    case .pageEditor(let page): draw(page, size: state.size, on: &grid)
    case .answerEditor(let page): draw(page, of: state, on: &grid)
    case .exactText(let page): draw(page, size: state.size, on: &grid)
    case .absence(let page): draw(page, size: state.size, on: &grid)
    case .measuring(let page): draw(page, size: state.size, on: &grid)
    case .blind(let page): draw(page, size: state.size, on: &grid)
    case .wins(let page): draw(page, size: state.size, on: &grid)
    case .judging(let page): draw(page, size: state.size, on: &grid)
    case .sessions(let page): draw(page, size: state.size, on: &grid)
    case .tree(let page): draw(page, size: state.size, on: &grid)
    case .evaluations: drawEvaluations(of: state, on: &grid)
    case .evaluationPlan: drawEvaluationPlan(of: state, on: &grid)
    case .ladder(let page): draw(page, size: state.size, on: &grid)
    case .map(let page): draw(page, size: state.size, on: &grid)
    case .grid: drawGrid(of: state, on: &grid)
    case .trainingSets: drawTrainingSets(of: state, on: &grid)
    case .trainingExamples: drawTrainingExamples(of: state, on: &grid)
    case .findings: drawFindings(of: state, on: &grid)
    case .parts(let page): draw(page, size: state.size, on: &grid)
    case .wire(let view): draw(view, of: state, on: &grid)
    case .versions(let view): draw(view, of: state, on: &grid)
    case .tokens(let page): draw(page, of: state, on: &grid)
    case .examples(let list): draw(list, size: state.size, on: &grid)
    case .picker(let picker): draw(picker, size: state.size, on: &grid)
    case .line(let line): draw(line, size: state.size, on: &grid)
    }
  }

  func drawOverlayFrame(
    _ frame: Rectangle, title: String, note: String = "", on grid: inout Grid
  ) {
    grid.fill(frame, style: theme.style(.overlay))
    grid.box(frame, style: theme.style(.focusedBorder).over(theme.style(.overlay)))
    grid.title(title, of: frame, style: theme.style(.focusedTitle))
    grid.note(
      note, of: frame, after: title, style: theme.style(.mutedText).over(theme.style(.overlay)))
  }

  /// How much is out of sight.
  func below(_ rows: Int) -> String { rows > 0 ? "↓\(rows)" : "" }

  func overlayStyle(_ role: StyleRole) -> Style {
    theme.style(role).over(theme.style(.overlay))
  }

  private func draw(_ page: HelpPage, size: Size, on grid: inout Grid) {
    let frame = Layout.pageFrame(size: size)
    let area = frame.inside
    drawOverlayFrame(
      frame, title: "Keys", note: below(page.rows.count - page.top - area.height), on: &grid)
    for (place, row) in page.rows.dropFirst(page.top).prefix(area.height).enumerated() {
      let y = area.y + place
      switch row {
      case .blank: break
      case .heading(let scope):
        grid.put(
          scope.title, x: area.x + 1, y: y, style: overlayStyle(.title), limit: area.right)
      case .entry(let entry):
        let keys = entry.keys.map(\.display).joined(separator: " ")
        grid.put(keys, x: area.x + 1, y: y, style: overlayStyle(.hintKey), limit: area.right)
        let x = area.x + max(16, DisplayText.width(of: keys) + 2)
        grid.put(entry.title, x: x, y: y, style: overlayStyle(.text), limit: area.right)
      }
    }
  }

  private func draw(_ picker: Picker, size: Size, on grid: inout Grid) {
    let frame = Layout.pickerFrame(size: size)
    let shown = picker.shown
    drawOverlayFrame(
      frame, title: picker.title, note: "\(shown.count) of \(picker.items.count)", on: &grid)
    let inside = frame.inside
    grid.put("› ", x: inside.x, y: inside.y, style: overlayStyle(.accent))
    draw(
      picker.filter,
      in: Rectangle(x: inside.x + 2, y: inside.y, width: inside.width - 2, height: 1),
      hasCursor: true, on: &grid, style: .overlay)
    let area = Layout.pickerItems(size: size)
    if shown.isEmpty {
      let text = WrappedText(picker.emptyText, width: area.width - 2)
      for (place, row) in text.rows.prefix(area.height).enumerated() {
        grid.put(
          text.text(of: row), x: area.x + 1, y: area.y + place, style: overlayStyle(.mutedText))
      }
    }
    for (place, item) in shown.enumerated().dropFirst(picker.top).prefix(area.height) {
      let y = area.y + place - picker.top
      let isSelected = place == picker.selection
      let row = Rectangle(x: area.x, y: y, width: area.width, height: 1)
      let style = isSelected ? theme.style(.selectedItem) : overlayStyle(.text)
      if isSelected { grid.fill(row, style: style) }
      let detailWidth = DisplayText.width(of: item.detail)
      let hasRoom = detailWidth + 12 < area.width
      let limit = hasRoom ? area.right - detailWidth - 2 : area.right
      grid.put(
        item.title.replacing("\n", with: " ").shortened(toCells: limit - area.x - 1),
        x: area.x + 1, y: y, style: style)
      if hasRoom {
        grid.put(
          item.detail, x: area.right - detailWidth - 1, y: y,
          style: isSelected ? style : overlayStyle(.mutedText))
      }
    }
  }

  private func draw(_ line: LineInput, size: Size, on grid: inout Grid) {
    let frame = Layout.lineFrame(size: size)
    drawOverlayFrame(frame, title: line.title, on: &grid)
    let inside = frame.inside
    // One row that follows its cursor, in place of wrapping.
    let text = line.editor.text
    let before = DisplayText.width(of: text[utf8: 0..<line.editor.cursor.offset])
    var shown = Substring(text)
    var offset = 0
    while before - offset >= inside.width, let first = shown.first {
      offset += DisplayText.width(of: String(first))
      shown.removeFirst()
    }
    grid.put(
      shown, x: inside.x, y: inside.y, style: overlayStyle(.text), limit: inside.right)
    grid.cursor = Point(x: inside.x + before - offset, y: inside.y)
  }
}
