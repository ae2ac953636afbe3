import Core

// The values of the prompt's variables: what was typed, what stands in files, what a case gives.

extension PromptPane {
  /// The texts of the fields by their variables, as they were typed, empty ones included.
  public var inputs: [String: String] {
    fields.reduce(into: [:]) { $0[$1.name] = $1.editor.text }
  }

  /// The same, with the values of variables that have gone from the text: they may come back.
  var keptInputs: [String: String] {
    shelf.values.reduce(into: [:]) { kept, field in
      if !field.editor.buffer.isEmpty { kept[field.name] = field.editor.text }
    }.merging(inputs) { $1 }
  }

  /// What the variables are filled with, as text; empty for those without a value.
  public var valueTexts: [String: String] {
    guard case .prompt(let prompt) = reading else { return inputs }
    return values(for: prompt).mapValues { $0.string ?? $0.text }
  }

  /// What passages are searched with.
  public var question: String {
    guard case .prompt(let prompt) = reading else { return inputs["question"] ?? "" }
    return prompt.question(values: values(for: prompt))
  }

  // MARK: Values

  /// Where the value of a field comes from.
  public enum Source: Hashable, Sendable {
    case typed
    case file(InputFile?)
    case defaultValue
    /// As the case has it, or changed since.
    case datasetCase(isEdited: Bool)
  }

  /// Where a field's value comes from; nil for an empty field that no case has a value for.
  public func source(of field: Field) -> Source? {
    if let path = field.editor.namedFile { return .file(files[path]) }
    let buffer = field.editor.buffer
    if let given = caseText(of: field.name), !lockedInputs.contains(field.name) {
      return .datasetCase(isEdited: !buffer.holds(given))
    }
    guard !buffer.isEmpty else { return nil }
    return defaultText(of: field.name).map(buffer.holds) == true ? .defaultValue : .typed
  }

  /// The value of a field; an empty text for one without, or whose file has not been read.
  private func value(of field: Field, for prompt: PromptFile) -> JSON {
    let text = field.editor.text
    // What was left as it is stays what it is: a list, a number, false.
    if let value = currentCase?.values[field.name], text == Self.fieldText(of: value) {
      // Columns of a CSV file are texts, whatever they stand for.
      return value.string.map { prompt.value(ofInput: $0, for: field.name) } ?? value
    }
    if let value = prompt.defaults[field.name], text == Self.fieldText(of: value) { return value }
    switch InputText(text) {
    case .literal(let text): return prompt.value(ofInput: text, for: field.name)
    case .file(let path):
      guard case .text(let text, _)? = files[path] else { return "" }
      return prompt.value(ofInput: text, for: field.name)
    }
  }

  private func values(for prompt: PromptFile) -> [String: JSON] {
    fields.reduce(into: [:]) { $0[$1.name] = value(of: $1, for: prompt) }
  }

  /// The messages for these inputs, and the variables that have no value.
  ///
  /// A field that was emptied has none, whatever its default: nothing is sent in silence.
  func fill(passages: [Passage]) throws(PromptError) -> Template.Rendering? {
    guard case .prompt(let prompt) = reading else { return nil }
    return try fill(prompt, passages: passages)
  }

  /// The same for another text of the prompt, such as an earlier version.
  func fill(
    _ prompt: PromptFile, passages: [Passage]
  ) throws(PromptError) -> Template.Rendering {
    let given = values(for: prompt).filter { $0.value != "" }
    var rendering = try prompt.messages(values: given, passages: passages)
    let emptied = fields.filter { given[$0.name] == nil && prompt.defaults[$0.name] != nil }
    rendering.missing += emptied.map(\.name)
    return rendering
  }

  // MARK: Files

  /// The paths that fields name.
  var filePaths: [String] {
    fields.compactMap(\.editor.namedFile)
  }

  /// The first field whose file can't be used, and why.
  var brokenFile: (place: Int, problem: String)? {
    for (place, field) in fields.enumerated() {
      if let path = field.editor.namedFile, case .problem(let problem)? = files[path] {
        return (place, problem)
      }
    }
    return nil
  }

  // MARK: Cases

  /// The case that fills the fields; nil for none.
  public var currentCase: DatasetCase? {
    guard let dataset, let index = datasetPlace?.index, dataset.cases.indices.contains(index) else {
      return nil
    }
    return dataset.cases[index]
  }

  /// The passages that the case brings along; nil when they come from the index.
  public var givenPassages: [Passage]? {
    currentCase?.values["passages"].flatMap(Passage.given)
  }

  /// What the cases have and no variable takes.
  public var unusedColumns: [String] {
    guard case .prompt(let prompt) = reading, let dataset else { return [] }
    return dataset.unused(by: prompt.variables)
  }

  /// Fills the fields with a case: those of variables that no case gives, and locked ones, stay.
  mutating func show(caseAt index: Int) {
    guard let dataset else { return }
    datasetPlace?.index = index
    for name in dataset.variables where !lockedInputs.contains(name) {
      shelf[name] = nil
      replaceText(of: name, with: caseText(of: name) ?? defaultText(of: name) ?? "")
    }
  }

  /// Goes on with the cases of the prompt that was open before, unless it has its own.
  mutating func keepCases(of before: PromptPane) {
    guard datasetPlace == nil else { return }
    datasetPlace = before.datasetPlace
    dataset = before.dataset
    lockedInputs.formUnion(before.lockedInputs)
  }

  mutating func detachDataset() {
    dataset = nil
    datasetPlace = nil
  }

  // MARK: Texts

  /// A value as it stands in a field.
  private static func fieldText(of value: JSON) -> String {
    value.string.map(InputText.typed) ?? value.text
  }

  private func caseText(of name: String) -> String? {
    currentCase?.values[name].map(Self.fieldText)
  }

  private func defaultText(of name: String) -> String? {
    // Also while the text can't be read: the field's value is still that.
    guard let lastRead else { return nil }
    return ([lastRead] + pinned).lazy.compactMap { $0.defaults[name] }.first.map(Self.fieldText)
  }

  /// Puts another text in a field, as one change that can be undone.
  mutating func replaceText(of name: String, with text: String) {
    guard let place = fields.firstIndex(where: { $0.name == name }),
      fields[place].editor.text != text
    else { return }
    fields[place].editor.replaceAll(with: text)
    fields[place].editor.move(.textEnd)
  }

  /// One field for each variable, in the order of the text; values that are there stay, and those
  /// of a variable that comes back, since a name is gone for a moment while it is edited.
  mutating func updateFields() {
    // While the text can't be read, what its variables are is unknown: leave them be.
    guard case .prompt(let prompt) = reading else { return }
    takesPassages = prompt.variables.contains("passages")
    for field in fields { shelf[field.name] = field }
    let prompts = [prompt] + pinned
    var names: [String] = []
    for name in prompts.flatMap(\.variables) where name != "passages" && !names.contains(name) {
      names.append(name)
    }
    fields = names.map { name in
      if let field = shelf[name] { return field }
      var editor = Editor(givenInputs[name] ?? caseText(of: name) ?? defaultText(of: name) ?? "")
      editor.move(.textEnd)
      return Field(name: name, editor: editor)
    }
    givenInputs = [:]
  }
}

extension Editor {
  /// The file that a value names; nil for one that stands for itself.
  var namedFile: String? {
    // Asked for each frame: a long text is not gone through to see that it names none.
    guard buffer.lines.count == 1, buffer.lines[0].utf8.first == UInt8(ascii: "@"),
      case .file(let path) = InputText(text)
    else { return nil }
    return path
  }
}
