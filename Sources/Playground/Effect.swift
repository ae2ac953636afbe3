import Core

// What the program asks of the world. Effects are plain data, so that a test compares them.

/// Something that an update asks for; a `Host` carries it out, and answers with events if at all.
public enum Effect: Hashable, Sendable {
  /// For whoever owns the terminal; a script has none and lets these be.
  case terminal(TerminalRequest)

  /// Bring `Event.timer` after so many milliseconds, unless that timer is set already.
  case schedule(Timer, after: Double)
  /// Bring `Event.timer` so many milliseconds from now, later than it may have been set for.
  case postpone(Timer, by: Double)
  /// Read a long prompt on a thread of its own.
  case parsePrompt(PromptParsing)
  case search(SearchRequest)
  /// Search beside that, for a column; neither ends the other.
  case searchAside(SearchRequest)
  case readInputs(InputReading)
  case readDataset(DatasetReading)
  case startRuns([RunPlan])
  /// Find examples for the prompt, and choose among them.
  case loadExamples(ExampleRequest)
  case cancelRuns([Int])
  /// Play recorded streams again, from their start, in place of what was played before.
  case play([ReplayPlan])
  /// Play what follows in a chain.
  case playNext(ReplayPlan)
  case setPace(PlaybackPace)
  case movePlayback(PlaybackMove)
  case endPlayback
  /// Tell how an answer differs from the baseline.
  case compareAnswers(AnswerComparing)
  /// Tell what there is to notice in a stream.
  case examineWire(WireExamination)
  /// Tell which sentences of an answer its passages support.
  case examineSupport(SupportExamination)

  /// At the start: go on with a session, find runs that were interrupted, ask servers for models.
  case lookAround(session: Identifier?)
  case listIndexes
  /// Keep what a person says of a passage, and bring `Event.relevanceRead`.
  case judge(PassageJudging)
  /// Read the document of a passage.
  case readDocument(DocumentReading)
  /// Tell why a passage stands where it stands.
  case inspect(PassageInspection)
  case openSource(SourceOpening)
  case explainAbsence(AbsenceRequest)
  case measure(RetrievalMeasuring)
  /// Give up the inspection of a number: nobody waits for it any more.
  case endInspection(Int)
  /// Bring what was judged for a query.
  case readRelevance(index: String, query: String)
  case saveDraft(Draft)
  /// Read the edits that undo knows of from an earlier start.
  case readHistory(HistoryPlace)
  case savePrompt(PromptSave)
  /// Tell when the prompt's file is found to hold something else, or to be gone; of this one only.
  /// Nil watches none.
  case watchPrompt(path: String?)
  case readPrompt(path: String)
  /// Read the partials that the prompt of this file puts in.
  case readPartials(path: String, names: Set<String>)
  /// Tell which partials stand beside the prompt of this file.
  case listPartials(path: String)
  case listSessions
  case evaluations(EvaluationRequest)
  case training(TrainingRequest)
  /// Look for runs; of several requests only the last one is answered.
  case findRuns(RunRequest)
  case nameSession(Identifier, String)
  /// Load the runs of a prompt that were shown, or those that were started together last, in a session;
  /// `prompt` is what its draft is kept under.
  case loadLastRuns(prompt: String, session: Identifier, shown: Identifier?)
  /// Load the run whose answer is the baseline, if it is still there.
  case loadBaseline(run: Identifier)
  /// Load a run, with those that were started together with it.
  case loadRuns(Identifier, Revisit)
  /// Bring the tree of a session; the run comes back with it.
  case readTree(session: Identifier, at: Identifier?)
  /// Bring the tree of a session that is looked at once more.
  case followTree(session: Identifier)
  /// Tell of a moment, beside the one that it was made from.
  case readMoment(MomentRequest)
  case changeTree(session: Identifier, TreeChange)
  /// Load moments of a session, to be shown side by side.
  case compareMoments(session: Identifier, [Identifier])
  /// Record what is run next in this session.
  case goOn(session: Identifier)
  case newSession
  /// Tell which sessions ship with whet.
  case listLessons
  /// Take a session that ships into the store, where it isn't there yet, and show its tree.
  case openLesson(Lesson)
  case exportSession(path: String)
  case importSession(path: String)
  /// Write what columns answered, side by side, to a file.
  case exportComparison(ComparisonExport)
  case versions(VersionRequest)
  case columnSets(ColumnSetRequest)
  /// Keep what a person thinks of a run; nil takes it back.
  case rate(run: Identifier, Rating?)
  /// Keep what else a person says of a run, in place of what was said before.
  case remark(run: Identifier, Remark)
  /// Bring what is thought of these runs by now.
  case readOpinions(of: Set<Identifier>)
  /// Bring the tags in use, for those of a run to be chosen.
  case readTags(run: Identifier)
  /// Keep which answers were better.
  case addPreferences([Preference])
  case readPreferences(PreferenceRequest)
  /// Read the rubric that judge models go by.
  case readRubric
  /// Keep what a person made of a run's answer, beside it; a draft of that is done with.
  case correct(run: Identifier, String)
  /// Keep a correction that was begun, for the next start; nil drops it.
  case saveCorrectionDraft(run: Identifier, String?)
  /// Put a text that the clipboard can't take into a file, and say where, with the reason.
  case writeCopy(String, name: String, reason: String)
  /// Write a text to a file that isn't there yet.
  case writeFile(path: String, String)
  /// Open a prompt of another program, as a draft without a file.
  case importPrompt(path: String)
}

/// What only the owner of the terminal can do.
public enum TerminalRequest: Hashable, Sendable {
  /// Give the terminal back and stop, as ^Z does; then go on with `Input.resume`.
  case suspend
  /// Give the terminal to an editor of the person's own; then go on with `Event.editedOutside`.
  case edit(OutsideEdit)
  /// Give the terminal to an editor that shows something; then go on with `Event.viewedOutside`.
  case view(OutsideView)
  /// Put a text on the clipboard (OSC 52).
  case copy(String)
  /// Paint everything anew.
  case redraw

  /// The longest text that is copied, in bytes: terminals ignore OSC 52 beyond about that.
  public static let longestCopy = 100_000
}

/// A text on its way to an editor outside.
public struct OutsideEdit: Hashable, Sendable {
  /// Which text it is.
  public enum Target: Hashable, Sendable {
    case prompt
    /// The value of the variable with this name.
    case field(String)
    /// The passage that is being edited.
    case passage
    /// The answer that is being corrected.
    case answer
  }

  public var target: Target
  public var text: String
  /// The cursor's line, counted from 1.
  public var line: Int

  public init(target: Target, text: String, line: Int) {
    self.target = target
    self.text = text
    self.line = line
  }
}

/// How the editing of a text outside went.
public enum OutsideResult: Hashable, Sendable {
  /// The text as the editor left it.
  case edited(String)
  /// With a sentence that says why; the text is to stay as it was.
  case failed(String)
}

/// A search for the passages of a prompt.
public struct SearchRequest: Hashable, Sendable {
  /// Comes back with the result, so that the answer to an older search can be told apart.
  public var number: Int
  public var query: String
  /// The index by its name.
  public var index: String
  public var retrieval: RetrievalSettings

  public init(number: Int, query: String, index: String, retrieval: RetrievalSettings) {
    self.number = number
    self.query = query
    self.index = index
    self.retrieval = retrieval
  }
}

/// A run that is to be started, and all that is kept with it.
public struct RunPlan: Hashable, Sendable {
  /// The run's number in this program, under which its stream's updates come.
  public var number: Int
  /// From 0.
  public var column: Int
  public var promptText: String
  /// Nil for a prompt without a file.
  public var promptPath: String?
  /// What the prompt goes by, for naming a session.
  public var promptName: String
  /// What its draft is kept under; its versions are listed by that.
  public var draftName: String
  /// The hash of the version that the text was made from; nil for none.
  public var parentVersion: String?
  /// What the variables were filled with, passages apart.
  public var inputs: [String: String]
  public var request: CompletionRequest
  /// Which step of its prompt it is, from 1; nil for a prompt that has no steps.
  public var step: Int?
  /// The number of the run that was the step before; nil for the first.
  public var previous: Int?
  /// The run that it is made from: what its column showed, or the run whose answer it goes on from;
  /// nil for the first of a session.
  public var parent: Identifier?
  /// What its column asks; nil for a run of no column.
  public var variant: Variant?
  /// Which one it is of the runs of a variant that is repeated, from 1; nil where it isn't.
  public var repetition: Int?

  /// - Parameter draftName: nil for the prompt's own name.
  public init(
    number: Int, column: Int, promptText: String, promptPath: String?, promptName: String,
    draftName: String? = nil, parentVersion: String? = nil, inputs: [String: String],
    request: CompletionRequest, step: Int? = nil, previous: Int? = nil,
    variant: Variant? = nil, repetition: Int? = nil
  ) {
    self.number = number
    self.column = column
    self.promptText = promptText
    self.promptPath = promptPath
    self.promptName = promptName
    self.draftName = draftName ?? promptPath ?? promptName
    self.parentVersion = parentVersion
    self.inputs = inputs
    self.request = request
    self.step = step
    self.previous = previous
    self.variant = variant
    self.repetition = repetition
  }
}

/// What earlier runs are loaded for.
public enum Revisit: Hashable, Sendable {
  /// To be shown as they were.
  case show
  /// To be played again; with the moments that are played one after the other, by a run of each.
  case replay([Identifier])
  /// To be run again with something else, and compared with what they were.
  case rerun
}

/// A recorded stream that is to be played again.
public struct ReplayPlan: Hashable, Sendable {
  /// The number under which the stream's updates come, as a run's do.
  public var number: Int
  public var events: [TimedWireEvent]
  /// The beginning that the answer went on from; empty for most.
  public var given: String
  /// Milliseconds from the start of what is played to this run's.
  public var delay: Double
  /// The run of a chain whose end it follows; nil for one that begins by itself.
  public var previous: Int?
  /// Whether another step of its chain is to follow.
  public var isFollowed: Bool

  public init(
    number: Int, events: [TimedWireEvent], given: String = "", delay: Double = 0,
    previous: Int? = nil, isFollowed: Bool = false
  ) {
    self.number = number
    self.events = events
    self.given = given
    self.delay = delay
    self.previous = previous
    self.isFollowed = isFollowed
  }
}

/// What went over the wire for a run, to be looked at by the stream doctor.
public struct WireExamination: Hashable, Sendable {
  /// The run's number in this program; comes back with the findings.
  public var number: Int
  public var model: ModelReference
  public var events: [TimedWireEvent]

  public init(number: Int, model: ModelReference, events: [TimedWireEvent]) {
    self.number = number
    self.model = model
    self.events = events
  }
}

/// A prompt on its way to its file.
public struct PromptSave: Hashable, Sendable {
  /// As it was typed, or from the root.
  public var path: String
  public var text: String
  /// What the file held when it was last read or saved; nil for a file that is not to exist yet.
  /// A file that holds anything else was changed outside, and is left alone.
  public var expected: String?
  /// Whether what the file holds is kept in a file beside it.
  public var keepsAside: Bool

  public init(path: String, text: String, expected: String?, keepsAside: Bool = false) {
    self.path = path
    self.text = text
    self.expected = expected
    self.keepsAside = keepsAside
  }
}
