import Completion
import Core
import Evaluation
import Glibc
import Grading
import Sessions

// Runs an evaluation: every variant is asked every case, as many at once as the servers take; what
// comes back is kept before anything else happens to it. It can be stopped at any moment and gone on
// with later: what was answered is not asked again.

/// One evaluation on its way.
///
/// It belongs to the thread that calls `run`, which may be any.
public final class EvaluationRun {
  /// How it came to an end.
  public enum Ending: Hashable, Sendable {
    case complete
    /// Somebody had enough.
    case stopped
    /// There is no money left, as a sentence.
    case outOfBudget(String)
  }

  /// Without results: those are in the store.
  public let record: EvaluationRecord
  private let plan: EvaluationPlan
  private let settings: EvaluationSettings
  private let store: SessionStore
  private let prompts: [VariantPrompt]
  private let trials: Trials
  private let clock = SystemClock()
  private var progress: EvaluationProgress
  /// The answers that are to be had, by their numbers, in the order in which they are asked.
  private let order: [Int]
  private var next = 0
  private var unsaved: [StoredResult] = []

  /// Begins an evaluation, or goes on with one of the same plan that was stopped.
  ///
  /// Throws where a prompt can't be read, documents can't be indexed, or the store can't be written.
  ///
  /// - Parameters:
  ///   - first: the places of the cases that are asked before the others.
  ///   - startsAnew: whether one that was stopped is left as it is.
  public init(
    _ plan: EvaluationPlan, settings: EvaluationSettings, store: SessionStore,
    first: Set<Int> = [], startsAnew: Bool = false
  ) throws {
    self.plan = plan
    self.settings = settings
    self.store = store
    prompts = try plan.variants.map { try VariantPrompt($0) }
    trials = try settings.trials(of: plan, store: store)
    progress = EvaluationProgress(total: plan.cellCount)

    let now = clock.secondsSince1970
    var known: [StoredResult] = []
    var record = EvaluationRecord(
      id: "", name: plan.name, path: plan.path, startedAt: now,
      datasetHash: DatasetHash.of(plan.cases),
      cases: plan.cases, variants: plan.variants, repeatCount: plan.repeatCount)
    if !startsAnew, !settings.onlyGrades, let id = try store.unfinishedEvaluation(ofPlan: plan.hash)
    {
      record.id = id
      known = try store.results(of: id).filter { $0.grade != nil }
    } else {
      record.id = store.identifiers.next(now: now)
      try store.begin(record, planHash: plan.hash)
    }
    self.record = record
    let done = Set(known.map { plan.number(of: $0.place) })
    let missing = (0..<plan.cellCount).filter { !done.contains($0) }
    order =
      missing.filter { first.contains(plan.place(of: $0).testCase) }
      + missing.filter { !first.contains(plan.place(of: $0).testCase) }
    progress.done = known.count
    progress.kept = known.count
    progress.passed = known.count { $0.grade?.passed == true }
  }

  /// Asks and grades until all is done, or it is stopped.
  ///
  /// - Parameters:
  ///   - stop: a descriptor that can be read from once it is to stop; nil for never.
  ///   - onResults: what has come since the last call, once it is in the store.
  ///   - onProgress: called some ten times a second, and at the end.
  public func run(
    until stop: CInt? = nil, onResults: ([StoredResult]) -> Void = { _ in },
    onProgress: (EvaluationProgress) -> Void
  ) throws -> Ending {
    let start = clock.now
    var lastTold = -Double.infinity
    var ending: Ending?
    while ending == nil {
      while next < order.count, trials.count < mostTrials {
        begin(order[next])
        next += 1
      }
      for outcome in trials.advance() { take(outcome) }
      try save(onResults)
      progress.milliseconds = clock.now - start
      if clock.now - lastTold >= 100 {
        lastTold = clock.now
        onProgress(told)
      }
      if trials.count == 0, next == order.count {
        ending = .complete
      } else if let refusal = trials.refusal {
        ending = .outOfBudget("\(refusal)")
      } else if let stop, Self.isReadable(stop) {
        ending = .stopped
      } else {
        trials.wait(
          for: [stop].compactMap { $0 }, milliseconds: max(1, lastTold + 100 - clock.now))
      }
    }
    trials.stop()
    if ending == .complete, progress.unmeasured == 0 {
      try store.end(record.id, at: clock.secondsSince1970)
    }
    onProgress(told)
    return ending ?? .complete
  }

  /// So many that no server waits for the next one, and no more.
  private var mostTrials: Int { plan.mostRequests * 2 + 8 }

  private var told: EvaluationProgress {
    var progress = progress
    progress.inFlight = trials.inFlight
    progress.limit = trials.limit
    progress.cost = trials.cost
    return progress
  }

  private static func isReadable(_ descriptor: CInt) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }

  private func begin(_ number: Int) {
    let place = plan.place(of: number)
    trials.start(
      Trial(
        number: number, prompt: prompts[place.variant], testCase: plan.cases[place.testCase],
        repetition: place.repetition, maySend: !settings.onlyGrades))
  }

  private func take(_ outcome: TrialOutcome) {
    progress.done += 1
    if outcome.wasKept { progress.kept += 1 }
    let hasAnswer = outcome.kept?.answer.finishReason?.isSuccess == true
    var result = StoredResult(
      plan.place(of: outcome.number), request: hasAnswer ? outcome.kept?.hash : nil)
    switch outcome.grade {
    case .success(let grade):
      result.grade = grade
      if grade.passed { progress.passed += 1 }
    case .failure(let error):
      result.error = error.description
      progress.unmeasured += 1
      progress.lastError = error.description
    }
    unsaved.append(result)
  }

  private func save(_ onResults: ([StoredResult]) -> Void) throws {
    let answers = trials.takeUnsaved()
    guard !answers.isEmpty || !unsaved.isEmpty else { return }
    try store.keep(answers, unsaved, of: record.id, at: clock.secondsSince1970)
    if !unsaved.isEmpty { onResults(unsaved) }
    unsaved.removeAll(keepingCapacity: true)
  }
}
