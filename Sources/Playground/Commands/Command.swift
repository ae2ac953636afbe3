// Everything that a person can tell the program to do, by name. What each is called, which keys
// it has and what the help says of it stands in CommandTable; what it does, in Update.

/// A command by its name in the key list, such as `next-pane`.
public enum Command: String, Hashable, Sendable, CaseIterable {
  // Anywhere
  case run
  case cancel
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  case palette
  case help
  case pickModel = "pick-model"
  case addColumn = "add-column"
  case removeColumn = "remove-column"
  case zoom
  case nextArrangement = "next-arrangement"
  case toggleScrollingTogether = "toggle-scrolling-together"
  case sessions
  case startScreen = "start-screen"
  case showTree = "tree"
  case pickIndex = "pick-index"
  case openPrompt = "open-prompt"
  case savePrompt = "save-prompt"
  case savePromptAs = "save-prompt-as"
  case exportSession = "export-session"
  case importSession = "import-session"
  case newSession = "new-session"
  case importPrompt = "import-prompt"
  case versions
  case techniques
  case showParts = "show-parts"
  case pickDataset = "pick-dataset"
  case nextCase = "next-case"
  case previousCase = "previous-case"
  case lint
  case evaluations
  case runAsVariant = "run-as-variant"
  case saveCase = "save-case"
  case trainingSets = "training-sets"

  // Techniques: each an edit of the prompt
  case addInstructions = "add-instructions"
  case splitIntoSteps = "split-into-steps"
  case giveTimeToThink = "give-time-to-think"
  case addExamples = "add-examples"
  case askForQuotes = "ask-for-quotes"
  case answerAsJSON = "answer-as-json"

  case suspend
  case redraw
  case quit

  // In a text
  case characterForward = "character-forward"
  case characterBackward = "character-backward"
  case wordForward = "word-forward"
  case wordBackward = "word-backward"
  case lineStart = "line-start"
  case lineEnd = "line-end"
  case rowUp = "row-up"
  case rowDown = "row-down"
  case pageUp = "page-up"
  case pageDown = "page-down"
  case textStart = "text-start"
  case textEnd = "text-end"
  case paragraphForward = "paragraph-forward"
  case paragraphBackward = "paragraph-backward"
  case newLine = "new-line"
  case deleteBackward = "delete-backward"
  case deleteForward = "delete-forward"
  case killLine = "kill-line"
  case killLineStart = "kill-line-start"
  case killWord = "kill-word"
  case killWordBackward = "kill-word-backward"
  case yank
  case yankEarlier = "yank-earlier"
  case transpose
  case undo
  case redo
  case setMark = "set-mark"
  case selectAll = "select-all"
  case selectCharacterForward = "select-character-forward"
  case selectCharacterBackward = "select-character-backward"
  case selectWordForward = "select-word-forward"
  case selectWordBackward = "select-word-backward"
  case selectRowUp = "select-row-up"
  case selectRowDown = "select-row-down"
  case selectLineStart = "select-line-start"
  case selectLineEnd = "select-line-end"
  case selectTextStart = "select-text-start"
  case selectTextEnd = "select-text-end"
  case dropSelection = "drop-selection"
  case copySelection = "copy-selection"
  case find
  case replace
  case complete
  case matchingBrace = "matching-brace"
  case externalEditor = "external-editor"
  case lockValue = "lock-value"

  // In the context and the columns
  case selectUp = "select-up"
  case selectDown = "select-down"
  case readPassage = "read-passage"
  case morePassages = "more-passages"
  case fewerPassages = "fewer-passages"
  case raiseBudget = "raise-budget"
  case lowerBudget = "lower-budget"
  case raiseVectorWeight = "raise-vector-weight"
  case lowerVectorWeight = "lower-vector-weight"
  case nextMethod = "next-method"
  case nextFusion = "next-fusion"
  case nextDiversity = "next-diversity"
  case nextRewriting = "next-rewriting"
  case nextChunking = "next-chunking"
  case toggleReranker = "toggle-reranker"
  case filterPassages = "filter-passages"
  case resetRetrieval = "reset-retrieval"
  case pinPassage = "pin-passage"
  case dropPassage = "drop-passage"
  case movePassageUp = "move-passage-up"
  case movePassageDown = "move-passage-down"
  case editPassage = "edit-passage"
  case undoPassage = "undo-passage"
  case undoAllPassages = "undo-all-passages"
  case showExactText = "show-exact-text"
  case judgeRelevant = "judge-relevant"
  case judgeNotRelevant = "judge-not-relevant"
  case scrollUp = "scroll-up"
  case scrollDown = "scroll-down"
  case scrollPageUp = "scroll-page-up"
  case scrollPageDown = "scroll-page-down"
  case scrollTop = "scroll-top"
  case scrollEnd = "scroll-end"
  case toggleThinking = "toggle-thinking"
  case toggleToolCalls = "toggle-tool-calls"
  case toggleRaw = "toggle-raw"
  case cancelColumn = "cancel-column"
  case copyAnswer = "copy-answer"
  case showWire = "show-wire"
  case showLogprobs = "show-logprobs"
  case columnLeft = "column-left"
  case columnRight = "column-right"
  case toggleSteps = "toggle-steps"
  case pinBaseline = "pin-baseline"
  case nextDifferenceView = "next-difference-view"
  case exportComparison = "export-comparison"
  case rateGood = "rate-good"
  case rateBad = "rate-bad"
  case scoreOne = "score-one"
  case scoreTwo = "score-two"
  case scoreThree = "score-three"
  case scoreFour = "score-four"
  case scoreFive = "score-five"
  case noteAnswer = "note-answer"
  case tagAnswer = "tag-answer"
  case pickBlind = "pick-blind"
  case showWins = "show-wins"
  case askJudge = "ask-judge"

  // With two answers without names
  case preferFirst = "prefer-first"
  case preferSecond = "prefer-second"
  case preferNeither = "prefer-neither"
  case rejectBoth = "reject-both"
  case skipPair = "skip-pair"
  case nextPair = "next-pair"

  case pickVersion = "pick-version"
  case toggleSupport = "toggle-support"
  case leavePassageOut = "leave-passage-out"
  case pickLeftOut = "pick-left-out"
  case openSource = "open-source"
  case whyNot = "why-not"
  case measure

  // Variants
  case sameBut = "same-but"
  case duplicateColumn = "duplicate-column"
  case moveColumnLeft = "move-column-left"
  case moveColumnRight = "move-column-right"
  case restoreColumn = "restore-column"
  case nameColumn = "name-column"
  case setParameters = "set-parameters"
  case repeatColumn = "repeat-column"
  case nextAttempt = "next-attempt"
  case previousAttempt = "previous-attempt"
  case columnSets = "column-sets"

  // In an answer
  case enterAnswer = "enter-answer"
  case leaveAnswer = "leave-answer"
  case findInAnswer = "find-in-answer"
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case dropMatches = "drop-matches"
  case cursorLeft = "cursor-left"
  case cursorRight = "cursor-right"
  case cursorUp = "cursor-up"
  case cursorDown = "cursor-down"
  case cursorPageUp = "cursor-page-up"
  case cursorPageDown = "cursor-page-down"
  case cursorWordForward = "cursor-word-forward"
  case cursorWordBackward = "cursor-word-backward"
  case cursorRowStart = "cursor-row-start"
  case cursorRowEnd = "cursor-row-end"
  case cursorStart = "cursor-start"
  case cursorEnd = "cursor-end"
  case selectInAnswer = "select-in-answer"
  case copyFromAnswer = "copy-from-answer"
  case copyCode = "copy-code"

  // Correcting an answer
  case correctAnswer = "correct-answer"
  case nextSide = "next-side"
  case keepCorrection = "keep-correction"
  case continueAnswer = "continue-answer"
  case copyToFile = "copy-to-file"

  // In the wire view
  case nextPart = "next-part"
  case previousPart = "previous-part"
  case showRequest = "show-request"
  case showEvents = "show-events"
  case showFindings = "show-findings"
  case copyRequest = "copy-request"
  case copyStream = "copy-stream"
  case close

  // In a passage's document, and in "Why not?"
  case nextPassage = "next-passage"
  case previousPassage = "previous-passage"
  case compareChunking = "compare-chunking"
  case showDetails = "show-details"
  case applyRemedy = "apply-remedy"

  // In the versions
  case restoreVersion = "restore-version"
  case compareVersion = "compare-version"
  case markVersion = "mark-version"
  case nameVersion = "name-version"
  case noteVersion = "note-version"

  // Among the sessions
  case openFound = "open-found"
  case replayFound = "replay-found"
  case nameSession = "name-session"
  case completeFilter = "complete-filter"

  // Among evaluations, and in the grid of one
  case openEvaluation = "open-evaluation"
  case newEvaluation = "new-evaluation"
  case resumeEvaluation = "resume-evaluation"
  case startEvaluation = "start-evaluation"
  case showLadder = "show-ladder"
  case showMap = "show-map"
  case stopEvaluation = "stop-evaluation"
  case openCase = "open-case"
  case showPanel = "show-panel"
  case showFailed = "show-failed"
  case showChanged = "show-changed"
  case showFlaky = "show-flaky"
  case showUnmeasured = "show-unmeasured"
  case showNextTag = "show-next-tag"
  case findCase = "find-case"
  case showAllCases = "show-all-cases"
  case sortCases = "sort-cases"
  case markVariant = "mark-variant"
  case pickBaselineVariant = "pick-baseline-variant"

  // Among training sets, in one, and among what a check found
  case openTrainingSet = "open-training-set"
  case newTrainingSet = "new-training-set"
  case removeTrainingSet = "remove-training-set"
  case checkTrainingSet = "check-training-set"
  case approveExample = "approve-example"
  case rejectExample = "reject-example"
  case approveAllExamples = "approve-all-examples"
  case rejectAllExamples = "reject-all-examples"
  case undoCuration = "undo-curation"
  case redoCuration = "redo-curation"
  case filterExamples = "filter-examples"
  case showAllExamples = "show-all-examples"
  case goToExample = "go-to-example"
  case editExample = "edit-example"
  case editWholeExample = "edit-whole-example"
  case tagExample = "tag-example"
  case showExample = "show-example"
  case openFinding = "open-finding"
  case showFindingReport = "show-finding-report"

  // In the tree of a session
  case parentMoment = "parent-moment"
  case childMoment = "child-moment"
  case openMoment = "open-moment"
  case replayMoment = "replay-moment"
  case replayBranch = "replay-branch"
  case rerunMoment = "rerun-moment"
  case togglePause = "toggle-pause"
  case playBack = "play-back"
  case playOn = "play-on"
  case eventBack = "event-back"
  case eventOn = "event-on"
  case tokenBack = "token-back"
  case tokenOn = "token-on"
  case playSlower = "play-slower"
  case playFaster = "play-faster"
  case playStart = "play-start"
  case playEnd = "play-end"
  case leavePlayback = "leave-playback"
  case markMoment = "mark-moment"
  case compareMoments = "compare-moments"
  case nameBranch = "name-branch"
  case pruneMoment = "prune-moment"
  case undoPruning = "undo-pruning"
  case findMoment = "find-moment"
}

/// Where a key means a command.
public enum Scope: String, Hashable, Sendable, CaseIterable {
  case anywhere, text, context, passage, absence, measuring, column, answer, correcting, wire
  case versions, blind, wins, judging, sessions, tree, playback
  case evaluations
  case evaluationPlan = "evaluation-plan"
  case grid, ladder, map
  case trainingSets = "training-sets"
  case trainingExamples = "training-examples"
  case findings

  /// How help and manual head its keys.
  public var title: String {
    switch self {
    case .anywhere: "Anywhere"
    case .text: "In the prompt and its variables"
    case .context: "In the context"
    case .passage: "In a passage's document"
    case .absence: "In \"Why not?\""
    case .measuring: "In the measuring"
    case .column: "In a column"
    case .answer: "With the cursor in an answer"
    case .correcting: "While an answer is corrected"
    case .wire: "In the wire view"
    case .versions: "In the versions"
    case .blind: "With two answers without names"
    case .wins: "In the table of wins"
    case .judging: "While a judge compares"
    case .sessions: "Among the sessions"
    case .evaluations: "Among the evaluations"
    case .evaluationPlan: "Before an evaluation is run"
    case .grid: "In the grid of an evaluation"
    case .ladder: "In a ladder"
    case .map: "In the map of a diagnosis"
    case .trainingSets: "Among the training sets"
    case .trainingExamples: "Among the examples of a training set"
    case .findings: "Among what a check found"
    case .tree: "In the tree of a session"
    case .playback: "While runs are played again"
    }
  }
}

extension Scope {
  /// Whether its keys are those of a page over the panes, where no others work.
  var isOverlay: Bool {
    switch self {
    case .passage, .absence, .measuring, .correcting, .wire, .versions, .blind, .wins, .judging,
      .sessions, .tree, .evaluations, .evaluationPlan, .grid, .ladder, .map, .trainingSets,
      .trainingExamples, .findings:
      true
    case .anywhere, .text, .context, .column, .answer, .playback: false
    }
  }
}

extension Focus {
  /// The scope whose keys come before those that hold anywhere.
  public var scope: Scope {
    switch self {
    case .prompt, .field: .text
    case .context: .context
    case .column: .column
    }
  }
}
