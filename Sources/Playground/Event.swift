import Core

// Facts that the program is told of.

/// Something that has happened, as `update` is told of it.
public enum Event: Hashable, Sendable {
  case input(Input)
  case timer(Timer)

  /// What a long prompt says; of an older text than the one that is shown, it is dropped.
  case promptParsed(ParsedPrompt)
  /// What a search brought; of an older search than the last one asked for, it is dropped.
  case passagesFound(SearchResult)
  case searchFailed(number: Int, problem: String)

  /// What the files hold that fields name, by their paths as typed.
  case inputsRead(number: Int, [String: InputFile])
  /// The cases of a dataset; its path is from the root.
  case datasetRead(number: Int, Dataset, path: String)
  case datasetFailed(number: Int, problem: String)
  /// An editor outside has ended.
  case editedOutside(OutsideEdit.Target, OutsideResult)

  /// An editor that was to show something has ended; with a sentence where it couldn't.
  case viewedOutside(problem: String?)
  /// What came of the inspection of a number; of one that was given up, it is dropped.
  case inspected(number: Int, Inspection)
  /// Where the source of a passage can be looked at.
  case sourceFound(OutsideView)

  /// What a run's stream said next.
  case stream(StreamUpdate)
  /// The examples that were asked for, chosen but where a person does that.
  case examplesFound(ExampleRequest, [Example])
  /// How an answer differs from the baseline; of an older run or baseline, it is dropped.
  case answerCompared(ComparedAnswer)
  /// What the stream doctor found in the stream of the run with this number.
  case wireExamined(number: Int, findings: [StreamFinding])
  /// What passages say of an answer; of another answer than the one that is shown, it is dropped.
  case supportExamined(ExaminedSupport)

  /// The models that a provider's server offers.
  case modelsFound([ModelReference])
  /// More, or other things, are known of models than before.
  case catalogChanged(ModelCatalog)
  case indexesListed([String])
  /// What was judged for a query by now.
  case relevanceRead(QueryRelevance)

  case draftSaved(time: String)
  /// The edits from an earlier start; nil when they are lost.
  case historyRead(HistoryPlace, EditHistory?)
  /// - Parameter aside: the file that now holds what was in this one before; nil for none.
  case promptSaved(path: String, text: String, aside: String? = nil)
  /// What the prompt's file holds by now, whoever wrote it.
  case promptFileFound(PromptFileState)
  /// Another prompt file in the prompt's folder was changed: its partials may say something else.
  case promptFolderChanged
  case promptOpened(Draft)
  /// The partials that the prompt of this file puts in, as far as they are there, by their names.
  case partialsRead([String: String], path: String)
  /// The names of the partials that the prompt of this file could put in, in the order of the
  /// alphabet.
  case partialsListed([String], path: String)
  case sessionsListed([SessionRow])
  case evaluations(EvaluationReply)
  case training(TrainingReply)
  /// Another program has written to the store.
  case storeChanged
  /// What is thought of runs, in their ratings and remarks.
  case opinionsRead([RunRow])
  case lessonsListed([Lesson])
  case treeRead(SessionTree, at: Identifier?)
  /// The tree as it is now, for a page of it that may be closed by then.
  case treeFollowed(SessionTree)
  case momentRead(number: Int, MomentReport)
  case runsFound(number: Int, FoundRuns)
  /// The last runs of a prompt, in the order of their columns.
  case lastRunsLoaded([RecordedRun], prompt: String)
  /// The run whose answer was the baseline when whet ended.
  case baselineLoaded(RecordedRun)
  case runsLoaded([RecordedRun], Revisit)
  case playbackMoved(PlaybackPosition)
  /// What is played is at its start again: the columns are to be cleared for it.
  case playbackRewound
  /// The session that new runs go to.
  case sessionChanged(SessionRow?)
  /// Runs that an earlier whet left without an end.
  case runsInterrupted([RunRow])
  /// Runs that were started have been written down.
  case runsBegan([BegunRun])
  case versions(VersionReply)
  /// The sets of columns that are kept, by their names.
  case columnSetsListed([ColumnSet])
  /// What was preferred so far.
  case preferencesRead(PreferenceReading)
  /// The tags in use, for those of a run to be chosen.
  case tagsRead([String], run: Identifier)
  case rubricRead(JudgePrompt)
  case noticed(Notice)
}

extension Event {
  /// Whether it brings what a key asked for: a person waits for it, and not for the next frame.
  public var isReply: Bool {
    switch self {
    case .runsFound, .sessionsListed, .treeRead, .momentRead: true
    case .training: true
    case .evaluations(.listed), .evaluations(.read), .evaluations(.planned): true
    default: false
    }
  }
}

/// Alarms that the program sets itself.
public enum Timer: Hashable, Sendable {
  /// The prompt has been left alone for a moment: read it anew, and search.
  case settle
  case saveDraft
  /// A second has passed while runs are waiting.
  case second
  /// Answers that are still coming are to be compared with the baseline.
  case compare
  /// The next moment of a branch is to be played.
  case nextMoment
}

/// What a search found, and how; and what there is to be found in the index.
public struct SearchResult: Hashable, Sendable {
  /// That of the request.
  public var number: Int
  /// Best first; the budget isn't applied.
  public var passages: [Passage]
  /// What was searched with: the question, or what was made of it.
  public var queries: [String]
  /// As it was searched, where the settings leave the choice to the index.
  public var method: RetrievalSettings.Method
  /// How much vectors counted in a hybrid search; nil where none were searched.
  public var vectorWeight: Double?
  /// Passages in the whole index.
  public var indexSize: Int
  /// The ways in which its documents are cut; the first is searched where nothing else is said.
  public var chunkings: [Chunking]
  /// Whether any of its passages has a vector.
  public var hasVectors: Bool

  public init(
    number: Int, passages: [Passage], queries: [String], method: RetrievalSettings.Method = .bm25,
    vectorWeight: Double? = nil, indexSize: Int, chunkings: [Chunking] = [],
    hasVectors: Bool = false
  ) {
    self.number = number
    self.passages = passages
    self.queries = queries
    self.method = method
    self.vectorWeight = vectorWeight
    self.indexSize = indexSize
    self.chunkings = chunkings
    self.hasVectors = hasVectors
  }
}

/// One piece of a run's exchanges with its server, when it went over the wire, and what it said.
public struct StreamUpdate: Hashable, Sendable {
  /// The run's number in this program.
  public var number: Int
  /// Milliseconds since the run began.
  public var time: Double
  /// Nil while some of its bytes are still to come, as happens when a recording is stepped through.
  public var wire: WireEvent?
  public var events: [StreamEvent]

  public init(number: Int, time: Double, wire: WireEvent?, events: [StreamEvent]) {
    self.number = number
    self.time = time
    self.wire = wire
    self.events = events
  }
}

/// A session, as lists show it.
public struct SessionRow: Hashable, Sendable {
  public var id: Identifier
  public var name: String
  public var runCount: Int
  /// Of its runs that have ended.
  public var cost: Cost
  /// When it was used last, in words for a reader.
  public var lastUsed: String
  /// What people think of its last runs, from 1 to 5, oldest first; nil where nobody said.
  public var scores: [Double?]
  /// What its last runs cost in dollars, oldest first; nil where that isn't known.
  public var costs: [Double?]

  public init(
    id: Identifier, name: String, runCount: Int, cost: Cost = .zero, lastUsed: String,
    scores: [Double?] = [], costs: [Double?] = []
  ) {
    self.scores = scores
    self.costs = costs
    self.id = id
    self.name = name
    self.runCount = runCount
    self.cost = cost
    self.lastUsed = lastUsed
  }
}

/// A session that ships with whet, to learn from.
public struct Lesson: Hashable, Sendable {
  /// What its session is called: a sentence about what there is to see.
  public var title: String
  /// Of its file.
  public var path: String

  public init(title: String, path: String) {
    self.title = title
    self.path = path
  }
}

/// A run, as lists show it.
public struct RunRow: Hashable, Sendable {
  public var id: Identifier
  public var model: String
  /// When it started, in words for a reader.
  public var started: String
  /// Nil for a run that has no end yet.
  public var finishReason: FinishReason?
  /// How the answer begins.
  public var beginning: String
  public var rating: Rating?
  public var remark: Remark
  /// Which step of a chain it is, from 1; nil for a prompt that has no steps.
  public var step: Int?
  /// Which one it is of the runs of a variant that is repeated, from 1; nil where it isn't.
  public var repetition: Int?

  public init(
    id: Identifier, model: String, started: String, finishReason: FinishReason?, beginning: String,
    rating: Rating? = nil, remark: Remark = Remark(), step: Int? = nil, repetition: Int? = nil
  ) {
    self.id = id
    self.model = model
    self.started = started
    self.finishReason = finishReason
    self.beginning = beginning
    self.rating = rating
    self.remark = remark
    self.step = step
    self.repetition = repetition
  }
}

/// A sentence for the bottom line, which the next key takes away.
public struct Notice: Hashable, Sendable {
  /// What sort of news it is; its colour follows from it.
  public enum Kind: Hashable, Sendable { case information, success, warning, error }

  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
