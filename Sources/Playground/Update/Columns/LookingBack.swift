import Core

// Earlier runs: opened, replayed, exported.

extension State {
  /// Puts everything back as it was when these runs were made; or plays them again.
  mutating func show(_ runs: [RecordedRun], for revisit: Revisit) -> [Effect] {
    guard let first = runs.first?.run else { return [] }
    let pace = playback?.pace ?? PlaybackPace()
    var effects = stopAll() + [.saveDraft(draft)] + saveCorrectionDraft()
    // What is run from here belongs to the session that this is of.
    origin = first.id
    draftSession = first.session
    effects.append(.goOn(session: first.session))
    overlays.removeAll()
    forgetPending()
    pendingDataset = nil
    // A text from the past gets a draft of its own: neither a file's nor another draft's is touched.
    prompt.open(text: first.promptText, name: Draft.name(ofRun: first), inputs: first.inputs)
    context.curation = PassageCuration()
    // One with a search of its own, or none, doesn't say what the others were given.
    let shared = runs.first { $0.run.asked.context == .shared }?.run ?? first
    context.passages = shared.request.passages
    context.problem = nil
    context.pendingSearch = nil
    // These passages are the run's own: the index is asked again when the question changes.
    context.query = prompt.question
    countTokens()
    let shown = Array(runs.attempts.prefix(Self.mostColumns))
    columns = shown.compactMap(\.first?.first).map { recorded in
      var variant = recorded.run.asked
      variant.version =
        recorded.run.promptText == first.promptText
        ? nil : ContentHash.of(recorded.run.promptText)
      return Column(variant, width: 1)
    }
    focus(on: .column(0))
    switch revisit {
    case .replay(let moments):
      let place = moments.firstIndex { moment in runs.contains { $0.run.id == moment } } ?? 0
      effects += play(runs, moments: moments, place: place, pace: pace)
    case .show, .rerun:
      for (index, attempts) in shown.enumerated() { show(attempts, inColumn: index) }
      showSoughtHit()
      notice = Notice(
        .information,
        "As it was then, in a draft of its own. ^R runs it again; M-u brings your text back, M-h "
          + "shows the versions.")
      if revisit == .rerun { offerRerun() }
    }
    return effects + [findVersions(), .schedule(.saveDraft, after: 500)]
  }

  /// What the prompt was answered before the last start is asked for, to be shown again.
  func loadLastRuns() -> [Effect] {
    draftSession.map { [.loadLastRuns(prompt: prompt.draftName, session: $0, shown: origin)] } ?? []
  }

  /// Shows what the prompt was answered last, in the columns that have the same models as then and
  /// have answered nothing yet.
  mutating func showLast(_ runs: [RecordedRun], of name: String) {
    guard name == prompt.draftName else { return }
    if origin == nil { origin = runs.first?.run.id }
    for attempts in runs.attempts {
      guard let run = attempts.first?.first?.run, let index = column(forLast: run) else { continue }
      show(attempts, inColumn: index)
    }
    layOutWire()
  }

  /// The empty column that asks what a run asked: where it was, or where that column stands now.
  private func column(forLast run: Run) -> Int? {
    if columns.indices.contains(run.column), columns[run.column].model == run.request.model {
      return columns[run.column].phase == .empty ? run.column : nil
    }
    return columns.firstIndex { $0.phase == .empty && $0.variant.asksTheSame(as: run.asked) }
  }

  /// Shows the attempts of a column, the first of them on top.
  mutating func show(_ attempts: [[RecordedRun]], inColumn index: Int) {
    for (place, chain) in attempts.enumerated() {
      show(chain, inColumn: index, isRepeat: place > 0)
    }
    columns[index].show(attempt: 0)
  }

  /// Shows a run, or the last step of a chain with those before it.
  private mutating func show(_ chain: [RecordedRun], inColumn index: Int, isRepeat: Bool) {
    guard let last = chain.last else { return }
    let number = takeNumber()
    let steps = chain.dropLast().map { step in
      let terms = terms(of: step.run)
      return EndedStep(
        label: step.run.stepLabel, answer: step.answer,
        cost: terms.price.map { Cost(of: step.answer, at: $0) })
    }
    columns[index].show(
      last, as: number, terms: terms(of: last.run), after: steps,
      plan: plan(of: last.run, number: number), isRepeat: isRepeat)
  }

  /// The plan by which a recorded run would be asked again.
  func plan(of run: Run, number: Int) -> RunPlan {
    RunPlan(
      number: number, column: run.column, promptText: run.promptText,
      promptPath: run.promptPath, promptName: prompt.name, draftName: prompt.draftName,
      inputs: run.inputs, request: run.request,
      step: run.step, variant: run.asked, repetition: run.repetition)
  }

  /// Clears a column for recordings to stream into; of a chain, the first step comes first.
  mutating func replay(_ attempts: [[RecordedRun]], inColumn index: Int) -> [ReplayPlan] {
    let plans = attempts.enumerated().compactMap { place, chain in
      replay(chain, inColumn: index, isRepeat: place > 0)
    }
    columns[index].show(attempt: 0)
    return plans
  }

  private mutating func replay(
    _ chain: [RecordedRun], inColumn index: Int, isRepeat: Bool
  ) -> ReplayPlan? {
    guard let recorded = chain.first else { return nil }
    let number = takeNumber()
    let terms = terms(of: recorded.run)
    let tokens = TokenEstimate.tokens(in: recorded.run.request.messages, ratio: terms.tokenRatio)
    columns[index].begin(
      run: number, inputTokens: tokens, terms: terms, passages: recorded.run.request.passages,
      isReplay: true, stepLabel: recorded.run.stepLabel,
      given: recorded.run.request.givenBeginning, isRepeat: isRepeat)
    columns[index].note(recorded, plan: plan(of: recorded.run, number: number))
    let delay = playback?.runs.delay(of: recorded) ?? 0
    columns[index].replayStart = delay
    if chain.count > 1 { columns[index].chain = .recorded(Array(chain.dropFirst())) }
    return ReplayPlan(
      number: number, events: recorded.events, given: recorded.run.request.givenBeginning,
      delay: delay, isFollowed: chain.count > 1 && recorded.isFollowable)
  }

  mutating func offerInterrupted(_ rows: [RunRow]) {
    guard let last = rows.last else { return }
    let what =
      rows.count == 1 ? "A run was interrupted:" : "\(rows.count) runs were interrupted, the last:"
    notice = Notice(
      .warning, "\(what) \(last.model), \(last.started). M-s finds what came of it.")
  }

  mutating func askForExport() {
    guard let session else {
      notice = Notice(.information, "There is nothing to export yet: ^R starts a session.")
      return
    }
    overlays.append(.line(LineInput(.exportSession, text: "\(session.name).jsonl")))
  }

  mutating func startNewSession() -> [Effect] {
    session = nil
    draftSession = nil
    origin = nil
    notice = Notice(.information, "The next run starts a new session.")
    return [.newSession, .schedule(.saveDraft, after: 500)]
  }
}
