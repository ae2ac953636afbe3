import Core

// The texts of files that fields name: read when they are first named, and anew for each run.

extension State {
  /// What the form of the variables is to show, in a pane of this frame.
  func inputForm(in frame: Rectangle) -> InputForm {
    var form = InputForm(fieldCount: prompt.fields.count)
    if case .prompt = prompt.reading { form.takesPassages = prompt.takesPassages }
    if case .field(let place) = focus, prompt.fields.indices.contains(place) {
      let editor = prompt.fields[place].editor
      let width = PromptLayout.valueWidth(in: frame, isAlone: layout.tabs != nil)
      var view = editor.view(width: width)
      let rows = view.rows(
        from: Editor.RowPosition(line: 0, row: 0), height: PromptLayout.mostValueRows
      ).count
      form.focusedRows = rows + (editor.namedFile == nil ? 0 : Self.previewRows)
    }
    return form
  }

  /// Rows in which the beginning of a file is shown below its path.
  private static let previewRows = 3

  /// Whether the form has a place of its own, since the prompt's pane has no room for both.
  public var hasInputsApart: Bool {
    let width = Rectangle(size: size).inside.width
    return layout.tabs != nil && !prompt.fields.isEmpty
      && PromptLayout.arrangement(width: width, isAlone: true) == .apart
  }

  // MARK: Files

  /// Reads the files that fields name and that have not been read yet.
  mutating func readNewInputs() -> [Effect] {
    let known = pendingInputs?.paths ?? []
    let new = prompt.filePaths.filter { prompt.files[$0] == nil && !known.contains($0) }
    return new.isEmpty ? [] : readInputs(known + new)
  }

  /// Reads files, in place of the reading that may be under way.
  mutating func readInputs(_ paths: [String]) -> [Effect] {
    guard !paths.isEmpty else { return [] }
    let reading = InputReading(number: takeNumber(), paths: paths, promptPath: prompt.path)
    pendingInputs = reading
    return [.readInputs(reading)]
  }

  mutating func take(_ files: [String: InputFile], of number: Int) -> [Effect] {
    guard number == pendingInputs?.number else { return [] }
    pendingInputs = nil
    let named = Set(prompt.filePaths)
    prompt.files = prompt.files.merging(files) { $1 }.filter { named.contains($0.key) }
    let runs = runsAfterInputs
    runsAfterInputs = false
    return settle() + (runs ? runWithInputs() : [])
  }
}
