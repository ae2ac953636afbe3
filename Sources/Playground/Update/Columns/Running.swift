import Core

// From ^R to answers in the columns, and every way to stop on the way.

extension State {
  mutating func run() -> [Effect] {
    let left = leavePlayback()
    guard !isRunning else {
      notice = Notice(.information, "The columns are still running: ^C cancels them.")
      return []
    }
    // Files may have changed since they were read: nothing old is sent.
    return left + settle() + readInputs(prompt.filePaths) + runWithInputs()
  }

  /// Goes on once the texts of files and the passages are there.
  mutating func runWithInputs() -> [Effect] {
    guard pendingInputs == nil else {
      runsAfterInputs = true
      return []
    }
    // What kept the passages away may be over by now.
    let effects = context.problem != nil && context.pendingSearch == nil ? search() : []
    if context.pendingSearch != nil {
      // The passages on the screen belong to an older question: wait for the right ones.
      runsAfterSearch = true
      return effects
    }
    let searches = searchForColumns()
    guard columnSearches.pending.isEmpty else {
      notice = Notice(.information, "Searching for the passages of columns; then all of them run.")
      return effects + searches
    }
    let plans = startRuns()
    columnSearches = ColumnSearches()
    return effects + plans
  }

  /// Fills in the prompt and asks every column's model.
  ///
  /// - Parameter chosen: the columns that run; nil for all.
  mutating func startRuns(of chosen: [Int]? = nil) -> [Effect] {
    let chosen = chosen ?? Array(columns.indices)
    // All or none: columns of different runs can't be compared.
    guard let filled = filledPrompts(of: chosen) else { return [] }
    let plans = zip(chosen, filled).flatMap { start($1, inColumn: $0) }
    if columns.contains(where: { $0.pinned == nil }) { prompt.stemFromItself() }
    warnOfWindows(filled, in: chosen)
    layOutWire()
    // Where one pane fills the screen, it is the answers' turn.
    if layout.columns.isEmpty { focus(on: .column(0)) }
    // Postponed, so that full seconds are those of these runs.
    return [.startRuns(plans), .postpone(.second, by: 1000)]
  }

  /// Clears a column for what it asks, as often as its variant is repeated.
  private mutating func start(_ filled: FilledPrompt, inColumn index: Int) -> [RunPlan] {
    let variant = columns[index].variant
    let terms = terms(of: variant.model, parameters: filled.parameters)
    let steps = StepChain(filled.file)
    let passages = steps.passages(of: filled.passages)
    let parent = columns[index].recordedRun ?? origin
    let plans = (1...variant.repeatCount).map { repetition in
      var plan = RunPlan(
        number: takeNumber(), column: index, promptText: filled.text, promptPath: prompt.path,
        promptName: prompt.name, draftName: prompt.draftName,
        parentVersion: prompt.parentVersion, inputs: prompt.valueTexts,
        request: CompletionRequest(
          model: variant.model, messages: filled.messages, parameters: filled.parameters,
          question: prompt.question, passages: passages),
        step: steps.recordedNumber, variant: variant,
        repetition: variant.repeatCount > 1 ? repetition : nil)
      plan.parent = parent
      columns[index].begin(
        run: plan.number, inputTokens: terms.tokenRatio.corrected(filled.plainTokens),
        terms: terms, passages: passages, stepLabel: steps.label, isRepeat: repetition > 1)
      columns[index].plan = plan
      if filled.file.isChain {
        columns[index].chain = .asked(steps, of: prompt, plan: plan, found: filled.passages)
      }
      return plan
    }
    columns[index].show(attempt: 0)
    return plans
  }

  /// What each column is to be asked; nil when something is missing, which is then said and shown.
  private mutating func filledPrompts(of chosen: [Int]) -> [FilledPrompt]? {
    guard case .prompt(let current) = prompt.reading else {
      if case .problem(let problem) = prompt.reading { refuse(problem, focus: .prompt) }
      return nil
    }
    if let broken = prompt.brokenFile {
      refuse(broken.problem, focus: .field(broken.place))
      return nil
    }
    var filled: [FilledPrompt] = []
    for index in chosen {
      let column = columns[index]
      let file = column.pinned?.prompt ?? current
      let text = column.pinned?.version.text ?? prompt.editor.text
      let passages = passages(ofColumn: index)
      guard let messages = messages(of: file, passages: passages) else { return nil }
      filled.append(
        FilledPrompt(
          text: text, file: file, messages: messages, passages: passages,
          parameters: column.variant.parameters.over(file.parameters)))
    }
    return filled
  }

  /// A prompt's messages with the values of the fields; of a chain, those of the first step, once
  /// each step is known to have what it needs.
  private mutating func messages(
    of file: PromptFile, passages: [Passage]
  ) -> [Message]? {
    do {
      let filled = try StepChain(file).rehearsal.map { steps in
        (steps, rendering: try prompt.fill(steps.prompt, passages: passages))
      }
      for (steps, rendering) in filled {
        guard let problem = steps.problem(with: rendering) else { continue }
        let place = prompt.fields.firstIndex { $0.name == rendering.missing.first }
        refuse(problem, focus: place.map(Focus.field) ?? .prompt)
        return nil
      }
      return filled.first?.rendering.messages
    } catch {
      refuse("\(error)", focus: .prompt)
      return nil
    }
  }

  private mutating func refuse(_ reason: String, focus: Focus) {
    notice = Notice(.error, "Nothing was run: \(reason)")
    self.focus(on: focus)
  }

  mutating func take(_ update: StreamUpdate) -> [Effect] {
    // A run that was cancelled and replaced may still say something: nobody listens.
    guard let (index, attempt) = place(ofRun: update.number) else {
      return takeForJudge(update)
    }
    let height = columnInside(index).height
    columns[index].change(attempt: attempt) { $0.apply(update, height: height) }
    let isShown = attempt == columns[index].shownAttempt
    guard let wire = update.wire else { return [] }
    let effects = isShown ? wireGrew(inColumn: index, by: wire) : []
    guard case .end(let ending) = wire else { return effects }
    defer { compareLeftOut(run: update.number) }
    return effects
      + withAttempt(attempt, inColumn: index) { $0.runEnded(inColumn: index, by: ending) }
  }

  mutating func countSecond() -> [Effect] {
    // What is played goes by the clock of the recording.
    guard playback == nil else { return [] }
    for index in columns.indices { columns[index].countSecondOfAll() }
    return (isRunning ? [.schedule(.second, after: 1000)] : []) + examineWire()
  }

  // MARK: Cancelling

  mutating func cancelAll() -> [Effect] {
    runsAfterSearch = false
    runsAfterInputs = false
    columnSearches = ColumnSearches()
    if playback != nil { return leavePlayback() }
    guard isRunning else {
      notice = Notice(.information, "Nothing is running. ^Q quits.")
      return []
    }
    return cancelRunning()
  }

  /// The client answers with the end of each run, so that its column shows how it ended.
  func cancelRunning() -> [Effect] {
    let running = columns.flatMap(\.runsUnderWay) + judgesUnderWay
    return running.isEmpty ? [] : [.cancelRuns(running)]
  }

  /// Cancels what runs, and ends what is played.
  mutating func stopAll() -> [Effect] { leavePlayback() + cancelRunning() }

  mutating func cancelFocused() -> [Effect] {
    if playback != nil { return leavePlayback() }
    let running = columns[currentColumn].runsUnderWay
    guard !running.isEmpty else {
      notice = Notice(.information, "This column is not running.")
      return []
    }
    return [.cancelRuns(running)]
  }
}

/// A prompt with its values put in, ready to be sent.
struct FilledPrompt {
  /// The text of the prompt, before it was filled in.
  var text: String
  var file: PromptFile
  /// Of a chain, those of its first step.
  var messages: [Message]
  /// Those that the prompt is given.
  var passages: [Passage]
  /// The prompt's own, and those of the variant over them.
  var parameters: Parameters

  /// By the estimate that knows no model.
  var plainTokens: Int { TokenEstimate.tokens(in: messages) }
}
