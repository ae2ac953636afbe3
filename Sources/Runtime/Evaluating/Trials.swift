import Core
import Dispatch
import Evaluation
import Glibc
import Grading
import Playground

// From a case to a grade: the search, the steps of the prompt, what judges and embedders are asked, the
// graders. Many at once, for an evaluation and for a diagnosis alike. It stores nothing; what came in is
// handed out, to be kept before it is graded.

/// One asking of a case.
struct Trial {
  /// Names it in what comes of it.
  var number: Int
  var prompt: VariantPrompt
  var testCase: EvaluationCase
  /// The passages that it is given; nil for those that the variant searches for.
  var passages: [Passage]?
  /// What asks for the form of the answer more firmly; nil for the prompt as it is.
  var firmness: String?
  /// From 1: what is asked again is another asking.
  var repetition = 1
  /// Whether a server may be asked where no answer was kept.
  var maySend = true
}

/// What came of a trial.
struct TrialOutcome {
  var number: Int
  /// The passages that it was given.
  var passages: [Passage]
  /// The answer to its last step; nil where there was none.
  var kept: KeptAnswer?
  /// Whether all of it had been answered before.
  var wasKept: Bool
  var grade: Result<Grade, GradingError>
}

/// Trials under way.
///
/// It belongs to the thread of one loop, which repeats `wait`, then `advance`.
final class Trials {
  /// Something that worker threads leave for the loop.
  private enum Letter: Sendable {
    case found(trial: Int, Result<[Passage], GradingError>)
    case embedded(trial: Int, GraderQuestion.ID, Result<GraderReply, GradingError>)
    case graded(trial: Int, Result<Grade, GradingError>)
  }

  /// What a request in the queue is for.
  private enum Purpose {
    case answer(trial: Int)
    case judge(trial: Int, GraderQuestion.ID)
  }

  /// How far a trial is.
  private struct Progress {
    let trial: Trial
    var chain: StepChain
    var passages: [Passage] = []
    var kept: KeptAnswer?
    var wasKept = true
    var assertions: [Assertion] = []
    var answer: GradedAnswer?
    /// How many questions have to be answered before it can be graded.
    var questionCount = 0
    var replies: [GraderQuestion.ID: GraderReply] = [:]
  }

  private let queue: AnswerQueue
  private let searches: EvaluationSearches
  private let grader: Grader
  private let judge: ModelReference?
  private let embedder: String?
  private let onAnswer: ((KeptAnswer) -> Void)?
  private let mailbox = Mailbox<Letter>()
  private let searcher = DispatchQueue(label: "whet.trials.search")
  private let graders: [DispatchQueue]
  private var underWay: [Int: Progress] = [:]
  private var purposes: [Int: Purpose] = [:]
  private var nextNumber = 0
  private var outcomes: [TrialOutcome] = []
  /// Answers, judges' included, that came in since they were last taken.
  private var unsaved: [KeptAnswer] = []

  /// - Parameters:
  ///   - judge: where an assertion names none; nil for none.
  ///   - embedder: whose vectors are compared; nil for the built-in one.
  ///   - onAnswer: is given each answer that is used, whether it was kept or not.
  init(
    queue: AnswerQueue, searches: EvaluationSearches, grader: Grader, judge: ModelReference?,
    embedder: String?, onAnswer: ((KeptAnswer) -> Void)? = nil
  ) {
    self.onAnswer = onAnswer
    self.queue = queue
    self.searches = searches
    self.grader = grader
    self.judge = judge
    self.embedder = embedder
    graders = (0..<2).map { DispatchQueue(label: "whet.trials.grade.\($0)") }
  }

  var count: Int { underWay.count }
  var inFlight: Int { queue.inFlight }
  var limit: Int { queue.limit }
  var cost: Cost { queue.cost }
  /// Why nothing can be paid for any more, once nothing else is left to do; nil before that.
  var refusal: BudgetRefusal? {
    let isDone = queue.inFlight == 0 && !queue.hasReady && mailbox.isQuiet && outcomes.isEmpty
    return isDone ? queue.refusal : nil
  }

  // MARK: The loop

  /// Takes in what has come, and gives the trials that it ended.
  func advance() -> [TrialOutcome] {
    for finished in queue.advance() { take(finished) }
    for letter in mailbox.collect() { take(letter) }
    defer { outcomes = [] }
    return outcomes
  }

  /// Takes out what came in, to be kept.
  func takeUnsaved() -> [KeptAnswer] {
    defer { unsaved = [] }
    return unsaved
  }

  /// Waits until there is something to take in, or one of the descriptors can be read from.
  func wait(for descriptors: [CInt], milliseconds: Double) {
    guard !queue.hasReady, outcomes.isEmpty else { return }
    queue.wait(for: descriptors + [mailbox.descriptor], milliseconds: milliseconds)
  }

  /// Ends everything at once.
  func stop() {
    queue.stop()
    underWay = [:]
    purposes = [:]
  }

  // MARK: Asking

  func start(_ trial: Trial) {
    var progress = Progress(trial: trial, chain: StepChain(trial.prompt.file))
    let number = trial.number
    let search = trial.passages == nil ? trial.prompt.search(for: trial.testCase) : nil
    progress.passages = trial.passages ?? trial.prompt.givenPassages(of: trial.testCase)
    underWay[number] = progress
    guard let (query, settings, index) = search else { return ask(number) }
    mailbox.work(on: searcher) { [searches, mailbox] in
      let found = Result { try searches.passages(for: query, settings, index: index) }
        .mapError { GradingError("\($0)") }
      mailbox.post(.found(trial: number, found))
    }
  }

  /// Asks for the answer of the step under way.
  private func ask(_ number: Int) {
    guard let progress = underWay[number] else { return }
    let trial = progress.trial
    do {
      let request = try trial.prompt.request(
        of: progress.chain, for: trial.testCase, found: progress.passages,
        firmness: trial.firmness, givesPassages: trial.passages != nil)
      ask(
        .answer(trial: number), request, repetition: trial.repetition, maySend: trial.maySend)
    } catch {
      end(number, .failure(GradingError("\(error)")))
    }
  }

  private func ask(
    _ purpose: Purpose, _ request: CompletionRequest, repetition: Int, maySend: Bool = true
  ) {
    nextNumber += 1
    purposes[nextNumber] = purpose
    queue.ask(nextNumber, request, repetition: repetition, maySend: maySend)
  }

  private func take(_ letter: Letter) {
    switch letter {
    case .found(let number, .success(let passages)):
      underWay[number]?.passages = passages
      ask(number)
    case .found(let number, .failure(let error)), .embedded(let number, _, .failure(let error)):
      end(number, .failure(error))
    case .embedded(let number, let question, .success(let reply)):
      underWay[number]?.replies[question] = reply
      gradeIfReady(number)
    case .graded(let number, let grade): end(number, grade)
    }
  }

  private func take(_ finished: AnswerQueue.Finished) {
    if finished.failure == nil {
      onAnswer?(finished.kept)
      if !finished.isStored { unsaved.append(finished.kept) }
    }
    switch purposes.removeValue(forKey: finished.number) {
    case .answer(let number): takeAnswer(finished, of: number)
    case .judge(let number, let question): takeVerdict(finished, question, of: number)
    case nil: break
    }
  }

  private func takeAnswer(_ finished: AnswerQueue.Finished, of number: Int) {
    guard var progress = underWay[number] else { return }
    progress.kept = finished.kept
    progress.wasKept = progress.wasKept && finished.wasKept
    let next = progress.chain.advance(with: finished.kept.answer)
    underWay[number] = progress
    if let failure = finished.failure { return end(number, .failure(GradingError(failure))) }
    switch next {
    case .complete: questionGrader(number)
    case .broken(let reason): end(number, .failure(GradingError(reason)))
    case .next: ask(number)
    }
  }

  // MARK: Grading

  /// Finds out what has to be asked before the answer can be graded, and asks it.
  private func questionGrader(_ number: Int) {
    guard var progress = underWay[number], let kept = progress.kept else { return }
    let testCase = progress.trial.testCase
    let answer = GradedAnswer(kept, to: testCase)
    progress.answer = answer
    do {
      progress.assertions = testCase.assertions.map { $0.filled(with: testCase.knownValues) }
      let questions = try grader.questions(of: progress.assertions, about: answer)
      progress.questionCount = questions.count
      underWay[number] = progress
      for question in questions { try ask(question, for: number) }
    } catch {
      return end(number, .failure(GradingError("\(error)")))
    }
    gradeIfReady(number)
  }

  private func ask(_ question: GraderQuestion, for number: Int) throws {
    let id = question.id
    switch question {
    case .judge(let judge):
      guard let model = judge.model.flatMap({ ModelReference($0) }) ?? self.judge else {
        throw GradingError(
          "No model judges: add --judge provider/model, or name it in the assertion's 'provider'.")
      }
      ask(
        .judge(trial: number, id),
        CompletionRequest(model: model, messages: judge.messages, parameters: judge.parameters),
        repetition: judge.vote)
    case .embed(let texts):
      mailbox.work(on: searcher) { [searches, mailbox, embedder] in
        let reply = Result { GraderReply.embeddings(try searches.vectors(of: texts, by: embedder)) }
          .mapError { GradingError("\($0)") }
        mailbox.post(.embedded(trial: number, id, reply))
      }
    }
  }

  private func takeVerdict(
    _ finished: AnswerQueue.Finished, _ id: GraderQuestion.ID, of number: Int
  ) {
    if let failure = finished.failure {
      let model = finished.kept.request.model
      return end(number, .failure(GradingError("The judge \(model) failed: \(failure)")))
    }
    underWay[number]?.replies[id] = .text(finished.kept.answer.text)
    gradeIfReady(number)
  }

  private func gradeIfReady(_ number: Int) {
    guard let progress = underWay[number], let answer = progress.answer,
      progress.replies.count == progress.questionCount
    else { return }
    mailbox.work(on: graders[number % graders.count]) { [grader, mailbox] in
      let grade = Result { () throws(GradingError) in
        try grader.grade(
          progress.assertions, of: answer, replies: progress.replies,
          threshold: progress.trial.testCase.threshold)
      }
      mailbox.post(.graded(trial: number, grade))
    }
  }

  private func end(_ number: Int, _ grade: Result<Grade, GradingError>) {
    guard let progress = underWay.removeValue(forKey: number) else { return }
    outcomes.append(
      TrialOutcome(
        number: number, passages: progress.passages, kept: progress.kept,
        wasKept: progress.wasKept, grade: grade))
  }
}

extension GradedAnswer {
  /// The answer that was kept.
  fileprivate init(_ kept: KeptAnswer, to testCase: EvaluationCase) {
    var result = EvaluationResult(caseID: testCase.id, variant: "")
    result.take(kept.answer, cost: kept.cost)
    self.init(
      testCase, output: result.output, finishReason: result.finishReason,
      milliseconds: result.milliseconds, cost: result.cost, usage: result.usage,
      passages: kept.request.passages, thinking: kept.answer.thinking,
      toolCalls: kept.answer.toolCalls)
  }
}
