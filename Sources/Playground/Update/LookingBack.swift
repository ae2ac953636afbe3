import Core

// Sessions and their runs: listed, opened, replayed, exported.

extension State {
  mutating func showSessions(_ rows: [SessionRow]) {
    let items = rows.map { row in
      Picker.Item(
        row.name, detail: "\(row.runCount) \(row.runCount == 1 ? "run" : "runs") · \(row.lastUsed)",
        choice: .session(row.id))
    }
    overlays.append(
      .picker(Picker(.sessions, items: items, emptyText: "There are no runs yet: ^R makes one.")))
  }

  mutating func showRuns(_ rows: [RunRow]) {
    let items = rows.map { row in
      Picker.Item(
        "\(row.started)  \(row.model)  \(row.beginning)",
        detail: (row.rating.map { "\($0.sign) · " } ?? "")
          + (row.finishReason?.words ?? "streaming"),
        choice: .run(row.id))
    }
    overlays.append(.picker(Picker(.runs, items: items)))
  }

  /// Puts everything back as it was when these runs were made; or plays them again.
  mutating func show(_ runs: [RecordedRun], replay: Bool) -> [Effect] {
    guard let first = runs.first?.run else { return [] }
    var effects = cancelRunning() + [.saveDraft(draft)]
    overlays.removeAll()
    runsAfterSearch = false
    // A text from the past gets a draft of its own: neither a file's nor another draft's is touched.
    prompt.open(text: first.promptText, name: Draft.name(ofRun: first), inputs: first.inputs)
    context.passages = first.request.passages
    context.cut = []
    context.problem = nil
    context.pendingSearch = nil
    // These passages are the run's own: the index is asked again when the question changes.
    context.query = prompt.question
    countTokens()
    columns = runs.prefix(Self.mostColumns).map { recorded in
      var column = Column(model: recorded.run.request.model, width: 1)
      if recorded.run.promptText != first.promptText {
        column.awaitedVersion = PromptVersion.hash(of: recorded.run.promptText)
      }
      return column
    }
    focus(on: .column(0))
    let shown = runs.prefix(Self.mostColumns)
    if replay {
      effects += [.replay(self.replay(Array(shown))), .postpone(.second, by: 1000)]
    } else {
      for (index, recorded) in shown.enumerated() {
        let number = takeNumber()
        columns[index].show(recorded, as: number, terms: terms(of: recorded.run))
      }
    }
    notice = Notice(
      .information,
      replay
        ? "A replay, at the pace it had: ^C stops it."
        : "As it was then, in a draft of its own. ^R runs it again; M-u brings your text back, M-h "
          + "shows the versions.")
    return effects + [findVersions(), .schedule(.saveDraft, after: 500)]
  }

  /// Clears the columns for recordings to stream into.
  private mutating func replay(_ runs: [RecordedRun]) -> [ReplayPlan] {
    runs.enumerated().map { index, recorded in
      let number = takeNumber()
      let terms = terms(of: recorded.run)
      let tokens = TokenEstimate.tokens(
        in: recorded.run.request.messages, ratio: terms.tokenRatio)
      columns[index].begin(run: number, inputTokens: tokens, terms: terms, isReplay: true)
      columns[index].recordedRun = recorded.run.id
      columns[index].rating = recorded.rating
      return ReplayPlan(number: number, events: recorded.events)
    }
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
    notice = Notice(.information, "The next run starts a new session.")
    return [.newSession, .schedule(.saveDraft, after: 500)]
  }
}
