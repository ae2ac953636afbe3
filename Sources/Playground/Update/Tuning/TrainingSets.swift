import Core
import FineTuning

// Training sets: listed, made, taken away, checked; and what comes back from the store.

extension State {
  mutating func showTrainingSets() -> [Effect] {
    overlays.removeAll { $0 == .trainingSets || $0 == .trainingExamples || $0 == .findings }
    overlays.append(.trainingSets)
    return [.training(.sets)]
  }

  mutating func take(_ reply: TrainingReply) -> [Effect] {
    switch reply {
    case .sets(let rows): training.sets.take(rows, height: trainingListHeight)
    case .window(let window, let number):
      let height = exampleRoom.rows.height
      training.browser?.take(window, number: number, height: height)
      return lookAtExamples()
    case .example(let set, let stored):
      if training.browser?.set == set { training.browser?.take(stored) }
    case .changed(let set, let sentence):
      notice = Notice(.success, sentence)
      guard training.browser?.set == set, let request = askAgain() else { return setsAgain() }
      return [.training(request)] + setsAgain()
    case .checked(let set, let report):
      if training.checking == set { training.checking = nil }
      if let report { show(FindingsPage(set: set, report: report)) }
    case .jobs(let jobs): return take(jobs)
    case .jobNews(let news): training.jobs.take(news)
    case .jobChanged(let job): training.jobs.take(job)
    case .jobTold(let job, let events): training.jobs.take(events, of: job)
    case .jobWaits(let job, let sentence):
      if training.jobs.watched == job { training.jobs.waiting = sentence }
    case .jobLeft(let job, let problem): return endWatching(job, problem: problem)
    case .refused(let sentence): notice = Notice(.error, sentence)
    }
    return []
  }

  var trainingListHeight: Int { Layout.evaluationsList(size: size).height }

  private func setsAgain() -> [Effect] {
    overlays.contains(.trainingSets) ? [.training(.sets)] : []
  }

  private mutating func askAgain() -> TrainingRequest? {
    let height = exampleRoom.rows.height
    return training.browser?.ask(height: height)
  }

  mutating func layOutTraining() {
    selectTrainingSet(training.sets.selection)
    training.browser.map { selectExample($0.selection) }
    training.findings.map { selectFinding($0.selection) }
    selectJob(training.jobs.selection)
  }

  // MARK: The list

  mutating func selectTrainingSet(_ place: Int) {
    training.sets.select(place, height: trainingListHeight)
  }

  mutating func takeInTrainingSets(_ key: Key) -> [Effect] {
    guard let command = CommandTable.command(for: key, in: .trainingSets) else { return [] }
    let (place, height) = (training.sets.selection, trainingListHeight)
    if command != .removeTrainingSet { training.sets.isWarnedOf = nil }
    switch command {
    case .selectUp: selectTrainingSet(place - 1)
    case .selectDown: selectTrainingSet(place + 1)
    case .scrollPageUp: selectTrainingSet(place - height)
    case .scrollPageDown: selectTrainingSet(place + height)
    case .scrollTop: selectTrainingSet(0)
    case .scrollEnd: selectTrainingSet(training.sets.rows.count - 1)
    default: return perform(command)
    }
    return []
  }

  mutating func openTrainingSet() -> [Effect] {
    guard let set = training.sets.selected?.name else { return [] }
    overlays.append(.trainingExamples)
    if training.browser?.set != set { training.browser = ExampleBrowser(set: set) }
    return askAgain().map { [.training($0)] } ?? []
  }

  mutating func askForTrainingSet() { overlays.append(.line(LineInput(.trainingSetName))) }

  mutating func createTrainingSet(_ name: String) -> [Effect] {
    [.training(.create(name.trimmingSpaces)), .training(.sets)]
  }

  /// Takes a set away when it is asked for twice: that can't be undone.
  mutating func removeTrainingSet() -> [Effect] {
    guard let set = training.sets.selected else { return [] }
    guard training.sets.isWarnedOf == set.name else {
      training.sets.isWarnedOf = set.name
      let count = "\(Numbers.counted(set.count, "example"))"
      notice = Notice(
        .warning, "D once more deletes '\(set.name)' with \(count); that can't be undone.")
      return []
    }
    training.sets.isWarnedOf = nil
    notice = nil
    if training.browser?.set == set.name { training.browser = nil }
    return [.training(.remove(set.name)), .training(.sets)]
  }

  // MARK: Checking

  mutating func checkTrainingSet() -> [Effect] {
    let set = scope == .trainingExamples ? training.browser?.set : training.sets.selected?.name
    guard let set else { return [] }
    guard training.checking == nil else {
      notice = Notice(.information, "'\(training.checking ?? "")' is being checked already.")
      return []
    }
    training.checking = set
    notice = Notice(.information, "Checking '\(set)'…")
    return [.training(.check(set: set))]
  }

  private mutating func show(_ page: FindingsPage) {
    notice = nil
    training.findings = page
    overlays.removeAll { $0 == .findings }
    overlays.append(.findings)
  }

  private var findingsHeight: Int { Layout.findingRows(size: size).height }

  mutating func selectFinding(_ place: Int) {
    let height = findingsHeight
    training.findings?.select(place, height: height)
  }

  mutating func takeInFindings(_ key: Key) -> [Effect] {
    guard let page = training.findings,
      let command = CommandTable.command(for: key, in: .findings)
    else { return [] }
    if page.showsReport {
      switch command {
      case .selectUp: scrollReport(.rows(-1))
      case .selectDown: scrollReport(.rows(1))
      case .scrollPageUp: scrollReport(.pages(-1))
      case .scrollPageDown: scrollReport(.pages(1))
      case .scrollTop: scrollReport(.start)
      case .scrollEnd: scrollReport(.end)
      default: return perform(command)
      }
      return []
    }
    switch command {
    case .selectUp: selectFinding(page.selection - 1)
    case .selectDown: selectFinding(page.selection + 1)
    case .scrollPageUp: selectFinding(page.selection - findingsHeight)
    case .scrollPageDown: selectFinding(page.selection + findingsHeight)
    case .scrollTop: selectFinding(0)
    case .scrollEnd: selectFinding(page.findings.count - 1)
    default: return perform(command)
    }
    return []
  }

  private mutating func scrollReport(_ step: ScrollStep) {
    guard let page = training.findings else { return }
    let area = Layout.inspectionText(size: size)
    training.findings?.reportTop = step.top(
      from: page.reportTop, of: page.report.text(columns: area.width).count,
      height: area.height)
  }

  mutating func showFindingReport() { training.findings?.showsReport.toggle() }

  /// Goes to the example that the finding is about.
  mutating func openFinding() -> [Effect] {
    guard let page = training.findings, let line = page.selected?.line else {
      notice = Notice(.information, "This is about the set as a whole, not about one example.")
      return []
    }
    overlays.removeAll { $0 == .findings || $0 == .trainingExamples }
    overlays.append(.trainingExamples)
    if training.browser?.set != page.set || training.browser?.filter.isEmpty == false {
      training.browser = ExampleBrowser(set: page.set)
      training.browser?.goal = line - 1
      return askAgain().map { [.training($0)] } ?? []
    }
    selectExample(line - 1)
    return lookAtExamples()
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
