import Core

// The whole interactive program as a value. What happens to it is told in Update.

/// All that the interactive program knows and shows.
public struct State: Sendable {
  /// The screen's, in cells.
  public internal(set) var size: Size
  /// Set when the program is to end.
  public internal(set) var isQuitting = false

  public internal(set) var prompt: PromptPane
  public internal(set) var context: ContextPane
  public internal(set) var columns: [Column]
  public internal(set) var focus = Focus.prompt
  public internal(set) var arrangement = Arrangement.panes
  /// Whether a column that is scrolled takes the others along.
  public internal(set) var scrollsTogether = false
  /// The topmost is the last.
  public internal(set) var overlays: [Overlay] = []

  /// The filled-in prompt by the estimate that knows no model.
  var plainPromptTokens = 0
  /// Whether the prompt could not be filled in when it was last counted.
  public internal(set) var isCountOutdated = false
  /// What was judged for the query that was asked about last.
  public internal(set) var relevance: QueryRelevance?
  /// What is known of models.
  public internal(set) var catalog: ModelCatalog
  /// Models that can be picked.
  public internal(set) var models: [ModelReference]
  /// The session that runs go to; nil before the first run.
  public internal(set) var session: SessionRow?
  /// The run whose moment the panes show, which the next run is made from; nil before the first.
  public internal(set) var origin: Identifier?
  /// What was looked for last in a tree.
  var lastTreeQuery = ""
  /// What runs were looked for by last.
  var lastRunQuery = ""
  /// The run that was found and is on its way to the panes.
  var soughtHit: RunHit?
  /// The evaluations that were made, and the one that runs.
  public internal(set) var evaluations = Evaluations()
  /// The training sets, and the one that is looked at.
  public internal(set) var training = Training()
  /// What is played again; nil while nothing is.
  public internal(set) var playback: Playback?
  /// What the bottom line says in place of the hints.
  public internal(set) var notice: Notice?
  /// When the draft was last saved.
  public internal(set) var savedTime: String?

  /// The bar in which a text is looked for; nil while it is closed.
  public internal(set) var finder: Finder?
  /// The search in an answer; nil while nothing is looked for there.
  public internal(set) var answerSearch: AnswerSearch?
  /// What was looked for last in an answer.
  var lastAnswerQuery = ""
  /// The names that could stand at the cursor; nil while no list is open.
  public internal(set) var completion: CompletionList?
  /// The end of a tag that came with a name, while a hand may still type it by habit.
  var tagEnd: TagEnd?
  /// The answer that the others are compared with; nil for none.
  public internal(set) var baseline: Baseline?
  /// How what differs from it is shown.
  public internal(set) var differenceView = DifferenceView.off
  /// The run of the baseline of an earlier start, until that is read.
  var draftBaseline: Identifier?
  /// Whether answers that are still coming are to be compared in a moment.
  var awaitsComparison = false
  /// Modal editing, for those who asked for it.
  public internal(set) var vi: Vi?
  /// What was looked for last.
  var lastQuery = ""
  /// Whether vi looked towards the text's start.
  var lastFindWasBackward = false

  /// Whether sentences that no passage supports are underlined.
  public internal(set) var showsSupport = true
  /// What the lit sentences follow from.
  var litSource: LitSource?
  /// Runs that go without a passage, by their numbers, until they end.
  var leftOut: [Int: LeftOut] = [:]

  /// What was killed and copied.
  var killRing = KillRing()
  /// The clicks of the mouse at one place; nil once anything else was done.
  var clicks: Clicks?
  /// The number of the parsing that is under way; nil for none.
  var pendingParsing: Int?
  /// The number for the next search, parsing or run.
  var nextNumber = 1
  /// ^R was pressed while a search was under way: the runs start when it ends.
  var runsAfterSearch = false
  /// The reading of files that fields name, while one is under way.
  var pendingInputs: InputReading?
  /// ^R was pressed while files were being read: the runs start when that ends.
  var runsAfterInputs = false
  /// The dataset that is being read, if one is.
  var pendingDataset: PendingDataset?
  /// The dataset that was open last, to be offered again.
  var lastDataset: String?
  /// What columns are given that have retrieval settings of their own.
  var columnSearches = ColumnSearches()
  /// Those that were removed since the start, the last one last.
  var removedColumns: [RemovedColumn] = []
  /// What an editor outside was given, while it is at work.
  var outsideEdit: OutsideEdit?
  /// The session to go on with, from the draft.
  var draftSession: Identifier?

  /// Whether the terminal can put texts on a clipboard.
  public internal(set) var hasClipboard = true

  /// There are never more columns than this.
  public static let mostColumns = 8

  /// - Parameters:
  ///   - models: what can be picked before any server has answered.
  ///   - defaults: the models of the first columns, when the draft has none.
  ///   - hasClipboard: whether the terminal is to be given what is copied; if not, a file is.
  public init(
    size: Size, draft: Draft, models: [ModelReference], defaults: [ModelReference],
    retrieval: RetrievalSettings, catalog: ModelCatalog = ModelCatalog(),
    keys: KeyBindings = .emacs, hasClipboard: Bool = true, notice: Notice? = nil
  ) {
    self.hasClipboard = hasClipboard
    self.size = size
    self.catalog = catalog
    self.models = models
    self.notice = notice
    vi = keys == .vi ? Vi() : nil
    prompt = PromptPane(draft: draft)
    context = ContextPane(
      index: draft.index, settings: draft.retrieval ?? retrieval, initialSettings: retrieval)
    draftSession = draft.session
    draftBaseline = draft.baseline
    origin = draft.origin
    let chosen = draft.variants.isEmpty ? defaults.map { Variant($0) } : draft.variants
    columns = chosen.prefix(Self.mostColumns).map { Column($0, width: 1) }
    let editor = prompt.editor
    reflow()
    // One that was left scrolled away from its cursor is found so.
    if draft.top != nil { prompt.editor = editor }
  }

  /// Where everything stands at present.
  public var layout: Layout {
    layout(focus: focus)
  }

  /// Where everything would stand with the focus elsewhere.
  func layout(focus: Focus) -> Layout {
    Layout(
      size: size, columnCount: columns.count, focus: focus, arrangement: arrangement,
      hasVariantBar: wantsVariantBar)
  }

  /// Whether any column's run is under way.
  public var isRunning: Bool { columns.contains { !$0.runsUnderWay.isEmpty } }

  /// The prompt as it is kept for the next start.
  public var draft: Draft {
    var draft = Draft(
      name: prompt.draftName, promptPath: prompt.path, savedText: prompt.savedText,
      inputs: prompt.keptInputs, index: context.index, session: session?.id ?? draftSession)
    // Not as one piece: that would be made of all its lines at each save.
    draft.text = prompt.editor.buffer
    draft.lockedInputs = prompt.lockedInputs
    draft.dataset = prompt.datasetPlace
    draft.cursor = prompt.editor.cursor
    draft.top = Draft.Row(line: prompt.editor.top.line, row: prompt.editor.top.row)
    draft.history = prompt.editor.history
    draft.parentVersion = prompt.parentVersion
    draft.variants = columns.map(\.variant)
    draft.baseline = baseline?.run ?? draftBaseline
    draft.origin = origin
    draft.retrieval = context.settings == context.initialSettings ? nil : context.settings
    return draft
  }

  mutating func takeNumber() -> Int {
    nextNumber += 1
    return nextNumber - 1
  }
}
