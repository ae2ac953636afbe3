import Core
import Evaluation

// Evaluations: listed, read, run, stopped; and what comes back from them.

extension State {
  mutating func showEvaluations() -> [Effect] {
    overlays.removeAll { $0 == .evaluations || $0 == .grid || $0 == .evaluationPlan }
    overlays.append(.evaluations)
    return [.evaluations(.list)]
  }

  mutating func take(_ reply: EvaluationReply) -> [Effect] {
    switch reply {
    case .listed(let rows): evaluations.list.take(rows, height: evaluationsHeight)
    case .read(let record): return show(record)
    case .planned(let plan):
      closeLine(for: .evaluationFile)
      evaluations.plan = plan
      evaluations.planTop = 0
      if !overlays.contains(.evaluationPlan) { overlays.append(.evaluationPlan) }
    case .began(let record):
      notice = nil
      evaluations.running = RunningEvaluation(
        id: record.id, name: record.name, progress: EvaluationProgress(total: record.cellCount))
      evaluations.pending = PendingEvaluation(id: record.id)
      return show(record) + evaluationsAgain()
    case .progressed(let id, let progress, let news):
      if evaluations.running?.id == id { evaluations.running?.progress = progress }
      if evaluations.pending?.id == id { evaluations.pending?.results += news }
      if evaluations.grid?.record.id == id {
        evaluations.grid?.take(news)
        layOutGrid()
      }
    case .ended(let id, let ending): return end(id, ending)
    case .ladder(let ladder): show(ladder)
    case .map(let page): show(page)
    case .compared(let compared): evaluations.grid?.take(compared)
    case .caseSaved(let path, let isNew):
      notice =
        isNew
        ? Notice(.success, "The case is in \(path).")
        : Notice(.information, "The case is in \(path) already.")
    }
    return []
  }

  mutating func layOutEvaluations() {
    selectEvaluation(evaluations.list.selection)
    layOutGrid()
    scrollLadder(.rows(0))
    scrollMap(.rows(0))
    if evaluations.plan != nil { scrollPlan(.rows(0)) }
  }

  /// ^C stops what runs; Escape leaves the panel before the grid. Nil for other pages.
  mutating func takeCancelAmongEvaluations(_ command: Command?) -> [Effect]? {
    switch scope {
    case .evaluations, .grid:
      if command == .cancel, evaluations.running != nil { return stopEvaluation() }
      return scope == .grid ? closeGrid() : nil
    case .trainingExamples: return closeExamples()
    default: return nil
    }
  }

  private var evaluationsHeight: Int { Layout.evaluationsList(size: size).height }

  /// Asks for the list anew while it is looked at.
  func evaluationsAgain() -> [Effect] {
    overlays.contains(.evaluations) ? [.evaluations(.list)] : []
  }

  mutating func selectEvaluation(_ place: Int) {
    evaluations.list.select(place, height: evaluationsHeight)
  }

  mutating func takeInEvaluations(_ key: Key) -> [Effect] {
    guard let command = CommandTable.command(for: key, in: .evaluations) else { return [] }
    let (place, height) = (evaluations.list.selection, evaluationsHeight)
    switch command {
    case .selectUp: selectEvaluation(place - 1)
    case .selectDown: selectEvaluation(place + 1)
    case .scrollPageUp: selectEvaluation(place - height)
    case .scrollPageDown: selectEvaluation(place + height)
    case .scrollTop: selectEvaluation(0)
    case .scrollEnd: selectEvaluation(evaluations.list.rows.count - 1)
    default: return perform(command)
    }
    return []
  }

  // MARK: Opening

  mutating func openEvaluation() -> [Effect] {
    guard let id = evaluations.list.selected?.summary.id else { return [] }
    if evaluations.grid?.record.id == id, evaluations.running?.id == id {
      overlays.append(.grid)
      return []
    }
    evaluations.pending = PendingEvaluation(id: id)
    return [.evaluations(.read(id))]
  }

  private mutating func show(_ record: EvaluationRecord) -> [Effect] {
    // Another one was asked for meanwhile.
    guard let pending = evaluations.pending, pending.id == record.id else { return [] }
    var grid = EvaluationGrid(record)
    grid.take(pending.results)
    if let shown = evaluations.grid { grid.keepPlace(of: shown) }
    evaluations.pending = nil
    evaluations.grid = grid
    overlays.removeAll { $0 == .evaluationPlan || $0 == .grid }
    overlays.append(.grid)
    layOutGrid()
    return compareVariants()
  }

  /// Has it told how the variants compare, on what was measured by now.
  func compareVariants() -> [Effect] {
    evaluations.grid?.comparing.map { [.evaluations(.compare($0))] } ?? []
  }

  // MARK: Running

  mutating func askForEvaluation() {
    overlays.append(.line(LineInput(.evaluationFile, text: evaluations.lastPath)))
  }

  mutating func planEvaluation(at path: String) -> [Effect] {
    evaluations.lastPath = path
    return [.evaluations(.plan(path: path, promptPath: prompt.path))]
  }

  /// Goes on with the evaluation that is selected, or runs its file again.
  mutating func resumeEvaluation() -> [Effect] {
    let id = scope == .grid ? evaluations.grid?.record.id : evaluations.list.selected?.summary.id
    guard let id else { return [] }
    guard evaluations.running == nil else { return refuseSecond() }
    return [.evaluations(.planAgain(id))]
  }

  /// Runs the plan that is shown.
  mutating func startEvaluation() -> [Effect] {
    guard let plan = evaluations.plan else { return [] }
    return start(EvaluationStart(plan))
  }

  mutating func start(_ start: EvaluationStart) -> [Effect] {
    guard evaluations.running == nil else { return refuseSecond() }
    evaluations.plan = nil
    overlays.removeAll { $0 == .evaluationPlan }
    notice = Notice(.information, "Starting \(start.plan.name)…")
    return [.evaluations(.start(start))]
  }

  private mutating func refuseSecond() -> [Effect] {
    notice = Notice(
      .information,
      "'\(evaluations.running?.name ?? "")' is running: s stops it, and r goes on with it later.")
    return []
  }

  mutating func stopEvaluation() -> [Effect] {
    guard evaluations.running != nil else {
      notice = Notice(.information, "No evaluation is running.")
      return []
    }
    evaluations.running?.isStopping = true
    return [.evaluations(.stop)]
  }

  private mutating func end(_ id: Identifier, _ ending: EvaluationEnding) -> [Effect] {
    guard let running = evaluations.running, running.id == id else {
      // It came to an end before it began.
      if case .failed(let reason) = ending { notice = Notice(.error, reason) }
      return []
    }
    evaluations.running = nil
    let progress = running.progress
    let passed =
      "\(Numbers.grouped(progress.passed)) of \(Numbers.grouped(progress.done)) passed"
    let unmeasured =
      progress.unmeasured > 0
      ? ", \(Numbers.grouped(progress.unmeasured)) not measured: r asks for those again" : ""
    notice =
      switch ending {
      case .complete:
        Notice(
          progress.unmeasured > 0 ? .warning : .success, "\(running.name): \(passed)\(unmeasured).")
      case .stopped:
        Notice(.information, "\(running.name) is stopped: r goes on with it; \(passed) so far.")
      case .failed(let reason): Notice(.error, "\(running.name): \(reason)")
      }
    return evaluationsAgain() + (evaluations.grid?.record.id == id ? compareVariants() : [])
  }
}

extension EvaluationRecord {
  /// How many answers there are to be.
  var cellCount: Int { cases.count * variants.count * max(1, repeatCount) }
}
