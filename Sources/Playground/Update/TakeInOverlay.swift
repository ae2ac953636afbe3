import Core

// Keys while something lies over the panes.

extension State {
  mutating func takeInOverlay(_ key: Key) -> [Effect] {
    guard let overlay = overlays.last else { return [] }
    let command = CommandTable.command(for: key, inPane: .text)
    if pageEditor == nil, !isCorrecting, key.code == .escape || command == .cancel {
      if let effects = takeCancelAmongEvaluations(command) { return effects }
      return closeOverlay()
    }
    switch command {
    case .quit, .suspend, .redraw: return command.map { perform($0) } ?? []
    default: break
    }
    switch overlay {
    case .tokens(let page) where key == Key("p"):
      hideProbabilities(of: page)
      return []
    case .help, .parts, .tokens: return takeInPage(key)
    case .pageEditor: return takeInPageEditor(key, command)
    case .answerEditor: return takeInAnswerEditor(key, command)
    case .exactText(let page):
      if key == Key("y") { return copy(page.copied, named: "what the prompt receives") }
      return takeInPage(key)
    case .wire, .passage, .absence, .measuring, .blind, .wins, .judging, .evaluationPlan,
      .ladder, .map:
      return CommandTable.command(for: key, in: scope).map { perform($0) } ?? []
    case .versions: return takeInVersions(key)
    case .tree: return takeInTree(key)
    case .sessions: return takeInSessions(key, command)
    case .evaluations: return takeInEvaluations(key)
    case .grid: return takeInGrid(key)
    case .trainingSets: return takeInTrainingSets(key)
    case .trainingExamples: return takeInExamples(key)
    case .findings: return takeInFindings(key)
    case .picker(let picker): return take(key, command, in: picker)
    case .examples(let list): return take(key, in: list)
    case .line(let line): return take(key, command, in: line)
    }
  }

  mutating func pasteInOverlay(_ text: String) -> [Effect] {
    if case .pageEditor? = overlays.last {
      insertIntoPage(text)
      return []
    }
    if isCorrecting { return insertIntoAnswer(text) }
    let line = text.prefix { !$0.isNewline }
    if case .sessions? = overlays.last { return changeRunQuery { $0.insert(String(line)) } }
    changeOverlayText { $0.insert(String(line)) }
    return []
  }

  // MARK: Pages

  private mutating func takeInPage(_ key: Key) -> [Effect] {
    switch key.code {
    case .up, .character("k"): scrollOverlay(by: -1)
    case .down, .character("j"): scrollOverlay(by: 1)
    case .pageUp, .character("b"): scrollOverlay(by: -pageHeight)
    case .pageDown, .character(" "): scrollOverlay(by: pageHeight)
    case .home, .character("g"): scrollOverlay(by: -1_000_000)
    case .end, .character("G"): scrollOverlay(by: 1_000_000)
    case .character("q"), .character("?"), .enter: overlays.removeLast()
    default: break
    }
    return []
  }

  mutating func scrollOverlay(by rows: Int) {
    guard let overlay = overlays.last else { return }
    let last = overlays.count - 1
    switch overlay {
    case .help(var page):
      page.top = max(0, min(page.top + rows, page.rows.count - pageHeight))
      overlays[last] = .help(page)
    case .passage, .absence, .measuring, .wins, .judging: scrollInspection(.rows(rows))
    case .blind: scrollBlind(.rows(rows))
    case .parts(var page):
      page.top = max(0, min(page.top + rows, page.rows.count - pageHeight))
      overlays[last] = .parts(page)
    case .tokens(var page):
      let count = columns[page.column].answer.logprobs.count
      page.top = max(0, min(page.top + rows, count - pageHeight))
      overlays[last] = .tokens(page)
    case .pageEditor(var page):
      page.editor.scroll(rows, width: Layout.pageFrame(size: size).inside.width)
      overlays[last] = .pageEditor(page)
    case .answerEditor(var page):
      page.editor.scroll(rows, width: answerEditorFrame(page).inside.width)
      overlays[last] = .answerEditor(page)
    case .exactText(var page):
      page.scroll(.rows(rows), height: Layout.exactText(size: size).height)
      overlays[last] = .exactText(page)
    case .wire: scrollWire(.rows(rows))
    case .versions: scrollDifference(.rows(rows))
    case .tree: scrollTreeReport(.rows(rows))
    case .sessions: selectInSessions(by: rows.signum())
    case .evaluations: selectEvaluation(evaluations.list.selection + rows.signum())
    case .evaluationPlan: scrollPlan(.rows(rows))
    case .grid: wheelGrid(rows)
    case .trainingSets: selectTrainingSet(training.sets.selection + rows.signum())
    case .trainingExamples: wheelExamples(rows.signum())
    case .findings: selectFinding((training.findings?.selection ?? 0) + rows.signum())
    case .ladder: scrollLadder(.rows(rows))
    case .map: scrollMap(.rows(rows))
    case .examples(var list):
      list.select(list.selection + rows.signum(), height: exampleArea.height)
      overlays[last] = .examples(list)
    case .picker(var picker):
      picker.select(picker.selection + rows.signum(), height: pickerHeight)
      overlays[last] = .picker(picker)
    case .line: break
    }
  }

  // MARK: Lists and lines

  private mutating func take(_ key: Key, _ command: Command?, in picker: Picker) -> [Effect] {
    switch (key.code, command) {
    case (.enter, _):
      guard let choice = typedCase(in: picker) ?? picker.selected?.choice ?? typedModel(in: picker)
      else { return [] }
      return choose(choice)
    case (.up, _), (_, .palette): movePicker(by: -1)
    case (.down, _), (.tab, _), (.character("n"), .rowDown): movePicker(by: 1)
    case (.pageUp, _): movePicker(by: -pickerHeight)
    case (.pageDown, _): movePicker(by: pickerHeight)
    case (.character("x"), _) where key.modifiers == .alt:
      guard case .columnSet(let set)? = picker.selected?.choice else { return [] }
      return delete(set)
    default: typeInOverlay(key, command)
    }
    return []
  }

  /// A model by the name that was typed, where no server lists it: gateways list few of theirs.
  private func typedModel(in picker: Picker) -> Picker.Choice? {
    guard case .models(let column) = picker.kind,
      let model = ModelReference(picker.filter.text.split(separator: " ").joined()),
      catalog.knowsProvider(of: model)
    else { return nil }
    return .model(model, column: column)
  }

  private mutating func movePicker(by rows: Int) {
    guard case .picker(var picker)? = overlays.last else { return }
    picker.select(picker.selection + rows, height: pickerHeight)
    overlays[overlays.count - 1] = .picker(picker)
  }

  private mutating func take(_ key: Key, _ command: Command?, in line: LineInput) -> [Effect] {
    if key.code == .tab {
      var line = line
      line.completeTag()
      overlays[overlays.count - 1] = .line(line)
      return []
    }
    guard key.code == .enter else {
      typeInOverlay(key, command)
      return []
    }
    let text = line.editor.text
    let isAnswer = !text.isEmpty || line.purpose.takesNothing
    if !isAnswer || !line.purpose.staysUntilRead { overlays.removeLast() }
    guard isAnswer else { return [] }
    switch line.purpose {
    case .openPrompt: return [.readPrompt(path: text)]
    case .openDataset: return openDataset(at: text)
    case .savePromptAs: return savePrompt(as: text)
    case .exportSession: return [.exportSession(path: text)]
    case .exportComparison: return exportComparison(to: text)
    case .importSession: return [.importSession(path: text)]
    case .nameVersion(let hash): return nameVersion(hash, text)
    case .noteVersion(let hash): return noteVersion(hash, text)
    case .note(let run): return note(text, on: run)
    case .tags(let run, _): return tag(run, with: text)
    case .nameColumn(let column): return name(column: column, text)
    case .parameters(let column): return set(parametersOf: column, text)
    case .repeatCount(let column): return `repeat`(column: column, text)
    case .saveColumnSet: return saveColumnSet(named: text)
    case .nameBranch(let moment, let before): return name(moment, before: before, text)
    case .findMoment: return findMoment(text)
    case .nameSession(let session): return [.nameSession(session, text)]
    case .evaluationFile: return planEvaluation(at: text)
    case .findCase: findCases(text)
    case .trainingSetName: return createTrainingSet(text)
    case .exampleFilter: return filterExamples(by: text)
    case .exampleNumber: return goToExample(text)
    case .exampleTag(let number): return tagExample(number, with: text)
    case .caseFile: return saveCase(to: text)
    case .exampleFile: offerExamples(ofFile: text)
    case .importPrompt: return [.importPrompt(path: text)]
    case .copyToFile(let answer): return [.writeFile(path: text, answer)]
    case .filterPassages: return filter(by: text)
    case .missedPassage: return explainAbsence(of: text)
    }
    return []
  }

  /// Closes a line that was kept until what it names was read.
  mutating func closeLine(for purposes: LineInput.Purpose...) {
    if case .line(let line)? = overlays.last, purposes.contains(line.purpose) {
      overlays.removeLast()
    }
  }

  private mutating func typeInOverlay(_ key: Key, _ command: Command?) {
    changeOverlayText { editor in
      if let motion = command?.motion {
        editor.move(motion)
      } else if let deletion = command?.deletion {
        editor.delete(deletion)
      } else if case .character(let character) = key.code, key.modifiers.isEmpty {
        editor.insert(String(character))
      }
    }
  }

  private mutating func changeOverlayText(_ change: (inout Editor) -> Void) {
    guard let overlay = overlays.last else { return }
    switch overlay {
    case .picker(var picker):
      let before = picker.filter.text
      change(&picker.filter)
      if picker.filter.text != before { picker.select(0, height: pickerHeight) }
      overlays[overlays.count - 1] = .picker(picker)
    case .line(var line):
      change(&line.editor)
      overlays[overlays.count - 1] = .line(line)
    case .help, .passage, .pageEditor, .answerEditor, .exactText, .absence, .measuring, .parts,
      .blind, .wins, .judging, .wire, .tokens,
      .versions, .tree, .sessions, .examples, .evaluations, .evaluationPlan, .grid,
      .ladder, .map, .trainingSets, .trainingExamples, .findings:
      break
    }
  }

  private mutating func choose(_ choice: Picker.Choice) -> [Effect] {
    switch choice {
    case .command(let command):
      overlays.removeLast()
      return perform(command)
    case .model(let model, let column):
      overlays.removeLast()
      if columns.indices.contains(column) { columns[column].variant.model = model }
      return columnsChanged()
    case .judge(let model, let rubric):
      overlays.removeLast()
      return judge(by: model, rubric)
    case .index(let name):
      overlays.removeLast()
      return pickIndex(name)
    case .datasetCase(let index):
      overlays.removeLast()
      return show(caseAt: index)
    case .otherDataset:
      overlays.removeLast()
      askForDatasetFile()
      return []
    case .noDataset:
      overlays.removeLast()
      return detachDataset()
    case .version(let hash, let column):
      overlays.removeLast()
      return choose(version: hash, column: column)
    case .leaveOut(let origin, let column):
      overlays.removeLast()
      return leaveOut(origin, inColumn: column)
    case .lesson(let lesson): return [.openLesson(lesson)]
    case .stay:
      overlays.removeLast()
      return []
    case .sameBut(let variant, let title, let column):
      overlays.removeLast()
      return add(variant, like: column, but: title)
    case .columnSet(let set):
      overlays.removeLast()
      return bringBack(set)
    case .newColumnSet:
      overlays.removeLast()
      overlays.append(.line(LineInput(.saveColumnSet)))
      return []
    case .technique(let technique):
      overlays.removeLast()
      return apply(technique)
    case .examples(let request):
      overlays.removeLast()
      return [.loadExamples(request)]
    case .exampleFile:
      overlays.removeLast()
      overlays.append(.line(LineInput(.exampleFile)))
      return []
    case .finding(let finding):
      overlays.removeLast()
      go(to: finding)
      return []
    case .resolveConflict(let choice):
      overlays.removeLast()
      return resolveConflict(choice)
    }
  }
}
