import Core

// What each command does. Whatever takes more than a line lives with its concern.

extension State {
  mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .run: return run()
    case .cancel: return cancelAll()
    case .nextPane: moveFocus(by: 1)
    case .previousPane: moveFocus(by: -1)
    case .palette: overlays.append(.picker(commandPicker()))
    case .help: overlays.append(.help(HelpPage(scope: isSteering ? .playback : scope)))
    case .pickModel: overlays.append(.picker(modelPicker()))
    case .addColumn: return addColumn()
    case .removeColumn: return removeColumn()
    case .zoom: toggleZoom()
    case .nextArrangement: nextArrangement()
    case .toggleScrollingTogether: toggleScrollingTogether()
    case .findInAnswer: findInAnswer()
    case .nextMatch: showMatch(movedBy: 1)
    case .previousMatch: showMatch(movedBy: -1)
    case .dropMatches: dropAnswerSearch()
    case .sessions: return showSessions()
    case .openFound, .replayFound, .nameSession, .completeFilter: break
    case .evaluations: return showEvaluations()
    case .openEvaluation: return openEvaluation()
    case .newEvaluation: askForEvaluation()
    case .trainingSets: return showTrainingSets()
    case .openTrainingSet: return openTrainingSet()
    case .newTrainingSet: askForTrainingSet()
    case .removeTrainingSet: return removeTrainingSet()
    case .checkTrainingSet: return checkTrainingSet()
    case .approveExample: return mark(.approved)
    case .rejectExample: return mark(.rejected)
    case .approveAllExamples: return markAll(.approved)
    case .rejectAllExamples: return markAll(.rejected)
    case .undoCuration: return undoCuration(false)
    case .redoCuration: return undoCuration(true)
    case .filterExamples: askForExampleFilter()
    case .showAllExamples: return showAllExamples()
    case .goToExample: askForExampleNumber()
    case .editExample: editExample(whole: false)
    case .editWholeExample: editExample(whole: true)
    case .tagExample: askForExampleTag()
    case .showExample: showExample()
    case .openFinding: return openFinding()
    case .showFindingReport: showFindingReport()
    case .resumeEvaluation: return resumeEvaluation()
    case .startEvaluation: return startEvaluation()
    case .stopEvaluation: return stopEvaluation()
    case .openCase: return openCase()
    case .showPanel: showPanel()
    case .showLadder: return showLadder()
    case .showMap: return showMap()
    case .showFailed, .showChanged, .showFlaky, .showUnmeasured, .showNextTag, .showAllCases,
      .sortCases, .markVariant, .pickBaselineVariant:
      return changeGrid(command)
    case .findCase: askForCase()
    case .runAsVariant: return runAsVariant()
    case .saveCase: return saveCase()
    case .startScreen: return showStart()
    case .showTree: return showTree()
    case .openMoment: return openMoment()
    case .replayMoment: return replayMoment()
    case .replayBranch: return replayBranch()
    case .rerunMoment: return openMoment(for: .rerun)
    case .togglePause: return togglePause()
    case .playBack: return move(.time(by: -5000))
    case .playOn: return move(.time(by: 5000))
    case .eventBack: return move(.event(forward: false))
    case .eventOn: return move(.event(forward: true))
    case .tokenBack: return move(.token(forward: false))
    case .tokenOn: return move(.token(forward: true))
    case .playSlower: return changeSpeed(by: -1)
    case .playFaster: return changeSpeed(by: 1)
    case .playStart: return move(.start)
    case .playEnd: return move(.end)
    case .leavePlayback: return leavePlayback()
    case .markMoment: return markMoment()
    case .compareMoments: return compareMoments()
    case .nameBranch: askForBranchName()
    case .pruneMoment: return pruneMoment()
    case .undoPruning: return undoPruning()
    case .findMoment: overlays.append(.line(LineInput(.findMoment, text: lastTreeQuery)))
    case .parentMoment, .childMoment: break
    case .pickIndex: return [.listIndexes]
    case .openPrompt: overlays.append(.line(LineInput(.openPrompt)))
    case .savePrompt: return savePrompt()
    case .savePromptAs: askForName()
    case .exportSession: askForExport()
    case .importSession: overlays.append(.line(LineInput(.importSession)))
    case .newSession: return startNewSession()
    case .importPrompt: askForImport()
    case .lint: showFindings()

    case .versions: return showVersions()
    case .restoreVersion: return restoreVersion()
    case .compareVersion: return compareVersion()
    case .markVersion: return markVersion()
    case .nameVersion: askForVersionName()
    case .noteVersion: askForVersionNote()
    case .pickVersion: return pickVersion()
    case .pinBaseline: return pinBaseline()
    case .nextDifferenceView: showDifferenceNextWay()
    case .exportComparison: askForComparisonFile()
    case .toggleSupport: toggleSupport()
    case .leavePassageOut: return leavePassageOut()
    case .pickLeftOut: pickPassageToLeaveOut()
    case .rateGood: return rate(.good)
    case .rateBad: return rate(.bad)
    case .scoreOne: return score(1)
    case .scoreTwo: return score(2)
    case .scoreThree: return score(3)
    case .scoreFour: return score(4)
    case .scoreFive: return score(5)
    case .noteAnswer: askForNote()
    case .tagAnswer: return askForTags()
    case .pickBlind: return pickBlind()
    case .preferFirst: return prefer(.first)
    case .preferSecond: return prefer(.second)
    case .preferNeither: return prefer(.tie)
    case .rejectBoth: return prefer(.bothBad)
    case .skipPair: skipPair()
    case .nextPair: showNextPair()
    case .showWins: return showWins()
    case .askJudge: return askJudge()

    case .techniques: return showTechniques()
    case .addInstructions, .splitIntoSteps, .giveTimeToThink, .addExamples, .askForQuotes,
      .answerAsJSON:
      return apply(technique: command)
    case .toggleSteps: toggleSteps()

    case .showParts: return showParts()
    case .pickDataset: askForDataset()
    case .nextCase: return showCase(by: 1)
    case .previousCase: return showCase(by: -1)
    case .lockValue: return lockValue()

    case .suspend: return [.terminal(.suspend)]
    case .redraw: return [.terminal(.redraw)]
    case .quit: return quit()

    case .characterForward, .characterBackward, .wordForward, .wordBackward, .lineStart, .lineEnd,
      .rowUp, .rowDown, .pageUp, .pageDown, .textStart, .textEnd, .paragraphForward,
      .paragraphBackward:
      _ = edit { editor, room in Self.move(&editor, command, room) }
    case .newLine, .deleteBackward, .deleteForward, .killLine, .killLineStart, .killWord,
      .killWordBackward, .yank, .yankEarlier, .transpose:
      return change(command)
    case .undo: return goBack()
    case .redo: return goForward()

    case .setMark, .selectAll, .selectCharacterForward, .selectCharacterBackward,
      .selectWordForward, .selectWordBackward, .selectRowUp, .selectRowDown, .selectLineStart,
      .selectLineEnd, .selectTextStart, .selectTextEnd, .dropSelection:
      select(command)
    case .copySelection: return copySelection()
    case .find: askForFind()
    case .replace: askForReplacement()
    case .complete: return complete()
    case .matchingBrace: goToMatchingBrace()
    case .externalEditor: return editOutside()

    case .selectUp: selectBefore()
    case .selectDown: selectAfter()
    case .readPassage: return readPassage()
    case .openSource: return openSource()
    case .whyNot: overlays.append(.line(LineInput(.missedPassage)))
    case .measure: return measure()
    case .nextPassage: return showPassage(movedBy: 1)
    case .previousPassage: return showPassage(movedBy: -1)
    case .compareChunking: return compareChunking()
    case .showDetails: return showDetails()
    case .applyRemedy: return applyRemedy()
    case .pinPassage, .dropPassage, .movePassageUp, .movePassageDown, .undoPassage,
      .undoAllPassages:
      return scope == .absence ? pinMissedPassage() : curate(command)
    case .editPassage: editPassage()
    case .showExactText: showExactText()
    case .judgeRelevant: return judge(isRelevant: true)
    case .judgeNotRelevant: return judge(isRelevant: false)
    case .morePassages, .fewerPassages, .raiseBudget, .lowerBudget, .raiseVectorWeight,
      .lowerVectorWeight, .nextMethod, .nextFusion, .nextDiversity, .nextRewriting, .nextChunking,
      .toggleReranker, .resetRetrieval:
      return turn(command)
    case .filterPassages: askForFilter()
    case .scrollUp: scroll(.rows(-1))
    case .scrollDown: scroll(.rows(1))
    case .scrollPageUp: scroll(.pages(-1))
    case .scrollPageDown: scroll(.pages(1))
    case .scrollTop: scroll(.start)
    case .scrollEnd: scroll(.end)

    case .toggleThinking:
      withColumn { column, height in column.toggle(\.showsThinking, height: height) }
    case .toggleToolCalls:
      withColumn { column, height in column.toggle(\.showsToolCalls, height: height) }
    case .toggleRaw:
      withColumn { column, height in column.toggle(\.isRaw, height: height) }
    case .cancelColumn: return cancelFocused()
    case .copyAnswer: return copyAnswer()
    case .showWire: return showWire()
    case .showLogprobs: return showLogprobs()
    case .columnLeft: moveColumnFocus(by: -1)
    case .columnRight: moveColumnFocus(by: 1)

    case .sameBut: return askForChange()
    case .duplicateColumn: return duplicateColumn()
    case .restoreColumn: return restoreColumn()
    case .moveColumnLeft: return moveColumn(by: -1)
    case .moveColumnRight: return moveColumn(by: 1)
    case .nameColumn: askForColumnName()
    case .setParameters: askForParameters()
    case .repeatColumn: askForRepeatCount()
    case .nextAttempt: showAttempt(by: 1)
    case .previousAttempt: showAttempt(by: -1)
    case .columnSets: return [.columnSets(.list)]

    case .nextPart: moveWirePart(by: 1)
    case .previousPart: moveWirePart(by: -1)
    case .showRequest: showWirePart(.request)
    case .correctAnswer: return correctAnswer()
    case .nextSide: showNextSide()
    case .copyToFile: askForCopyFile()
    case .copyCode: return copyCode()
    // The answer's editor takes them itself.
    case .keepCorrection, .continueAnswer: break
    case .enterAnswer: enterAnswer()
    case .leaveAnswer: leaveAnswer()
    case .selectInAnswer: selectInAnswer()
    case .copyFromAnswer: return copyFromAnswer()
    case .cursorLeft, .cursorRight, .cursorUp, .cursorDown, .cursorPageUp, .cursorPageDown,
      .cursorWordForward, .cursorWordBackward, .cursorRowStart, .cursorRowEnd, .cursorStart,
      .cursorEnd:
      if let motion = command.answerMotion { move(inAnswer: motion) }

    case .showEvents: showWirePart(.events)
    case .showFindings: showWirePart(.findings)
    case .copyRequest: return copyRequest()
    case .copyStream: return copyStream()
    case .close: return closeOverlay()
    }
    return []
  }

  private mutating func quit() -> [Effect] {
    isQuitting = true
    return end()
  }

  // MARK: Texts

  private static func move(_ editor: inout Editor, _ command: Command, _ room: Rectangle) {
    let page = max(1, room.height - 1)
    switch command {
    case .rowUp: editor.moveRows(-1, width: room.width)
    case .rowDown: editor.moveRows(1, width: room.width)
    case .pageUp: editor.moveRows(-page, width: room.width)
    case .pageDown: editor.moveRows(page, width: room.width)
    default: if let motion = command.motion { editor.move(motion) }
    }
  }

  private mutating func change(_ command: Command) -> [Effect] {
    // Taken aside, since the text that changes belongs to the state, too.
    var killRing = killRing
    _ = edit { [focus] editor, _ in
      switch command {
      case .newLine: editor.insert("\n")
      case .yank: killRing.yank(into: &editor, in: focus)
      case .yankEarlier: _ = killRing.yankEarlier(into: &editor, in: focus)
      case .transpose: editor.transpose()
      default:
        let before = KillRing.Place(editor, in: focus)
        let removed = Self.delete(command, in: &editor)
        // Also where there was nothing to take away.
        editor.dropSelection()
        guard command.isKill else { return }
        killRing.add(
          removed, isBackward: command.isBackward, before: before,
          after: KillRing.Place(editor, in: focus))
      }
    }
    self.killRing = killRing
    return textChanged()
  }

  private static func delete(_ command: Command, in editor: inout Editor) -> String {
    if command.deletesSelection, let selection = editor.selection {
      return editor.delete(selection)
    }
    if command == .killLine { return editor.killToLineEnd() }
    return command.deletion.map { editor.delete($0) } ?? ""
  }

  // MARK: Columns

  /// The column that column commands are about: the focused one, else the first.
  var currentColumn: Int {
    if case .column(let index) = focus { index } else { 0 }
  }

  private mutating func withColumn(_ change: (inout Column, Int) -> Void) {
    guard columns.indices.contains(currentColumn) else { return }
    change(&columns[currentColumn], columnInside(currentColumn).height)
  }

  private mutating func moveColumnFocus(by step: Int) {
    focus(on: .column(max(0, min(currentColumn + step, columns.count - 1))))
  }

  // MARK: Scrolling

  /// Where keys go: to an overlay with keys of its own when it is on top, else to the focus.
  var scope: Scope {
    switch overlays.last {
    case .wire: .wire
    case .versions: .versions
    case .passage: .passage
    case .absence: .absence
    case .measuring: .measuring
    case .blind: .blind
    case .wins: .wins
    case .judging: .judging
    case .tree: .tree
    case .sessions: .sessions
    case .evaluations: .evaluations
    case .evaluationPlan: .evaluationPlan
    case .grid: .grid
    case .trainingSets: .trainingSets
    case .trainingExamples: .trainingExamples
    case .findings: .findings
    case .ladder: .ladder
    case .map: .map
    case .answerEditor: .correcting
    default: paneScope
    }
  }

  /// Where keys go when no overlay takes them.
  public var paneScope: Scope {
    if case .column(let index) = focus, columns.indices.contains(index),
      columns[index].cursor != nil
    {
      return .answer
    }
    return focus.scope
  }

  private mutating func scroll(_ step: ScrollStep) {
    switch scope {
    case .wire: scrollWire(step)
    case .passage, .absence, .measuring, .wins, .judging: scrollInspection(step)
    case .blind: scrollBlind(step)
    case .evaluationPlan: scrollPlan(step)
    case .ladder: scrollLadder(step)
    case .map: scrollMap(step)
    case .context: scrollContext(step)
    case .column, .answer: scrollColumn(step, at: currentColumn)
    case .text, .anywhere, .correcting, .versions, .tree, .sessions, .playback, .evaluations,
      .grid, .trainingSets, .trainingExamples, .findings:
      break
    }
  }

  private mutating func scrollContext(_ step: ScrollStep) {
    switch step {
    case .rows(let rows): selectPassage(context.selection + rows)
    case .pages(let pages):
      selectPassage(
        context.selection + pages * max(1, contextHeight / ContextPane.rowsPerPassage - 1))
    case .start: selectPassage(0)
    case .end: selectPassage(context.found.count - 1)
    }
  }
}
