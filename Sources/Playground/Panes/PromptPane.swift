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
  /// What was taken in from the file last, until the file is known to hold something else.
  private var taken: Taken?
  /// Whether the text differs from what its file held; false for a prompt without a file.
  public private(set) var isModified = false
  /// The revision of the text that `isModified` is about.
  private var comparedRevision: Int?
  /// One for each variable except `passages`, in the order of their first use.
  public var fields: [Field] = []
  /// Values for the variables of a text that has not been understood yet.
  var givenInputs: [String: String]
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
  /// The names of all the partials there.
  public internal(set) var partialNames: [String] = []
  /// The hash of the version that the text was made from; nil for none.
  public private(set) var parentVersion: String?
  /// That version, once it is known.
  private var parent: Parent?
  /// What a version took the place of, until undo brings it back.
  private var replaced: Replaced?
  /// The lines in which the text differed from that version when it last settled.
  private(set) var change = LineChange()
  /// What the text says, as of the last time it settled.
  public private(set) var reading = Reading.unread
  /// What it said when it could last be read; nil before it could.
  public private(set) var lastRead: PromptFile?
  /// Whether the template puts passages in; true until it could be read.
  public internal(set) var takesPassages = true
  /// The revision of the text that was read.
  private(set) var readRevision: Int?

  /// The value of one variable.
  public struct Field: Hashable, Sendable {
    public var name: String
    public var editor: Editor
  }

  /// A prompt text, understood or not.
  public enum Reading: Hashable, Sendable {
    /// A long text is shown before it is read.
    case unread
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

  /// What the file holds and the text took in, by one edit.
  private struct Taken: Hashable {
    var theirs: String
    /// What the file held before; what it holds, while that is taken back.
    var savedText: String?
    /// The edits that can be undone, with that one.
    var editCount: Int
    /// The text after that edit.
    var text: String
    var isTakenBack = false
  }

  /// A text, and what it was made from.
  private struct Replaced: Hashable {
    var lines: [String]
    var parentVersion: String?
    var parent: Parent?
  }

  /// - Parameter inputs: values for the variables; nil takes the draft's own.
  public init(draft: Draft, inputs: [String: String]? = nil) {
    let top = draft.top.map { Editor.RowPosition(line: $0.line, row: $0.row) }
    editor = Editor(
      draft.text, cursor: draft.cursor ?? .start,
      top: top ?? Editor.RowPosition(line: 0, row: 0), history: draft.history)
    draftName = draft.name
    path = draft.promptPath
    savedText = draft.savedText
    lockedInputs = draft.lockedInputs
    datasetPlace = draft.dataset
    parentVersion = draft.parentVersion
    givenInputs = inputs ?? draft.inputs
    if !isLong { read(editor.text) }
    // The values also of variables that the text lacks for the moment, or that it can't be read for.
    for (name, value) in draft.inputs where !value.isEmpty {
      var editor = Editor((inputs ?? draft.inputs)[name] ?? value)
      editor.move(.textEnd)
      shelf[name] = Field(name: name, editor: editor)
    }
    updateFields()
    // One that was left somewhere goes on there.
    if draft.cursor == nil { moveToTemplate() }
    compareWithFile()
  }

  /// Puts the cursor where the template begins: the front matter can be scrolled to.
  private mutating func moveToTemplate() {
    switch reading {
    case .prompt(let prompt): editor.open(atLine: prompt.firstTemplateLine - 1)
    case .unread:
      let head = PromptFile.head(of: editor.text, name: name)
      guard let prompt = try? PromptFile(parsing: head, name: name) else { return }
      editor.open(atLine: prompt.firstTemplateLine - 1)
    case .problem: break
    }
  }

  /// Longer texts, in bytes, are not read while a frame or a key may be waiting.
  static let longText = 64 * 1024

  private var isLong: Bool { editor.buffer.utf8Count > Self.longText }

  /// Takes in the edits that were made at earlier starts; nil when they are lost.
  mutating func takeEarlier(_ history: EditHistory?) {
    let undoCount = editor.history.undoCount
    editor.takeEarlier(history)
    taken?.editCount += editor.history.undoCount - undoCount
    editor.takeWantedSteps()
  }

  /// The name by which people know it.
  public var name: String {
    (path ?? draftName).split(separator: "/").last.map(String.init) ?? draftName
  }

  /// Once for each change, since a text may be long, and a frame asks for the answer.
  private mutating func compareWithFile() {
    guard comparedRevision != editor.revision else { return }
    comparedRevision = editor.revision
    noticeTakenBack()
    isModified = path != nil && !editor.buffer.holds(savedText ?? "")
  }

  /// The variables, and whether each has a value.
  public var knownValues: [String: Bool] {
    fields.reduce(into: ["passages": true]) { $0[$1.name] = !$1.editor.buffer.isEmpty }
  }

  /// Reads the text anew, so that the fields are those of its variables.
  public mutating func settle() {
    if readRevision != editor.revision { read(editor.text) }
    updateFields()
    countChange()
  }

  /// Takes in the texts of partials: what the prompt says is to be read anew.
  mutating func take(_ partials: [String: String]) {
    self.partials = partials
    readRevision = nil
  }

  /// Takes over what a copy of this pane, with the same text, has read.
  mutating func settle(as read: ParsedPrompt) {
    reading = read.reading
    noteReading()
    readRevision = editor.revision
    updateFields()
    takeUpReplaced()
    if parentVersion == read.parentVersion { change = read.change } else { countChange() }
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
    hold(nil)
    isModified = false
    partials = [:]
    partialNames = []
    detachDataset()
    parentVersion = ContentHash.of(text)
    parent = nil
    read(text)
    let texts = inputs.mapValues(InputText.typed)
    givenInputs = texts
    updateFields()
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

  /// Knows again what a text was made from that undo has brought back.
  private mutating func takeUpReplaced() {
    guard let replaced, replaced.lines == editor.buffer.lines else { return }
    (parentVersion, parent) = (replaced.parentVersion, replaced.parent)
    self.replaced = nil
  }

  private mutating func countChange() {
    takeUpReplaced()
    change =
      parent.map { WordDiff.changedLines(from: $0.lines, to: editor.buffer.lines) } ?? LineChange()
  }

  /// It was saved: this is its file now.
  mutating func saved(to path: String, text: String) {
    self.path = path
    draftName = path
    hold(text)
  }

  /// The text has just taken in what its file holds; undo takes that back.
  mutating func noteTaken(_ theirs: String, before savedText: String?) {
    taken = Taken(
      theirs: theirs, savedText: savedText, editCount: editor.history.undoCount, text: editor.text)
  }

  /// Follows undo and redo over the edit that took in what the file holds.
  private mutating func noticeTakenBack() {
    guard var taken else { return }
    let undoCount = editor.history.undoCount
    if !taken.isTakenBack, undoCount < taken.editCount {
      // Saving would now overwrite unseen what the file holds.
      taken.isTakenBack = true
      swap(&savedText, &taken.savedText)
      outsideText = taken.theirs
    } else if taken.isTakenBack, undoCount == taken.editCount, editor.buffer.holds(taken.text) {
      taken.isTakenBack = false
      swap(&savedText, &taken.savedText)
      outsideText = nil
    }
    self.taken = taken
  }

  /// The file holds what can't be brought together with the text.
  mutating func keepAside(_ theirs: String) {
    outsideText = theirs
    taken = nil
  }

  /// This is what its file holds, as far as is known.
  mutating func hold(_ text: String?) {
    savedText = text
    outsideText = nil
    taken = nil
    comparedRevision = nil
    compareWithFile()
  }

  private mutating func read(_ text: String) {
    readRevision = editor.revision
    do {
      reading = .prompt(
        try PromptFile(parsing: text, name: path == nil ? "prompt" : name, partials: partials))
    } catch {
      reading = .problem("\(error)")
    }
    noteReading()
  }

  private mutating func noteReading() {
    if case .prompt(let file) = reading { lastRead = file }
  }
}
