import Completion
import Core
import Dispatch
import Evaluation
import Glibc
import Grading
import Playground
import Retrieval
import Sessions

// Runs an evaluation: every variant is asked every case, as many at once as the servers take; what
// comes back is kept before anything else happens to it, then graded. It can be stopped at any moment
// and gone on with later: what was answered is not asked again.

/// What evaluations work with.
public struct EvaluationSettings {
  public var folders: Folders
  /// The variables that hold the providers' keys among others.
  public var environment: [String: String]
  public var providers: [Provider]
  public var catalog: ModelCatalog
  /// What all requests may cost together; nil for no limit.
  public var budget: Money?
  /// Whether answers that were kept are taken.
  public var usesKeptAnswers = true
  /// Answers that came with a file, by hash and repetition; they stand above the store's.
  public var recorded: RecordedAnswers?
  /// Whether no server is asked: what isn't kept can't be measured.
  public var isOffline = false
  /// Whether no variant is asked: answers that were kept are graded anew.
  public var onlyGrades = false

  public init(
    folders: Folders, environment: [String: String], providers: [Provider], catalog: ModelCatalog
  ) {
    self.folders = folders
    self.environment = environment
    self.providers = providers
    self.catalog = catalog
  }
}

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

  /// Something that worker threads leave for the loop.
  private enum Letter: Sendable {
    case found(cell: Int, Result<[Passage], SearchFailure>)
    case graded(cell: Int, Result<Grade, GradingError>)
    case embedded(cell: Int, GraderQuestion.ID, Result<GraderReply, GradingError>)
  }

  /// What a request in the queue is for.
  private enum Purpose {
    case answer(cell: Int)
    case judge(cell: Int, GraderQuestion.ID, vote: Int)
  }

  /// A cell that is under way.
  private struct Cell {
    let place: EvaluationPlan.Place
    var chain: StepChain
    var found: [Passage] = []
    /// The request of the last step.
    var kept: KeptAnswer?
    var wasKept = true
    var assertions: [Assertion] = []
    var graded: GradedAnswer?
    var questions: [GraderQuestion.ID: GraderQuestion] = [:]
    var replies: [GraderQuestion.ID: GraderReply] = [:]
    /// Votes of judges that have come.
    var votes: [GraderQuestion.ID: [Int: String]] = [:]
  }

  public let record: EvaluationRecord
  private let plan: EvaluationPlan
  private let settings: EvaluationSettings
  private let store: SessionStore
  private let prompts: [VariantPrompt]
  private let grader: Grader
  private let searches: EvaluationSearches
  private let queue: AnswerQueue
  private let mailbox = Mailbox<Letter>()
  private let workers: [DispatchQueue]
  private let clock = SystemClock()

  private var progress: EvaluationProgress
  private var cells: [Int: Cell] = [:]
  private var purposes: [Int: Purpose] = [:]
  private var nextNumber = 0
  /// Cells in the order in which they are asked.
  private var order: [Int]
  private var nextCell = 0
  private var unsavedAnswers: [KeptAnswer] = []
  private var unsavedResults: [StoredResult] = []

  /// Begins an evaluation, or goes on with one of the same plan that was stopped.
  ///
  /// Throws where a prompt can't be read, or the store can't be written.
  ///
  /// - Parameters:
  ///   - order: the places of cases that are asked first.
  ///   - startsAnew: whether one that was stopped is left as it is.
  public init(
    _ plan: EvaluationPlan, settings: EvaluationSettings, store: SessionStore,
    first: Set<Int> = [], startsAnew: Bool = false
  ) throws {
    let startsAnew = startsAnew || settings.onlyGrades
    self.plan = plan
    self.settings = settings
    self.store = store
    prompts = try plan.variants.map { try VariantPrompt($0) }
    let models = SearchModels(
      folders: settings.folders, environment: settings.environment,
      providers: settings.providers, catalog: settings.catalog)
    grader = Grader()
    searches = EvaluationSearches(folders: settings.folders, models: models)
    let (recorded, usesKept) = (settings.recorded, settings.usesKeptAnswers)
    queue = AnswerQueue(
      client: KeyedClient(keys: KeyRing(environment: settings.environment)),
      providers: settings.providers, catalog: settings.catalog, budget: settings.budget,
      mostRequests: plan.mostRequests, isOffline: settings.isOffline
    ) { hash, repetition in
      if let answer = recorded?.answer(to: hash, repetition: repetition) { return (answer, nil) }
      return usesKept ? (try? store.keptAnswer(to: hash, repetition: repetition)) ?? nil : nil
    }
    workers = (0..<2).map { DispatchQueue(label: "whet.grading.\($0)") }
    progress = EvaluationProgress(total: plan.cellCount)

    let hash = plan.hash
    var known: [StoredResult] = []
    if !startsAnew, let id = try store.unfinishedEvaluation(ofPlan: hash) {
      known = try store.results(of: id).filter { $0.grade != nil }
      record = EvaluationRecord(
        id: id, name: plan.name, startedAt: clock.secondsSince1970,
        datasetHash: DatasetHash.of(plan.cases), cases: plan.cases, variants: plan.variants,
        repeatCount: plan.repeatCount)
    } else {
      let now = clock.secondsSince1970
      record = EvaluationRecord(
        id: store.identifiers.next(now: now), name: plan.name, startedAt: now,
        datasetHash: DatasetHash.of(plan.cases), cases: plan.cases, variants: plan.variants,
        repeatCount: plan.repeatCount)
      try store.begin(record, planHash: hash)
    }
    let done = Set(known.map { plan.number(of: $0.place) })
    let missing = (0..<plan.cellCount).filter { !done.contains($0) }
    order =
      missing.filter { first.contains(plan.place(of: $0).testCase) }
      + missing.filter { !first.contains(plan.place(of: $0).testCase) }
    for result in known {
      progress.done += 1
      progress.kept += 1
      if result.grade?.passed == true { progress.passed += 1 }
    }
  }

  // MARK: The loop

  /// Asks and grades until all is done, or it is stopped.
  ///
  /// - Parameters:
  ///   - stop: a descriptor that can be read from once it is to stop; nil for never.
  ///   - onProgress: called some ten times a second, and at the end.
  public func run(
    until stop: CInt? = nil, onProgress: (EvaluationProgress) -> Void
  ) throws -> Ending {
    let start = clock.now
    var lastTold = -Double.infinity
    var ending: Ending?
    repeat {
      while nextCell < order.count, cells.count < mostCells {
        begin(order[nextCell])
        nextCell += 1
      }
      for finished in queue.advance() { take(finished) }
      for letter in mailbox.collect() { take(letter) }
      try save()
      progress.milliseconds = clock.now - start
      if clock.now - lastTold >= 100 {
        lastTold = clock.now
        onProgress(told)
      }
      if cells.isEmpty, nextCell == order.count {
        ending = .complete
      } else if let refusal = queue.refusal {
        ending = .outOfBudget("\(refusal)")
      } else if let stop, Self.isReadable(stop) {
        ending = .stopped
      } else if !queue.hasReady {
        queue.wait(
          for: [mailbox.descriptor] + [stop].compactMap { $0 },
          milliseconds: max(1, lastTold + 100 - clock.now))
      }
    } while ending == nil
    queue.stop()
    try save()
    if ending == .complete, progress.unmeasured == 0 {
      try store.end(record.id, at: clock.secondsSince1970)
    }
    onProgress(told)
    return ending ?? .complete
  }

  /// So many that no server waits for the next, and no more: what a cell needs is made when it is due.
  private var mostCells: Int { plan.mostRequests * 2 + 8 }

  private var told: EvaluationProgress {
    var progress = progress
    progress.inFlight = queue.inFlight
    progress.limit = queue.limit
    progress.cost = queue.cost
    return progress
  }

  private static func isReadable(_ descriptor: CInt) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }

  private func save() throws {
    guard !unsavedAnswers.isEmpty || !unsavedResults.isEmpty else { return }
    try store.keep(
      unsavedAnswers, unsavedResults, of: record.id, at: clock.secondsSince1970)
    unsavedAnswers.removeAll(keepingCapacity: true)
    unsavedResults.removeAll(keepingCapacity: true)
  }

  // MARK: Asking

  private func begin(_ number: Int) {
    let place = plan.place(of: number)
    let prompt = prompts[place.variant]
    let testCase = plan.cases[place.testCase]
    var cell = Cell(place: place, chain: StepChain(prompt.file))
    cell.found = prompt.givenPassages(of: testCase)
    cells[number] = cell
    guard let (query, settings, index) = prompt.search(for: testCase) else { return ask(number) }
    mailbox.work(on: workers[0]) { [searches, mailbox] in
      let found = Result { try searches.passages(for: query, settings, index: index) }
        .mapError { SearchFailure(description: "\($0)") }
      mailbox.post(.found(cell: number, found))
    }
  }

  /// Asks for the answer of the step under way.
  private func ask(_ number: Int) {
    guard let cell = cells[number] else { return }
    do {
      let request = try prompts[cell.place.variant].request(
        of: cell.chain, for: plan.cases[cell.place.testCase], found: cell.found)
      ask(.answer(cell: number), request, repetition: cell.place.repetition)
    } catch {
      fail(number, "\(error)")
    }
  }

  private func ask(_ purpose: Purpose, _ request: CompletionRequest, repetition: Int) {
    nextNumber += 1
    purposes[nextNumber] = purpose
    var maySend = true
    if case .answer = purpose { maySend = !settings.onlyGrades }
    queue.ask(nextNumber, request, repetition: repetition, maySend: maySend)
  }

  private func take(_ letter: Letter) {
    switch letter {
    case .found(let number, .success(let passages)):
      cells[number]?.found = passages
      ask(number)
    case .found(let number, .failure(let failure)): fail(number, failure.description)
    case .graded(let number, .success(let grade)): finish(number, grade)
    case .graded(let number, .failure(let error)): fail(number, error.description)
    case .embedded(let number, let question, .success(let reply)):
      cells[number]?.replies[question] = reply
      gradeIfReady(number)
    case .embedded(let number, _, .failure(let error)): fail(number, error.description)
    }
  }

  private func take(_ finished: AnswerQueue.Finished) {
    if !finished.wasKept, finished.failure == nil { unsavedAnswers.append(finished.kept) }
    switch purposes.removeValue(forKey: finished.number) {
    case .answer(let number): takeAnswer(finished, of: number)
    case .judge(let number, let question, let vote): takeVote(finished, vote, question, of: number)
    case nil: break
    }
  }

  private func takeAnswer(_ finished: AnswerQueue.Finished, of number: Int) {
    guard var cell = cells[number] else { return }
    cell.kept = finished.kept
    cell.wasKept = cell.wasKept && finished.wasKept
    cells[number] = cell
    if let failure = finished.failure { return fail(number, failure) }
    switch cell.chain.advance(with: finished.kept.answer) {
    case .complete: questionGrader(number)
    case .broken(let reason): fail(number, reason)
    case .next:
      cells[number]?.chain = cell.chain
      ask(number)
    }
  }

  // MARK: Grading

  /// Finds out what has to be asked before the answer can be graded, and asks it.
  private func questionGrader(_ number: Int) {
    guard var cell = cells[number], let kept = cell.kept else { return }
    let testCase = plan.cases[cell.place.testCase]
    let graded = GradedAnswer(testCase: testCase, output: kept.answer.text)
    cell.graded = graded
    do {
      cell.assertions = testCase.assertions.map { $0.filled(with: testCase.inputs) }
      let questions = try grader.questions(of: cell.assertions, about: graded)
      for question in questions { cell.questions[question.id] = question }
      cells[number] = cell
      for question in questions { try ask(question, for: number) }
    } catch {
      return fail(number, "\(error)")
    }
    gradeIfReady(number)
  }

  private func ask(_ question: GraderQuestion, for number: Int) throws {
    switch question {
    case .judge(let judge):
      guard let model = judge.model.flatMap(ModelReference.init) ?? plan.judge else {
        throw GradingError(
          "'\(judge.type)' needs a model that judges: add --judge provider/model, or name it in "
            + "the assertion's 'provider'.")
      }
      for vote in 1...judge.votes {
        ask(
          .judge(cell: number, question.id, vote: vote), judge.request(to: model),
          repetition: vote)
      }
    case .embed(let texts):
      let name = plan.embedder
      mailbox.work(on: workers[0]) { [searches, mailbox] in
        let reply = Result { GraderReply.vectors(try searches.vectors(of: texts, by: name)) }
          .mapError { GradingError("\($0)") }
        mailbox.post(.embedded(cell: number, question.id, reply))
      }
    }
  }

  private func takeVote(
    _ finished: AnswerQueue.Finished, _ vote: Int, _ id: GraderQuestion.ID, of number: Int
  ) {
    guard var cell = cells[number], case .judge(let judge)? = cell.questions[id] else { return }
    if let failure = finished.failure {
      return fail(number, "The judge \(finished.kept.request.model) failed: \(failure)")
    }
    cell.votes[id, default: [:]][vote] = finished.kept.answer.text
    let votes = cell.votes[id] ?? [:]
    if votes.count == judge.votes {
      cell.replies[id] = .judged((1...judge.votes).compactMap { votes[$0] })
    }
    cells[number] = cell
    gradeIfReady(number)
  }

  private func gradeIfReady(_ number: Int) {
    guard let cell = cells[number], let graded = cell.graded,
      cell.replies.count == cell.questions.count
    else { return }
    let threshold = plan.cases[cell.place.testCase].threshold
    mailbox.work(on: workers[number % workers.count]) { [grader, mailbox] in
      let grade = Result { () throws(GradingError) in
        try grader.grade(
          cell.assertions, of: graded, replies: cell.replies, threshold: threshold)
      }
      mailbox.post(.graded(cell: number, grade))
    }
  }

  // MARK: Ends of cells

  private func fail(_ number: Int, _ error: String) {
    guard let cell = cells.removeValue(forKey: number) else { return }
    progress.unmeasured += 1
    progress.lastError = error
    finish(cell, nil, error)
  }

  private func finish(_ number: Int, _ grade: Grade) {
    guard let cell = cells.removeValue(forKey: number) else { return }
    if grade.passed { progress.passed += 1 }
    finish(cell, grade, nil)
  }

  private func finish(_ cell: Cell, _ grade: Grade?, _ error: String?) {
    progress.done += 1
    if cell.wasKept { progress.kept += 1 }
    let hasAnswer = cell.kept?.answer.finishReason?.isSuccess == true
    unsavedResults.append(
      StoredResult(
        cell.place, request: hasAnswer ? cell.kept?.hash : nil, grade: grade, error: error))
  }
}
