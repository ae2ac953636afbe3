import Core

// A judge model is asked which of two columns is better. Its questions are runs like any other: they
// are kept, billed, and stopped in the same way.

extension State {
  mutating func askJudge() -> [Effect] {
    guard !isRunning else {
      notice = Notice(.information, "The columns are still running: ^C cancels them.")
      return []
    }
    guard !comparablePairs.isEmpty else {
      refuseToCompare()
      return []
    }
    return [.readRubric]
  }

  /// Asks which model is to judge by a rubric.
  mutating func pickJudge(by rubric: JudgePrompt) {
    let items = models.map { model in
      Picker.Item(model.description, choice: .judge(model, rubric))
    }
    overlays.append(.picker(Picker(.judges, items: items)))
  }

  /// Has a model compare all columns, each two in both orders.
  mutating func judge(by model: ModelReference, _ rubric: JudgePrompt) -> [Effect] {
    let pairs = comparablePairs
    guard !pairs.isEmpty, !isRunning else { return [] }
    let comparison = variantComparison
    func name(of place: ComparablePair.Place) -> String {
      let traits = comparison.differences[place.column].map(\.text).joined(separator: ", ")
      return Column.letter(of: place.column) + (traits.isEmpty ? "" : " (\(traits))")
    }
    var questions: [JudgingPage.Question] = []
    do throws(JudgePromptError) {
      for (number, pair) in pairs.enumerated() {
        for isSwapped in [false, true] {
          questions.append(
            JudgingPage.Question(
              pair: number, isSwapped: isSwapped,
              plan: try plan(for: pair, isSwapped: isSwapped, by: model, rubric)))
        }
      }
    } catch {
      notice = Notice(.error, "\(error)")
      return []
    }
    var page = JudgingPage(
      model: model, judge: .model(model, rubric: rubric.hash),
      pairs: pairs.map { pair in
        JudgingPage.Pair(
          sides: [pair.first.side, pair.second.side],
          names: [name(of: pair.first), name(of: pair.second)])
      }, questions: questions)
    let plans = page.takeNext()
    overlays.append(.judging(page))
    return [.startRuns(plans)]
  }

  private mutating func plan(
    for pair: ComparablePair, isSwapped: Bool, by model: ModelReference, _ rubric: JudgePrompt
  ) throws(JudgePromptError) -> RunPlan {
    let order = isSwapped ? [pair.second, pair.first] : [pair.first, pair.second]
    let question = columns[order[0].column].plan?.request.question ?? ""
    // Those that either answer was given, each once, in an order that tells nothing of which.
    var seen: Set<PassageOrigin> = []
    let passages = [pair.first, pair.second].flatMap { columns[$0.column].passages }
      .filter { seen.insert($0.origin).inserted }
    let answers = order.map { columns[$0.column].answer.text }
    let messages = try rubric.messages(
      question: question, passages: passages, answers: (answers[0], answers[1]))
    return RunPlan(
      number: takeNumber(), column: 0, promptText: rubric.text, promptPath: rubric.path,
      promptName: prompt.name, draftName: rubric.path, inputs: [:],
      request: CompletionRequest(
        model: model, messages: messages, parameters: rubric.file.parameters, question: question,
        passages: []))
  }

  /// Takes in what a stream said that belongs to no column.
  mutating func takeForJudge(_ update: StreamUpdate) -> [Effect] {
    for place in overlays.indices {
      guard case .judging(var page) = overlays[place],
        page.questions.contains(where: { $0.plan.number == update.number })
      else { continue }
      let preference = page.take(update)
      let plans = page.takeNext()
      overlays[place] = .judging(page)
      return (preference.map { [.addPreferences([$0])] } ?? [])
        + (plans.isEmpty ? [] : [.startRuns(plans)])
    }
    return []
  }

  /// The runs of judges that are under way.
  var judgesUnderWay: [Int] {
    overlays.flatMap { overlay in
      if case .judging(let page) = overlay { page.runsUnderWay } else { [Int]() }
    }
  }
}
