import Core
import Playground

// The form of the prompt's variables: each with its name, whether it is locked, where its value comes
// from, and the value itself; and a row that tells where the passages come from.

extension Renderer {
  func drawInputs(_ state: State, in frame: Rectangle, on grid: inout Grid) {
    let layout = state.promptLayout
    let border = theme.style(state.focus == .prompt ? .focusedBorder : .border)
    if let divider = layout.divider { draw(divider, of: state, in: frame, on: &grid) }
    for field in layout.fields {
      draw(field, of: state, border: border, on: &grid)
    }
    if let row = layout.passages { drawPassages(of: state, in: row, border: border, on: &grid) }
    // The bottom line tells of what is wrong with the prompt, where something is.
    guard case .prompt = state.prompt.reading else { return }
    let hidden = state.prompt.fields.count - layout.fields.count
    var limit = frame.right - 1
    if hidden > 0, !layout.fields.isEmpty {
      let words = " \(hidden) more: Tab "
      limit -= DisplayText.width(of: words) + 1
      grid.put(words, x: limit, y: frame.bottom - 1, style: theme.style(.mutedText))
    }
    let title = caseTitle(of: state.prompt, cells: limit - frame.x - 3)
    if layout.arrangement != .beside, !title.isEmpty {
      grid.put(
        " \(title) ".shortened(toCells: limit - frame.x - 1), x: frame.x + 1, y: frame.bottom - 1,
        style: theme.style(.accent), limit: limit)
    }
  }

  /// The line between text and form, with the form's title above it.
  private func draw(
    _ divider: Rectangle, of state: State, in frame: Rectangle, on grid: inout Grid
  ) {
    let style = theme.style(state.focus == .prompt ? .focusedBorder : .border)
    for y in divider.y..<divider.bottom {
      let joint = y == divider.y ? "┬" : y == divider.bottom - 1 ? "┴" : "│"
      grid.put(joint, x: divider.x, y: y, style: style)
    }
    let room = frame.right - divider.x - 4
    let title = caseTitle(of: state.prompt, cells: room - DisplayText.width(of: " Inputs ·  "))
    grid.put(
      " \(title.isEmpty ? "Inputs" : "Inputs · \(title)") ".shortened(toCells: room),
      x: divider.x + 2, y: divider.y,
      style: theme.style(isInput(state.focus) ? .focusedTitle : .title), limit: frame.right - 1)
  }

  private func isInput(_ focus: Focus) -> Bool { if case .field = focus { true } else { false } }

  /// More names than these fit into no title.
  private static let mostUnused = 20

  /// `case 3 of 120 · cases.csv · unused: id, topic +2`, with as many names as there is room for.
  private func caseTitle(of prompt: PromptPane, cells: Int) -> String {
    guard let dataset = prompt.dataset, let place = prompt.datasetPlace else { return "" }
    let count = Numbers.grouped(dataset.cases.count)
    var parts = ["case \(Numbers.grouped(place.index + 1)) of \(count)"]
    if let name = prompt.currentCase?.name { parts.append(name) }
    let short = parts.joined(separator: " · ").replacing("\n", with: " ")
    let title = "\(short) · \(dataset.name)".replacing("\n", with: " ")
    // Where there is no room for both, what is left out of the prompt is more of a surprise than
    // the file's name.
    return [title, short].lazy.flatMap { start in
      unusedWords(of: prompt).lazy.map { "\(start) · \($0)" }
    }.first { DisplayText.width(of: $0) <= cells } ?? title
  }

  /// Ways to say which columns are unused, from the longest to the shortest.
  private func unusedWords(of prompt: PromptPane) -> [String] {
    let unused = prompt.unusedColumns
    guard !unused.isEmpty else { return [] }
    return (0...min(unused.count, Self.mostUnused)).reversed().map { count in
      let names = unused.prefix(count).joined(separator: ", ").replacing("\n", with: " ")
      let more = Numbers.grouped(unused.count - count)
      if count == 0 { return "\(more) unused" }
      return "unused: \(names)" + (count < unused.count ? " +\(more)" : "")
    }
  }

  // MARK: One field

  private func draw(
    _ place: PromptLayout.Field, of state: State, border: Style, on grid: inout Grid
  ) {
    let field = state.prompt.fields[place.index]
    let isFocused = state.focus == .field(place.index)
    let look = look(of: field, in: state)
    drawRule(place.title, border: border, on: &grid)
    // What is said of the value gives way to the variable's name.
    let lock = state.prompt.lockedInputs.contains(field.name) ? " L" : ""
    grid.title(
      field.name + lock, of: place.title, style: theme.style(isFocused ? .focusedTitle : .title))
    if !lock.isEmpty {
      let x = place.title.x + 2 + DisplayText.width(of: field.name)
      grid.put(lock, x: x, y: place.title.y, style: theme.style(.warning), limit: place.title.right)
    }
    grid.note(
      look.note, of: place.title, after: field.name + lock, style: theme.style(look.role))
    draw(
      field.editor, in: place.value, hasCursor: isFocused && state.overlays.isEmpty, on: &grid,
      style: look.isUnusable ? .error : .text
    ) { spans(of: field.editor, at: .field(place.index), in: state, visible: $0) }
    if field.editor.buffer.isEmpty {
      put(look.below, in: place.value, from: isFocused ? 1 : 0, role: .mutedText, on: &grid)
    } else if place.value.height > 1 {
      var area = place.value
      area.y += 1
      area.height -= 1
      put(look.below, in: area, from: 0, role: look.isUnusable ? .error : .mutedText, on: &grid)
    }
  }

  func drawRule(_ row: Rectangle, border: Style, on grid: inout Grid) {
    grid.put(
      "├" + String(repeating: "─", count: max(0, row.width - 2)) + "┤", x: row.x, y: row.y,
      style: border)
  }

  /// What a form says of a value.
  private struct Look {
    var note: String
    var role = StyleRole.mutedText
    /// What is shown under the value, or in place of an empty one.
    var below = ""
    var isUnusable = false
  }

  private func look(of field: PromptPane.Field, in state: State) -> Look {
    let prompt = state.prompt
    let declaration = prompt.lastRead?.declaration(of: field.name)
    let type = declaration?.type.map { [$0] } ?? []
    let isSearchedWith =
      field.name == "question" && prompt.givenPassages == nil && state.context.index != nil
    let question = isSearchedWith ? ["searched with"] : []
    let description = declaration?.description ?? ""
    func note(_ words: String...) -> String {
      (type + question + words).joined(separator: " · ")
    }
    let number = prompt.datasetPlace.map { Numbers.grouped($0.index + 1) } ?? ""
    switch prompt.source(of: field) {
    case .typed: return Look(note: note("typed"))
    case .defaultValue: return Look(note: note("default"))
    case .datasetCase(let isEdited):
      if field.editor.buffer.isEmpty, prompt.missing.contains(field.name) { break }
      return Look(note: note("case \(number)" + (isEdited ? " edited" : "")))
    case .file(nil): return Look(note: note("reading…"))
    case .file(.text(let text, let tokens)?):
      return Look(
        note: note("≈\(Numbers.grouped(tokens)) tok"),
        below: String(text.unicodeScalars.prefix(2000)))
    case .file(.problem(let problem)?):
      return Look(note: "unusable", role: .error, below: problem, isUnusable: true)
    case nil: break
    }
    guard prompt.missing.contains(field.name) || declaration?.isRequired == true else {
      return Look(note: note("optional"), below: description)
    }
    return Look(note: note("missing"), role: .error, below: description)
  }

  /// Writes a text into rows, from a cell of the first on.
  private func put(
    _ text: String, in area: Rectangle, from indent: Int, role: StyleRole, on grid: inout Grid
  ) {
    let rows = WrappedText(text, width: max(1, area.width - indent))
    for (place, row) in rows.rows.prefix(area.height).enumerated() {
      grid.put(
        line: rows.lines[row.line], row: row.range, x: area.x + indent, y: area.y + place,
        limit: area.right, style: theme.style(role), spans: [])
    }
  }

  // MARK: Passages

  private func drawPassages(
    of state: State, in row: Rectangle, border: Style, on grid: inout Grid
  ) {
    drawRule(row, border: border, on: &grid)
    grid.title(
      "passages", of: row, style: theme.style(state.focus == .context ? .focusedTitle : .title))
    let context = state.context
    let note: String
    if context.pendingSearch != nil {
      note = "searching…"
    } else if context.givenPassages == nil, context.index == nil {
      note = "none: no index"
    } else {
      let origin = context.givenPassages == nil ? "the index" : "the case"
      note = "\(context.passages.count) from \(origin), \(Numbers.grouped(context.tokens)) tok"
    }
    grid.note(note, of: row, after: "passages", style: theme.style(.mutedText))
  }
}
