import Core

// The prompt's text, its file, and the values of its variables.

/// A prompt being written, with a field for each of its variables.
public struct PromptPane: Hashable, Sendable {
  public var editor: Editor
  /// What its draft is kept under.
  public private(set) var draftName: String
  /// Its file; nil for a prompt that has none.
  public private(set) var path: String?
  /// What the file held when it was last read or saved.
  public private(set) var savedText: String?
  /// One for each variable except `passages`, in the order of their first use.
  public var fields: [Field] = []
  /// Every field that there has been, by its name.
  var shelf: [String: Field] = [:]
  /// Other versions of the prompt that columns run: their variables have fields, too.
  var pinned: [PromptFile] = []
  /// The variables whose values stay while cases change.
  public internal(set) var lockedInputs: Set<String>
  /// The case that fills the fields, and its file; nil for none.
  public internal(set) var datasetPlace: DatasetPlace?
  /// The cases; nil for none, and until they have been read.
  public internal(set) var dataset: Dataset?
  /// What the files that fields name hold, by their paths as typed; one that isn't here has not been
  /// read yet.
  public internal(set) var files: [String: InputFile] = [:]
  /// The variables that the template puts in and that have no value, as of the last time it settled.
  public internal(set) var missing: Set<String> = []
  /// The texts of the partials in its file's folder, by their names.
  public internal(set) var partials: [String: String] = [:]
  /// The hash of the version that the text was made from; nil for none.
  public private(set) var parentVersion: String?
  /// That version, once it is known.
  private var parent: Parent?
  /// What a version took the place of, until undo brings it back.
  private var replaced: Replaced?
  /// The lines in which the text differed from that version when it last settled.
  private var change = LineChange()
  /// What the text says, as of the last time it settled.
  public private(set) var reading: Reading

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

  /// What is known of the version that the text was made from.
  private struct Parent: Hashable {
    /// Nil until the store has said it.
    var number: Int?
    var lines: [String]
  }

  /// A text, and what it was made from.
  private struct Replaced: Hashable {
    var lines: [String]
    var parentVersion: String?
    var parent: Parent?
  }

  /// - Parameter inputs: values for the variables; nil takes the draft's own.
  public init(draft: Draft, inputs: [String: String]? = nil) {
    editor = Editor(draft.promptText)
    draftName = draft.name
    path = draft.promptPath
    savedText = draft.savedText
    lockedInputs = draft.lockedInputs
    datasetPlace = draft.dataset
    parentVersion = draft.parentVersion
    reading = .problem("")
    read(draft.promptText)
    updateFields(values: inputs ?? draft.inputs)
    moveToTemplate()
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

  /// Whether it differs from what its file held; false for a prompt without a file.
  public var isModified: Bool { path != nil && editor.text != TextBuffer(savedText ?? "").text }

  /// The text as its file is to hold it: with the line ends that the file has.
  public var fileText: String {
    savedText?.utf8.contains(UInt8(ascii: "\r")) == true
      ? editor.text.replacing("\n", with: "\r\n") : editor.text
  }

  /// The variables, and whether each has a value.
  public var knownValues: [String: Bool] {
    fields.reduce(into: ["passages": true]) { $0[$1.name] = !$1.editor.buffer.isEmpty }
  }

  /// Reads the text anew, so that the fields are those of its variables.
  public mutating func settle() {
    read(editor.text)
    updateFields(values: inputs)
    countChange()
  }

  /// Puts a text that belongs to no file in place of this one; undo brings text and values back.
  ///
  /// - Parameter inputs: the values themselves, whatever they begin with.
  /// - Parameter name: what its draft is kept under, apart from that of the prompt before.
  public mutating func open(
    text: String, name: String, inputs: [String: String]
  ) {
    editor.replaceAll(with: text)
    path = nil
    draftName = name
    savedText = nil
    partials = [:]
    detachDataset()
    parentVersion = PromptVersion.hash(of: text)
    parent = nil
    read(text)
    let texts = inputs.mapValues(InputText.typed)
    updateFields(values: texts)
    for (name, text) in texts { replaceText(of: name, with: text) }
    moveToTemplate()
  }

  // MARK: Versions

  /// `v7 +3 −1`: the version that the text was made from, and the lines that changed since; empty
  /// while it isn't known.
  public var stem: String {
    guard let number = parent?.number else { return "" }
    let added = change.addedCount > 0 ? " +\(change.addedCount)" : ""
    let removed = change.removedCount > 0 ? " −\(change.removedCount)" : ""
    return "v\(number)\(added)\(removed)"
  }

  /// The text was made from this version.
  mutating func stem(from version: PromptVersion) {
    parentVersion = version.hash
    parent = Parent(number: version.summary.number, lines: TextBuffer(version.text).lines)
    countChange()
  }

  /// The text was run: it is a version, whose number the store will say.
  mutating func stemFromItself() {
    let hash = ContentHash.of(editor.text)
    if hash != parentVersion { parent = Parent(lines: editor.buffer.lines) }
    parentVersion = hash
    countChange()
  }

  /// Takes in which number a version has.
  mutating func nameParent(_ version: VersionSummary) {
    if version.hash == parentVersion { parent?.number = version.number }
  }

  /// Puts an earlier version in place of the text; undo brings that back.
  mutating func restore(_ version: PromptVersion) {
    replaced = Replaced(
      lines: editor.buffer.lines, parentVersion: parentVersion, parent: parent)
    editor.replaceAll(with: version.text)
    stem(from: version)
    moveToTemplate()
  }

  private mutating func countChange() {
    if let replaced, replaced.lines == editor.buffer.lines {
      (parentVersion, parent) = (replaced.parentVersion, replaced.parent)
      self.replaced = nil
    }
    change =
      parent.map { WordDiff.changedLines(from: $0.lines, to: editor.buffer.lines) } ?? LineChange()
  }

  /// It was saved: this is its file now.
  mutating func saved(to path: String, text: String) {
    self.path = path
    draftName = path
    savedText = text
  }

  private mutating func read(_ text: String) {
    do {
      reading = .prompt(
        try PromptFile(parsing: text, name: path == nil ? "prompt" : name, partials: partials))
    } catch {
      reading = .problem("\(error)")
    }
  }
}
