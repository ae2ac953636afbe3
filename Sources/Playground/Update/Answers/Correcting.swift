import Core

// An answer corrected by hand: opened in an editor in its place, kept, left as a draft. What is typed
// is never lost: it is saved as the prompt's draft is, and found again by the next `e`.

extension State {
  mutating func correctAnswer() -> [Effect] {
    let index = currentColumn
    let column = columns[index]
    guard !column.isRunning, column.answer.isFinished else {
      notice = Notice(
        .information,
        column.phase == .empty
          ? "There is no answer to correct yet: ^R runs the prompt."
          : "An answer can be corrected once it has ended: c cancels this one.")
      return []
    }
    guard let run = column.recordedRun else {
      notice = Notice(.information, "This run is not kept, so it can't be corrected.")
      return []
    }
    let editor = AnswerEditor(
      column: index, run: run, text: column.wantedText, draft: column.correctionDraft)
    if editor.isChanged {
      notice = Notice(.information, "This is what you typed before: M-u takes it back.")
    }
    vi?.leave()
    overlays.append(.answerEditor(editor))
    revealCursor()
    return []
  }

  /// The answer that is being corrected.
  var answerEditor: AnswerEditor? {
    for case .answerEditor(let page) in overlays { return page }
    return nil
  }

  /// Whether that is on top.
  var isCorrecting: Bool { if case .answerEditor? = overlays.last { true } else { false } }

  /// Where it is edited: in its column.
  public func answerEditorFrame(_ page: AnswerEditor) -> Rectangle { columnFrame(page.column) }

  /// What is to be saved of an answer that is being corrected.
  func saveCorrectionDraft() -> [Effect] {
    answerEditor.map { [.saveCorrectionDraft(run: $0.run, $0.draft)] } ?? []
  }

  // MARK: Keys

  mutating func takeInAnswerEditor(_ key: Key, _ textCommand: Command?) -> [Effect] {
    // In vi's other modes Escape leads back to the normal one.
    let isLeaving =
      key.code == .escape && vi.map { $0.mode == .normal && $0.pendingKeys.isEmpty } ?? true
    if !isLeaving, let effects = takeInVi(key) {
      keepViCursor()
      return effects
    }
    let command = CommandTable.command(for: key, in: .correcting) ?? textCommand
    switch command {
    case .keepCorrection: return keepCorrection()
    case .continueAnswer: return continueAnswer()
    case .close, .cancel: return leaveAnswerEditor()
    case .help, .externalEditor, .undo, .redo: return command.map { perform($0) } ?? []
    case let command? where command.worksOnAnyText: return perform(command)
    case nil:
      guard case .character(let character) = key.code, key.modifiers.isEmpty else { return [] }
      return insertIntoAnswer(String(character))
    default: return []
    }
  }

  mutating func insertIntoAnswer(_ text: String) -> [Effect] {
    _ = edit { editor, _ in editor.insert(text) }
    return textChanged()
  }

  private mutating func keepCorrection() -> [Effect] {
    guard let page = answerEditor else { return [] }
    let text = page.editor.text
    closeAnswerEditor()
    guard page.isChanged else {
      notice = Notice(.information, "Nothing was changed, so there is nothing to keep.")
      return take(correctionDraft: nil, of: page.run)
    }
    let isOriginal = text.hasSameBytes(as: columns[page.column].answer.text)
    for index in columns.indices where columns[index].recordedRun == page.run {
      columns[index].take(
        correction: text, draft: nil, height: columnInside(index).height)
    }
    notice = Notice(
      .success,
      isOriginal
        ? "The answer counts as the model gave it."
        : "The correction counts from now on: V shows what differs, and the original.")
    return [.correct(run: page.run, text)]
  }

  /// Nothing that was typed is lost by it.
  private mutating func leaveAnswerEditor() -> [Effect] {
    guard let page = answerEditor else { return [] }
    closeAnswerEditor()
    if page.isChanged {
      notice = Notice(.information, "What you typed is kept as a draft: e goes on with it.")
    }
    return take(correctionDraft: page.draft, of: page.run)
  }

  private mutating func closeAnswerEditor() {
    overlays.removeAll { if case .answerEditor = $0 { true } else { false } }
    vi?.leave()
    reflow()
  }

  private mutating func take(correctionDraft draft: String?, of run: Identifier) -> [Effect] {
    for index in columns.indices where columns[index].recordedRun == run {
      columns[index].correctionDraft = draft
    }
    return [.saveCorrectionDraft(run: run, draft)]
  }

  // MARK: Going on from it

  /// Has the column's model go on from the text before the cursor.
  private mutating func continueAnswer() -> [Effect] {
    guard let page = answerEditor, let plan = columns[page.column].plan else { return [] }
    let column = columns[page.column]
    guard column.runsUnderWay.isEmpty else {
      notice = Notice(.information, "The other attempts of this column still run: ^C cancels them.")
      return []
    }
    var next = plan
    next.request.model = column.model
    next.variant?.model = column.model
    do throws(ContinuationRefusal) {
      next.request = try catalog.request(next.request, continuing: page.beginning)
    } catch {
      notice = Notice(.warning, error.description)
      return []
    }
    let effects = leaveAnswerEditor()
    notice = nil
    next.number = takeNumber()
    next.column = page.column
    next.previous = nil
    next.repetition = nil
    next.parent = page.run
    let terms = terms(of: column.model, parameters: next.request.parameters)
    columns[page.column].begin(
      run: next.number,
      inputTokens: TokenEstimate.tokens(in: next.request.messages, ratio: terms.tokenRatio),
      terms: terms, passages: next.request.passages, stepLabel: column.stepLabel,
      given: next.request.givenBeginning)
    columns[page.column].plan = next
    columns[page.column].asked = next.variant
    layOutWire()
    return effects + [.startRuns([next]), .schedule(.second, after: 1000)]
  }

  // MARK: What is shown

  /// Shows the correction, then what differs, then the original.
  mutating func showNextSide() {
    let index = currentColumn
    guard columns[index].isCorrected else {
      notice = Notice(.information, "This answer is not corrected: e corrects it.")
      return
    }
    let sides = AnswerSide.allCases
    let place = sides.firstIndex(of: columns[index].side).map { ($0 + 1) % sides.count } ?? 0
    columns[index].show(sides[place], height: columnInside(index).height)
  }
}
