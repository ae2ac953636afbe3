// The prompt as it is being written, with all that is to be found again after a restart.

/// The prompt as it is being written, kept so that the next start goes on where this one ended.
public struct Draft: Hashable, Sendable {
  /// What it is kept under: the path of a prompt's file, or a name for one without a file.
  public var name: String
  public var text: TextBuffer
  /// Its file; nil for a prompt without one.
  public var promptPath: String?
  /// What the file held when it was read or last saved: tells whether it changed outside.
  public var savedText: String?
  /// Where the cursor stands.
  public var cursor: TextPosition?
  /// The row that is shown first.
  public var top: Row?
  /// What undo and redo know.
  public var history = EditHistory()
  /// The hash of the version that the text was made from.
  public var parentVersion: String?
  /// The texts of its fields by their variables, as they were typed.
  public var inputs: [String: String]
  /// The variables whose values stay while cases change.
  public var lockedInputs: Set<String> = []
  /// The case of a dataset that fills the fields; nil for none.
  public var dataset: DatasetPlace?
  /// What the columns ask, from the left.
  public var variants: [Variant]
  /// The run whose answer the others are compared with; nil for none.
  public var baseline: Identifier?
  /// The index whose passages are shown; nil for none.
  public var index: String?
  /// The settings of retrieval as they were turned; nil where they are those that whet starts with.
  public var retrieval: RetrievalSettings?
  /// The session to go on with; nil for none yet.
  public var session: Identifier?
  /// The run whose moment was shown, which the next run is made from; nil for none.
  public var origin: Identifier?

  /// A soft-wrapped row of the text.
  public struct Row: Hashable, Sendable {
    /// From 0.
    public var line: Int
    /// From 0, within the line.
    public var row: Int

    public init(line: Int, row: Int) {
      self.line = line
      self.row = row
    }
  }

  public init(
    name: String = "scratch", promptText: String = "", promptPath: String? = nil,
    savedText: String? = nil,
    inputs: [String: String] = [:], models: [ModelReference] = [], index: String? = nil,
    session: Identifier? = nil
  ) {
    self.name = name
    text = TextBuffer(promptText)
    self.promptPath = promptPath
    self.savedText = savedText
    self.inputs = inputs
    variants = models.map { Variant($0) }
    self.index = index
    self.session = session
  }
}

extension Draft {
  /// The models of the columns, from the left. Setting them makes columns that differ in nothing else.
  public var models: [ModelReference] {
    get { variants.map(\.model) }
    set { variants = newValue.map { Variant($0) } }
  }

  /// The prompt's text in one piece, which is made anew each time.
  public var promptText: String {
    get { text.text }
    set { text = TextBuffer(newValue) }
  }

  /// The name of the draft in which an earlier run's prompt is opened, apart from the prompt's own.
  public static func name(ofRun run: Run) -> String {
    let name = run.promptPath?.split(separator: "/").last.map(String.init) ?? "prompt"
    return "\(runFolder)\(run.id)/\(name)"
  }

  /// The run whose prompt a draft of that name was opened with; nil for any other draft.
  public static func run(inName name: String) -> Identifier? {
    guard name.hasPrefix(runFolder) else { return nil }
    return name.dropFirst(runFolder.count).split(separator: "/").first.map(String.init)
  }

  private static let runFolder = "runs/"
}

/// A case of a dataset by its place.
public struct DatasetPlace: Hashable, Sendable {
  /// The dataset's file.
  public var path: String
  /// The case, from 0.
  public var index: Int

  public init(path: String, index: Int) {
    self.path = path
    self.index = index
  }
}
