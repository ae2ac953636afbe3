import Core

// The prompt's text, its file, and the values of its variables.

/// A prompt being written, with a field for each of its variables.
public struct PromptPane: Hashable, Sendable {
  public var editor: Editor { didSet { compareWithFile() } }
  /// What its draft is kept under.
  public private(set) var draftName: String
  /// Its file; nil for a prompt that has none.
  public private(set) var path: String?
  /// What the file held when it was last read or saved.
  public private(set) var savedText: String?
  /// What the file holds by now, where that can't be merged with what was written here.
  public internal(set) var outsideText: String?
  /// Whether the text differs from what its file held; false for a prompt without a file.
  public private(set) var isModified = false
  /// The revision of the text that `isModified` is about.
  private var comparedRevision: Int?
  /// One for each variable except `passages`, in the order of their first use.
  public var fields: [Field] = []
  /// Every field that there has been, by its name.
  private var shelf: [String: Field] = [:]
  /// The texts of the partials in its file's folder, by their names.
  public internal(set) var partials: [String: String] = [:]
  /// The hash of the version that the text was made from; nil for none.
  public internal(set) var parentVersion: String?
  /// What the text says, as of the last time it settled.
  public private(set) var reading: Reading
  /// Whether the template puts passages in; true until it could be read.
  public private(set) var takesPassages = true
  /// The revision of the text that was read.
  private(set) var readRevision: Int?

  /// The value of one variable.
  public struct Field: Hashable, Sendable {
    public var name: String
    public var editor: Editor
  }

  /// A prompt text, understood or not.
  public enum Reading: Hashable, Sendable {
    case prompt(PromptFile)
    /// With a sentence that names the line.
    case problem(String)
  }

  /// - Parameter inputs: values for the variables; nil takes the draft's own.
  public init(draft: Draft, inputs: [String: String]? = nil) {
    let top = draft.top.map { Editor.RowPosition(line: $0.line, row: $0.row) }
    editor = Editor(
      draft.promptText, cursor: draft.cursor ?? .start,
      top: top ?? Editor.RowPosition(line: 0, row: 0), history: draft.history)
    draftName = draft.name
    path = draft.promptPath
    savedText = draft.savedText
    parentVersion = draft.parentVersion
    reading = .problem("")
    read(draft.promptText)
    updateFields(values: inputs ?? draft.inputs)
    // One that was left somewhere goes on there.
    if draft.cursor == nil { moveToTemplate() }
    compareWithFile()
  }

  /// Puts the cursor where the template begins: the front matter can be scrolled to.
  private mutating func moveToTemplate() {
    guard case .prompt(let prompt) = reading else { return }
    editor.open(atLine: prompt.firstTemplateLine - 1)
  }

  /// The name by which people know it.
  public var name: String {
    (path ?? draftName).split(separator: "/").last.map(String.init) ?? draftName
  }

  /// Once for each change, since a text may be long, and a frame asks for the answer.
  private mutating func compareWithFile() {
    guard comparedRevision != editor.revision else { return }
    comparedRevision = editor.revision
    isModified = path != nil && !editor.buffer.holds(savedText ?? "")
  }

  /// The texts of the fields by their variables, empty ones included.
  public var inputs: [String: String] {
    fields.reduce(into: [:]) { $0[$1.name] = $1.editor.text }
  }

  /// What passages are searched with.
  public var question: String {
    guard case .prompt(let prompt) = reading else { return inputs["question"] ?? "" }
    return prompt.question(inputs: inputs)
  }

  /// Reads the text anew, so that the fields are those of its variables.
  public mutating func settle() {
    if readRevision != editor.revision { read(editor.text) }
    updateFields(values: inputs)
  }

  /// Takes over what was read of this text elsewhere.
  mutating func settle(_ reading: Reading) {
    self.reading = reading
    readRevision = editor.revision
    updateFields(values: inputs)
  }

  /// Puts a text that belongs to no file in place of this one; undo brings text and values back.
  ///
  /// - Parameter name: what its draft is kept under, apart from that of the prompt before.
  public mutating func open(
    text: String, name: String, inputs: [String: String]
  ) {
    editor.replaceAll(with: text)
    path = nil
    draftName = name
    hold(nil)
    isModified = false
    read(text)
    updateFields(values: inputs)
    for index in fields.indices {
      guard let value = inputs[fields[index].name], value != fields[index].editor.text else {
        continue
      }
      fields[index].editor.replaceAll(with: value)
      fields[index].editor.move(.textEnd)
    }
    moveToTemplate()
  }

  /// It was saved: this is its file now.
  mutating func saved(to path: String, text: String) {
    self.path = path
    draftName = path
    hold(text)
  }

  /// This is what its file holds, as far as is known.
  mutating func hold(_ text: String?) {
    savedText = text
    outsideText = nil
    comparedRevision = nil
    compareWithFile()
  }

  private mutating func read(_ text: String) {
    readRevision = editor.revision
    do {
      reading = .prompt(try PromptFile(parsing: text, name: path == nil ? "prompt" : name))
    } catch {
      reading = .problem("\(error)")
    }
  }

  /// A default as it stands in a field.
  private static func text(of value: JSON) -> String { value.string ?? value.text }

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
    // A default that was left as it is stays what it is: a list, a number, false.
    let given = inputs.filter { name, value in
      !value.isEmpty && value != prompt.defaults[name].map(Self.text)
    }
    var rendering = try prompt.messages(inputs: given, passages: passages)
    let emptied = fields.filter { $0.editor.buffer.isEmpty && prompt.defaults[$0.name] != nil }
    rendering.missing += emptied.map(\.name)
    return rendering
  }

  /// One field for each variable, in the order of the text; values that are there stay, and those
  /// of a variable that comes back, since a name is gone for a moment while it is edited.
  private mutating func updateFields(values: [String: String]) {
    // While the text can't be read, what its variables are is unknown: leave them be.
    guard case .prompt(let prompt) = reading else { return }
    let variables = prompt.variables
    takesPassages = variables.contains("passages")
    for field in fields { shelf[field.name] = field }
    fields = variables.filter { $0 != "passages" }.map { name in
      if let field = shelf[name] { return field }
      var editor = Editor(values[name] ?? prompt.defaults[name].map(Self.text) ?? "")
      editor.move(.textEnd)
      return Field(name: name, editor: editor)
    }
  }
}
