import Core

// One output column: a variant, and what it was answered last.

/// A variant with its answer, and how far that is scrolled.
///
/// Heights are the rows in which the answer is shown.
public struct Column: Hashable, Sendable {
  /// How far the column's run has come.
  public enum Phase: Hashable, Sendable {
    /// Nothing was run yet.
    case empty
    /// Asked, and nothing has come.
    case waiting(seconds: Int)
    case streaming
    case finished
  }

  /// What the next run asks.
  public internal(set) var variant: Variant
  /// The version of the prompt that the variant names, once it is loaded.
  public private(set) var pinned: PinnedPrompt?
  /// The name under which the run that is shown is kept; nil until it is.
  public internal(set) var recordedRun: Identifier?
  /// What a person thinks of the answer.
  public internal(set) var rating: Rating?
  /// What else a person says of it.
  public internal(set) var remark = Remark()
  /// The answer as a person corrected it last; nil while nobody has.
  public internal(set) var correction: String?
  /// A correction that was begun and not kept yet.
  public internal(set) var correctionDraft: String?
  /// What is shown of a corrected answer.
  public internal(set) var side = AnswerSide.original
  /// What was asked for the answer that is shown; nil before anything was.
  var plan: RunPlan?
  /// What the run that is shown asked; nil before the first.
  public internal(set) var asked: Variant?
  /// The passages that it was given.
  public private(set) var passages: [Passage] = []
  public private(set) var phase = Phase.empty
  /// The number of the run that streams, streamed or is shown here.
  public private(set) var run: Int?
  /// Whether what streams here is a recording.
  public private(set) var isReplay = false
  /// What held for its run when that started.
  public private(set) var terms = RunTerms()
  /// What has come so far.
  public private(set) var answer = Answer()
  /// What went over the wire for it.
  public private(set) var wire: [TimedWireEvent] = []
  /// What the stream doctor found in `wire` when it last looked; nil before.
  public private(set) var findings: [StreamFinding]?
  /// What follows when the run has ended; nil for a prompt of one step.
  public internal(set) var chain: ColumnChain?
  /// The steps of the chain before the one that is shown.
  public private(set) var endedSteps: [EndedStep] = []
  /// How the step that is shown is called; empty for a prompt of one step.
  public private(set) var stepLabel = ""
  /// Why the chain ended before its last step.
  private var chainProblem: String?
  /// What the passages say of the answer; nil until that is known.
  var support: AnswerSupport?
  /// The bytes of the answer whose support was asked for last.
  var examinedLength = 0
  /// How many of the wire events the doctor has been given.
  private var examinedCount = 0
  /// Whether the doctor has them and has not answered yet.
  private var isBeingExamined = false
  /// The attempts of a repeated variant before the one that is shown, each without others.
  var earlierAttempts: [Column] = []
  /// Those after it.
  var laterAttempts: [Column] = []
  /// When the recording begins that streams here, in milliseconds since the start of what is played.
  var replayStart = 0.0
  /// Full seconds since the run began.
  private var seconds = 0
  /// The answer as rows, kept in step with `answer`.
  public internal(set) var view: AnswerView
  /// What is marked in the answer's text.
  public internal(set) var marks = AnswerMarks()
  /// The places of its tokens; nil while their probabilities aren't shown.
  var tokenSpans: TokenSpans?
  /// How the answer compares with the baseline; nil where there is none, or where it is the baseline.
  public internal(set) var comparison: ColumnComparison?
  var shownDifference: ShownDifference?
  /// Where a reader stands in the answer's text; nil while nobody does.
  public internal(set) var cursor: AnswerCursor?
  /// The first row that is shown.
  public private(set) var top = 0
  /// Whether the end stays in sight while it grows.
  public private(set) var follows = true

  /// - Parameter width: cells in which the answer is shown.
  public init(_ variant: Variant, width: Int, mode: ReadingMode = ReadingMode()) {
    self.variant = variant
    view = AnswerView(width: width, mode: mode)
  }

  /// The model of the next run.
  public var model: ModelReference { variant.model }

  /// What answered the run that is shown.
  public var answeringModel: ModelReference { asked?.model ?? model }

  /// Whether the run that is shown asked something else than the next one will.
  public var isChanged: Bool { asked.map { !$0.asksTheSame(as: variant) } ?? false }

  /// The hash of the version that it is to have once that is loaded; nil for none.
  var awaitedVersion: String? { pinned == nil ? variant.version : nil }

  /// Gives it a version to run; nil for the text that is being written.
  mutating func pin(_ pinned: PinnedPrompt?) {
    self.pinned = pinned
    variant.version = pinned?.version.hash
  }

  /// Asks next what another column does.
  mutating func takeQuestion(of other: Column) {
    variant = other.variant
    pinned = other.pinned
  }

  /// Whether the run that is shown is under way, be it a replay.
  public var isRunning: Bool {
    switch phase {
    case .waiting, .streaming: true
    // Between two steps, when the answer is there and its usage may still come.
    case .finished: chain != nil
    case .empty: false
    }
  }

  /// What its run costs so far, earlier steps included; nil where nobody keeps an account.
  public var cost: Cost? {
    stepCost.map { endedSteps.compactMap(\.cost).reduce($0, +) }
  }

  /// What the step that is shown costs so far.
  private var stepCost: Cost? {
    terms.price == nil && !terms.isBilled ? nil : Cost(of: answer, at: terms.price)
  }

  /// The tokens of its run so far, earlier steps included.
  public var usage: Usage { endedSteps.reduce(answer.usage) { $0 + $1.answer.usage } }

  /// Clears the column for a run that begins.
  ///
  /// - Parameter isRepeat: whether it is another attempt after those that there are, the last of which
  ///   is shown.
  public mutating func begin(
    run: Int, inputTokens: Int, terms: RunTerms = RunTerms(), passages: [Passage] = [],
    isReplay: Bool = false, stepLabel: String = "", given: String = "", isRepeat: Bool = false
  ) {
    clear(isRepeat: isRepeat)
    self.stepLabel = stepLabel
    view.show(steps: [], current: stepLabel)
    self.run = run
    self.terms = terms
    self.passages = passages
    self.isReplay = isReplay
    phase = .waiting(seconds: 0)
    answer = Answer(
      estimatedInputTokens: inputTokens, tokenRatio: terms.tokenRatio, given: given)
    if !given.isEmpty { view.show(answer) }
    markBeginning()
  }

  /// Makes room for a run that asks what the column asks now.
  ///
  /// - Parameter isRepeat: whether what was shown stays, as the attempt before.
  private mutating func clear(isRepeat: Bool) {
    var cleared = Column(variant, width: view.width, mode: view.mode)
    cleared.pinned = pinned
    cleared.asked = variant
    if isRepeat { cleared.earlierAttempts = earlierAttempts + [withoutOthers] }
    self = cleared
  }

  /// Folds the step that has ended, and clears the column for the next one.
  mutating func beginStep(
    run: Int, label: String, inputTokens: Int, passages: [Passage], given: String = ""
  ) {
    let steps = endedSteps + [EndedStep(label: stepLabel, answer: answer, cost: stepCost)]
    let before = self
    begin(
      run: run, inputTokens: inputTokens, terms: terms, passages: passages, isReplay: isReplay,
      stepLabel: label, given: given)
    asked = before.asked
    (earlierAttempts, laterAttempts) = (before.earlierAttempts, before.laterAttempts)
    endedSteps = steps
    view.show(steps: steps, current: label)
  }

  /// Says why the chain ended before its last step.
  mutating func breakChain(_ reason: String) {
    chainProblem = reason
    view.showEnding(of: answer, warning: warning)
  }

  /// Shows a run that was recorded; of a chain, the last step, with those before it.
  public mutating func show(
    _ recorded: RecordedRun, as number: Int, terms: RunTerms = RunTerms(),
    after steps: [EndedStep] = [], plan: RunPlan? = nil, isRepeat: Bool = false
  ) {
    clear(isRepeat: isRepeat)
    // Whoever shows it has seen to it that the version is the same.
    asked = recorded.run.asked
    asked?.version = variant.version
    view.foldSteps()
    passages = recorded.run.request.passages
    run = number
    note(recorded, plan: plan)
    self.terms = terms
    endedSteps = steps
    stepLabel = recorded.run.stepLabel
    view.show(steps: steps, current: stepLabel)
    answer = recorded.answer
    wire = recorded.events
    phase = .finished
    // It is read from its beginning.
    follows = false
    if isCorrected { side = .correction }
    view.show(answer, warning: warning)
    view.show(check)
    markBeginning()
    layOutText()
  }

  /// Marks what of the answer was given.
  private mutating func markBeginning() {
    guard !answer.given.isEmpty else { return }
    marks[.given] = [AnswerMark(0..<answer.given.utf8.count, .given)]
  }

  /// Takes in what is kept with a recorded run.
  ///
  /// - Parameter plan: what it was asked.
  mutating func note(_ recorded: RecordedRun, plan: RunPlan?) {
    recordedRun = recorded.run.id
    rating = recorded.rating
    remark = recorded.remark
    correction = recorded.corrections.last?.text
    correctionDraft = recorded.correctionDraft
    self.plan = plan
  }

  /// What else there is to say of the answer once it has ended.
  private var warning: String? {
    guard answer.isFinished else { return nil }
    let sentences = [chainProblem, terms.window?.warning(after: answer.usage)].compactMap { $0 }
    return sentences.isEmpty ? nil : sentences.joined(separator: "\n")
  }

  /// Whether the answer is the JSON that it was to be; nil while it comes, and where it was not.
  private var check: AnswerCheck? {
    guard answer.isFinished, !answer.text.isEmpty, let schema = terms.answerSchema else {
      return nil
    }
    return AnswerCheck(answer.text, against: schema)
  }

  /// Notes that a second has passed.
  public mutating func countSecond() {
    guard isRunning else { return }
    seconds += 1
    countWait()
  }

  /// Counts the seconds of what is played by the clock of the recording.
  ///
  /// - Parameter time: milliseconds since the start of what is played.
  mutating func countWait(until time: Double) {
    guard isReplay, isRunning else { return }
    seconds = Int(max(0, min(time - replayStart, 1e12)) / 1000)
    countWait()
  }

  /// The wait for an answer begins anew with each try.
  private mutating func countWait() {
    guard case .waiting = phase else { return }
    let waited = max(0, Double(seconds) - answer.timing.attemptStart / 1000)
    phase = .waiting(seconds: Int(min(waited, 1e9)))
  }

  /// The next try that is waited for, and the seconds until it begins, rounded up; nil while none is.
  public var retryWait: (retry: Retry, seconds: Int)? {
    guard isRunning, let retry = answer.pendingRetry, case .retry? = wire.last?.event else {
      return nil
    }
    // Full seconds lag behind the time of the retry by less than one.
    let left = min(retry.delay, answer.timing.attemptStart - Double(seconds) * 1000)
    return (retry, Int((max(0, min(left, 1e12)) / 1000).rounded(.up)))
  }

  /// Takes in what the stream said; `height` is the rows in which it is shown.
  public mutating func apply(_ update: StreamUpdate, height: Int) {
    if let event = update.wire { wire.append(TimedWireEvent(time: update.time, event: event)) }
    let anchor = follows ? nil : view.anchor(ofRow: top)
    for event in update.events {
      answer.apply(event, at: update.time)
      view.append(event, of: answer)
    }
    if !update.events.isEmpty { markProbabilities() }
    countWait()
    if answer.timing.firstActivity != nil { phase = .streaming }
    if answer.isFinished {
      phase = .finished
      view.showEnding(of: answer, warning: warning)
      view.show(check)
    }
    if let anchor, let row = view.row(of: anchor) { top = row }
    follow(height: height)
  }

  // MARK: The stream doctor

  /// What the doctor is to look at; nil when he has seen it all, or is still at it.
  mutating func takeExamination() -> WireExamination? {
    guard let run, !isBeingExamined, examinedCount < wire.count else { return nil }
    isBeingExamined = true
    examinedCount = wire.count
    return WireExamination(number: run, model: answeringModel, events: wire)
  }

  mutating func examined(_ findings: [StreamFinding]) {
    self.findings = findings
    isBeingExamined = false
  }

  // MARK: Room

  /// Lays the answer out for another size of its pane.
  public mutating func reflow(width: Int, height: Int) {
    if width != view.width { layOut(width: width, mode: view.mode) }
    keepInSight(height: height)
  }

  /// Unfolds the steps before the one that is shown, and goes to them; or folds them.
  mutating func toggleSteps(height: Int) {
    toggle(\.showsSteps, height: height)
    if view.mode.showsSteps { scroll(to: 0, height: height) }
  }

  /// Unfolds a part of the answer, or folds it; shows it as it came, or as it is meant.
  mutating func toggle(_ part: WritableKeyPath<ReadingMode, Bool>, height: Int) {
    var mode = view.mode
    mode[keyPath: part].toggle()
    layOut(width: view.width, mode: mode)
    keepInSight(height: height)
  }

  /// Lays the answer out anew; what stood at the top stays there.
  private mutating func layOut(width: Int, mode: ReadingMode) {
    let anchor = view.anchor(ofRow: top)
    if width == view.width {
      view.read(answer, in: mode)
    } else {
      view = AnswerView(width: width, mode: mode)
      view.show(steps: endedSteps, current: stepLabel)
      view.show(answer, warning: warning)
      view.show(check)
    }
    layOutText()
    if let anchor, let row = view.row(of: anchor) { top = row }
  }

  /// Keeps the pane filled when there are fewer rows than before, or more room for them.
  mutating func keepInSight(height: Int) {
    let last = max(0, view.rowCount - height)
    top = last == 0 ? 0 : min(top, last + (follows ? height / 3 : 0))
    follow(height: height)
  }

  // MARK: Scrolling

  mutating func scroll(_ step: ScrollStep, height: Int) {
    switch step {
    case .rows, .pages: scroll(by: step.rowCount(height: height) ?? 0, height: height)
    case .start: scroll(to: 0, height: height)
    case .end: scrollToEnd(height: height)
    }
  }

  /// Scrolls down, or up when negative.
  public mutating func scroll(by rows: Int, height: Int) {
    scroll(to: top + rows, height: height)
  }

  /// Brings a row to the top, as far as there are rows; at the end, the column follows it again.
  public mutating func scroll(to row: Int, height: Int) {
    let last = max(0, view.rowCount - height)
    // While it follows, it may stand further down than the last full screen.
    top = max(0, min(row, max(last, top)))
    follows = top >= last
  }

  /// How far it is scrolled: 0 at the start, 1 at the end.
  func scrolledShare(height: Int) -> Double {
    let last = view.rowCount - height
    return last > 0 ? min(1, Double(top) / Double(last)) : follows ? 1 : 0
  }

  /// Scrolls to a share of its rows, as `scrolledShare` tells it.
  mutating func scroll(toShare share: Double, height: Int) {
    let last = max(0, view.rowCount - height)
    if share >= 1 {
      scrollToEnd(height: height)
    } else {
      scroll(to: Int((Double(last) * share).rounded()), height: height)
    }
  }

  /// Scrolls as little as brings a row into sight.
  mutating func reveal(row: Int, height: Int) {
    if row < top { scroll(to: row, height: height) }
    if row >= top + height { scroll(to: row - height + 1, height: height) }
  }

  /// Shows the end, and follows what comes.
  public mutating func scrollToEnd(height: Int) {
    top = max(0, view.rowCount - height)
    follows = true
  }

  /// Keeps the end in sight, in steps of a third of the pane.
  ///
  /// Text that moves with every line can't be read while it streams, and each move rewrites the
  /// whole pane: a few larger steps are kinder to the eye and to a slow line.
  private mutating func follow(height: Int) {
    guard follows, view.rowCount - top > height else { return }
    top = max(0, view.rowCount - height + height / 3)
  }
}
