import Core

// Takes in what has happened, and says what is to be done about it. The parts of this room each
// change the state for one concern; nothing else changes it.

/// Changes the state by one event, and gives the effects to be carried out, in their order.
///
/// It depends on state and event alone, and never waits.
public func update(_ state: inout State, _ event: Event) -> [Effect] {
  state.comparingAnswers { state in
    state.followingSupport { state in
      if case .input(let input) = event { return state.keepingPlace { $0.take(input) } }
      return state.followingText { $0.take(event) }
    }
  }
}

extension State {
  fileprivate mutating func take(_ event: Event) -> [Effect] {
    switch event {
    case .input(let input): return take(input)

    case .timer(.settle): return settleInTime()
    case .timer(.saveDraft): return [.saveDraft(draft)] + saveCorrectionDraft()
    case .timer(.second): return countSecond()
    case .timer(.compare): return compareInTime()
    case .timer(.nextMoment): return playNextMoment()

    case .promptParsed(let parsed): return take(parsed)

    case .passagesFound(let result): return take(result)
    case .searchFailed(let number, let problem): return searchFailed(number, problem)
    case .inputsRead(let number, let files): return take(files, of: number)
    case .datasetRead(let number, let dataset, let path):
      return take(dataset, at: path, of: number)
    case .datasetFailed(let number, let problem): datasetFailed(number, problem)
    case .editedOutside(let target, let result): return editedOutside(target, result)
    case .viewedOutside(let problem):
      if let problem { notice = Notice(.error, problem) }
    case .inspected(let number, let inspection): take(inspection, of: number)
    case .sourceFound(let view): return show(view)
    case .stream(let update): return take(update)
    case .examplesFound(let request, let examples): return take(examples, for: request)
    case .answerCompared(let compared): take(compared)
    case .wireExamined(let number, let findings): return take(findings, of: number)
    case .supportExamined(let examined): take(examined)

    case .modelsFound(let models): add(models)
    case .catalogChanged(let catalog): self.catalog = catalog
    case .indexesListed(let names): showIndexes(names)
    case .relevanceRead(let relevance): self.relevance = relevance

    case .draftSaved(let time): savedTime = time
    case .historyRead(let place, let history): return historyRead(history, at: place)
    case .promptSaved(let path, let text, let aside):
      return promptSaved(path: path, text: text, aside: aside)
    case .promptFileFound(let file): return promptFileFound(file)
    case .promptFolderChanged: return readPartialsInTime() + listPartials()
    case .promptOpened(let draft): return promptOpened(draft)
    case .partialsRead(let partials, let path): return partialsRead(partials, path: path)
    case .partialsListed(let names, let path):
      if path == prompt.path { prompt.partialNames = names }

    case .sessionsListed(let rows): take(rows)
    case .evaluations(let reply): return take(reply)
    case .training(let reply): return take(reply)
    case .runsFound(let number, let found): take(found, of: number)
    case .treeRead(let tree, let run): return show(tree, at: run)
    case .treeFollowed(let tree):
      return treePage?.tree.session.id == tree.session.id ? show(tree, at: nil) : []
    case .momentRead(let number, let report): take(report, of: number)
    case .storeChanged: return followStore()
    case .opinionsRead(let rows): takeOpinions(rows)
    case .lessonsListed(let lessons): add(lessons)
    case .lastRunsLoaded(let runs, let prompt): showLast(runs, of: prompt)
    case .baselineLoaded(let recorded): take(baseline: recorded)
    case .runsLoaded(let runs, let revisit): return show(runs, for: revisit)
    case .playbackMoved(let position): return playbackMoved(to: position)
    case .playbackRewound: return playbackRewound()
    case .sessionChanged(let session): self.session = session
    case .runsInterrupted(let rows): offerInterrupted(rows)
    case .runsBegan(let runs): return take(runs)
    case .versions(let reply): return take(reply)
    case .columnSetsListed(let sets): show(sets)
    case .preferencesRead(let reading): take(reading)
    case .tagsRead(let tags, let run): showTags(inUse: tags, of: run)
    case .rubricRead(let rubric): pickJudge(by: rubric)
    case .noticed(let notice): self.notice = notice
    }
    return []
  }

  /// What the program asks for when it starts: it shows what is there, and looks around.
  public mutating func start() -> [Effect] {
    // Documents are looked at before they are searched.
    readHistory() + [.lookAround(session: draftSession)] + loadLastRuns() + loadBaseline()
      + resumeDataset()
      + settleInTime()
      + (prompt.path == nil ? [] : watch()) + [findVersions(), .schedule(.saveDraft, after: 500)]
  }

  /// What is to be done when the program is ended from outside.
  public func end() -> [Effect] {
    cancelRunning() + [.saveDraft(draft)] + saveCorrectionDraft()
      + (evaluations.running == nil ? [] : [.evaluations(.stop)])
  }

  mutating func add(_ found: [ModelReference]) {
    models = Set(models + found).sorted { a, b in
      a.isBuiltin == b.isBuiltin ? a < b : a.isBuiltin
    }
    // A picker of models that is open takes them in at once.
    if case .picker(var picker)? = overlays.last, case .models(let column) = picker.kind {
      picker.replaceItems(modelItems(column: column), height: pickerHeight)
      overlays[overlays.count - 1] = .picker(picker)
    }
  }

  // MARK: Room

  /// Lays out anew what depends on the size of its pane.
  mutating func reflow() {
    for index in columns.indices {
      let inside = columnInside(index)
      columns[index].reflow(width: inside.width, height: inside.height)
    }
    layOutWire()
    layOutVersions()
    layOutTree()
    layOutSessions()
    layOutEvaluations()
    layOutTraining()
    layOutExactText()
    layOutInspection()
    layOutBlind()
    revealCursor()
    context.select(context.selection, height: contextHeight)
  }

  /// The text of a column, without its border and its line of numbers.
  func columnInside(_ index: Int) -> Rectangle { Layout.columnText(frame: columnFrame(index)) }

  /// A column with its border; one that isn't shown keeps the room that it would have.
  func columnFrame(_ index: Int) -> Rectangle {
    layout.columns.first { $0.index == index }?.frame
      ?? layout(focus: .column(index)).columns.first { $0.index == index }?.frame
      ?? Rectangle(size: size)
  }

  var contextHeight: Int { (layout.context ?? Rectangle(size: size)).inside.height }

  var pickerHeight: Int { Layout.pickerItems(size: size).height }

  var wireArea: Rectangle { Layout.wireText(size: size) }

  var pageHeight: Int { Layout.pageFrame(size: size).inside.height }

  /// Where the prompt's text and its fields stand in their pane.
  public var promptLayout: PromptLayout {
    let layout = layout
    let frame = layout.prompt ?? Rectangle(size: size)
    return PromptLayout(
      frame: frame, form: inputForm(in: frame), focus: focus, isAlone: layout.tabs != nil)
  }

  /// The pane of the text that has the focus.
  var textRoom: Rectangle {
    let layout = promptLayout
    if case .field(let place) = focus, let field = layout.fields.first(where: { $0.index == place })
    {
      return field.value
    }
    return layout.text
  }

  /// Changes the text that has the focus, be it in an editor over the panes, and keeps its cursor in sight.
  mutating func edit<Result>(_ change: (inout Editor, Rectangle) -> Result) -> Result? {
    if var page = pageEditor {
      let room = Layout.pageFrame(size: size).inside
      let result = change(&page.editor, room)
      page.editor.revealCursor(width: room.width, height: room.height)
      overlays[overlays.count - 1] = .pageEditor(page)
      return result
    }
    if var page = answerEditor, let place = overlays.firstIndex(of: .answerEditor(page)) {
      let room = answerEditorFrame(page).inside
      let result = change(&page.editor, room)
      page.editor.revealCursor(width: room.width, height: room.height)
      overlays[place] = .answerEditor(page)
      return result
    }
    let room = textRoom
    switch focus {
    case .prompt:
      defer { prompt.editor.revealCursor(width: room.width, height: room.height) }
      return change(&prompt.editor, room)
    case .field(let place) where prompt.fields.indices.contains(place):
      let result = change(&prompt.fields[place].editor, room)
      // The form makes room for what was typed.
      let room = textRoom
      prompt.fields[place].editor.revealCursor(
        width: room.width, height: room.height, fillsPane: true)
      return result
    case .field, .context, .column: return nil
    }
  }

  mutating func revealCursor() {
    _ = edit { _, _ in }
  }
}
