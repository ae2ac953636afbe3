import Core
import Evaluation
import FineTuning
import Playground
import RandomSource
import Testing

@testable import Screen

// Somebody at the keys who knows nothing and stops at nothing, and a world that answers anything.

@Suite("A monkey at the keys")
struct MonkeyTests {
  @Test(
    "Twenty thousand random inputs never trap, and every frame is sound",
    arguments: 0..<10 as Range<UInt64>)
  func monkey(seed: UInt64) throws {
    var monkey = Monkey(seed: seed)
    let renderer = Renderer(theme: .plain)
    for step in 0..<2_000 {
      monkey.act()
      let grid = renderer.frame(of: monkey.state)
      try #require(grid.size == monkey.state.size)
      try #require(grid.cells.count == grid.size.width * grid.size.height)
      if let cursor = grid.cursor {
        try #require(Rectangle(size: grid.size).contains(cursor), "step \(step)")
      }
      if step % 50 == 0 { expectSound(grid) }
    }
  }
}

private struct Monkey {
  private(set) var state: State
  private var random: SeededRandom
  /// Runs and searches that were asked for, and may be answered.
  private var runs: [Int] = []
  private var searches: [Int] = []
  /// The inspections that were asked for last.
  private var inspections: [Int] = []

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    state = State(
      size: Size(width: 105, height: 30),
      draft: Draft(
        name: "monkey", promptText: "{{role \"system\"}}{{#each passages}}{{text}}{{/each}}{{q}}",
        inputs: ["q": "why?"], models: [.extractive, .echo], index: "docs"),
      models: [.extractive, .echo], defaults: [.extractive], retrieval: RetrievalSettings())
    take(state.start())
  }

  private mutating func take(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .startRuns(let plans): runs += plans.map(\.number)
      case .play(let plans): runs += plans.map(\.number)
      case .search(let request): searches.append(request.number)
      case .readDocument(let reading): inspections.append(reading.number)
      case .inspect(let inspection): inspections.append(inspection.number)
      case .explainAbsence(let request): inspections.append(request.number)
      case .measure(let measuring): inspections.append(measuring.number)
      default: break
      }
    }
    runs = runs.suffix(20)
    searches = searches.suffix(5)
    inspections = inspections.suffix(3)
  }

  mutating func act() {
    let event: Event =
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<50: .input(.key(key()))
      case 50..<60:
        .input(.key(Key(Character(Unicode.Scalar(UInt8.random(in: 32..<127, using: &random))))))
      case 60..<65: .input(.paste(random.hostileText()))
      case 65..<73: .input(.mouse(mouse()))
      case 73..<77: .input(.resize(size()))
      case 77..<80: .timer([.settle, .saveDraft, .second].randomElement(using: &random) ?? .settle)
      default: answer()
      }
    take(update(&state, event))
  }

  private mutating func key() -> Key {
    let keys = CommandTable.entries.flatMap(\.keys) + [Key(.escape), Key(.enter), Key(.tab)]
    let key = keys.randomElement(using: &random) ?? Key(.escape)
    // Quitting would end the fun: it only asks for an end, which nobody here listens to.
    return key
  }

  private mutating func mouse() -> Mouse {
    let actions: [Mouse.Action] = [.press, .release, .drag, .wheelUp, .wheelDown]
    return Mouse(
      actions.randomElement(using: &random) ?? .press,
      at: Point(
        x: Int.random(in: -3...state.size.width + 3, using: &random),
        y: Int.random(in: -3...state.size.height + 3, using: &random)))
  }

  /// Mostly small ones, where less fits.
  private mutating func size() -> Size {
    let (width, height): (ClosedRange<Int>, ClosedRange<Int>) =
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<3: (1...40, 1...14)
      case 3..<8: (40...80, 12...20)
      case 8..<11: (80...110, 12...30)
      default: (110...260, 12...70)
      }
    return Size(
      width: Int.random(in: width, using: &random), height: Int.random(in: height, using: &random))
  }

  /// What the world says, asked or not.
  private mutating func answer() -> Event {
    switch Int.random(in: 0..<30, using: &random) {
    case 27...: return .training(trainingReply())
    case 24...: return .evaluations(evaluationReply())
    case 20...:
      return .inspected(
        number: inspections.randomElement(using: &random) ?? 0, inspection())
    case 0..<11:
      return .stream(
        StreamUpdate(
          number: runs.randomElement(using: &random) ?? 0,
          time: [0, 12.5, 1e9, 1e300, -1].randomElement(using: &random) ?? 0,
          wire: wireEvent(),
          events: (0..<Int.random(in: 0...4, using: &random)).map { _ in streamEvent() }))
    case 11..<14: return .passagesFound(searchResult())
    case 14: return .searchFailed(number: searches.last ?? 0, problem: random.hostileText())
    case 15:
      let runs = (0..<Int.random(in: 0...9, using: &random)).map { _ in recordedRun() }
      return Bool.random(using: &random)
        ? .lastRunsLoaded(runs, prompt: "monkey")
        : .runsLoaded(
          runs, [.show, .rerun, .replay(runs.map(\.run.id))].randomElement(using: &random) ?? .show)
    case 16:
      return .sessionsListed([
        SessionRow(id: "s", name: random.hostileText(), runCount: 3, lastUsed: "today")
      ])
    case 17:
      let text = random.hostileText()
      let hit = RunHit(
        run: "r", session: "s", sessionName: random.hostileText(), startedAt: 0, model: .echo,
        finishReason: nil, rating: nil, score: nil, cost: .zero,
        field: RunQuery.Field.allCases.randomElement(using: &random), snippet: text,
        matches: [0..<min(2, text.utf8.count)])
      return .runsFound(
        number: Int.random(in: 0...40, using: &random), FoundRuns(runs: [.init(hit, time: "now")]))
    case 18 where Bool.random(using: &random):
      return .wireExamined(
        number: runs.randomElement(using: &random) ?? 0,
        findings: [
          StreamFinding(row: .max, sentence: random.hostileText(), count: .min, time: -1e300)
        ])
    case 18: return .promptOpened(Draft(promptText: random.hostileText()))
    default: return .noticed(Notice(.error, random.hostileText()))
    }
  }

  /// What is told of training sets, asked or not, of one that is always called the same.
  private mutating func trainingReply() -> TrainingReply {
    let text = random.hostileText()
    let number = Int.random(in: 1...50, using: &random)
    let stored = StoredExample(
      number: number,
      example: TrainingExample(
        input: [TrainingMessage(role: text, text: text)],
        answer: [
          TrainingMessage(role: "assistant", content: [["text": .string(text)], .null]),
          TrainingMessage(role: "assistant", toolCalls: [.string(text), ["function": [:]]]),
        ],
        rejected: number % 3 == 0 ? [TrainingMessage(role: "assistant", text: text)] : nil,
        tools: [.string(text)]), tags: [text],
      lineage: ExampleLineage(source: .file(text, line: .max), editor: text, addedAt: -1e300),
      tokens: .max)
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      return .sets(
        (0..<number).map { _ in
          TrainingSetSummary(
            name: text, count: number, approved: 3, rejected: -1, tokens: .max, changedAt: .nan)
        })
    case 1: return .example(set: text, stored)
    case 2: return .changed(set: text, text)
    case 3:
      var check = TrainingCheck()
      for _ in 0..<number { check.take(Array(text.utf8)) }
      return .checked(set: text, check.finish())
    case 4: return .refused(text)
    default:
      let row = ExampleRow(
        number: number, state: .approved, tags: [text, text], question: text, answer: text,
        tokens: .max, isPreference: true)
      return .window(
        ExampleWindow(
          count: number, isComplete: number % 2 == 0, offset: 0,
          rows: Array(repeating: row, count: number)),
        number: Int.random(in: 0...4, using: &random))
    }
  }

  /// What is told of evaluations, asked or not, of one that is always called the same.
  private mutating func evaluationReply() -> EvaluationReply {
    func result(_ testCase: Int, _ text: String, passes: Bool?) -> PlacedResult {
      var result = EvaluationResult(caseID: "\(testCase)", variant: "a", output: text)
      result.milliseconds = .infinity
      if let passes {
        let assertion = AssertionResult(type: text, passed: passes, score: .nan, reason: text)
        result.grade = Grade(
          passed: passes, score: passes ? 1 : .nan,
          assertions: [
            assertion,
            AssertionResult(
              type: "", passed: false, score: 1e300, reason: text, members: [assertion]),
          ])
      } else {
        result.error = text
      }
      return PlacedResult(.init(testCase: testCase, variant: 0, repetition: testCase % 4), result)
    }
    let text = random.hostileText()
    let names = ["a", text, "c", "d", "e"].prefix(Int.random(in: 1...5, using: &random))
    let variants = names.map {
      EvaluationVariant(name: $0, promptText: text, asked: Variant(.echo))
    }
    let cases = (0..<Int.random(in: 0...40, using: &random)).map { place in
      EvaluationCase(
        id: "\(place)", description: place % 3 == 0 ? text : "", inputs: ["q": .string(text)],
        expected: .string(text), tags: place % 5 == 0 ? [text] : [])
    }
    let record = EvaluationRecord(
      id: "e", name: text, startedAt: 1e300, datasetHash: text, cases: cases, variants: variants,
      repeatCount: Int.random(in: 1...3, using: &random))
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      let summary = EvaluationSummary(
        id: "e", name: text, startedAt: 0, datasetHash: text, variants: [text], total: .max,
        graded: Int.random(in: 0...3, using: &random), passed: 1, unmeasured: -1)
      return .listed(
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
          EvaluationRow(summary, started: text)
        })
    case 1: return .read(record)
    case 2:
      var plan = EvaluationPlan(name: text, cases: cases, variants: variants)
      plan.omissions = [text]
      return .planned(plan)
    case 3: return .began(record)
    case 4:
      return .ended(
        "e", [.complete, .stopped, .failed(text)].randomElement(using: &random) ?? .stopped)
    case 5:
      return .compared(ComparedVariants(evaluation: "e", baseline: 0, verdicts: [nil, nil]))
    default:
      var progress = EvaluationProgress(total: .max)
      progress.done = Int.random(in: 0...9, using: &random)
      progress.milliseconds = [0, 1e300, -1].randomElement(using: &random) ?? 0
      progress.lastError = text
      let place = Int.random(in: -1...45, using: &random)
      return .progressed(
        "e", progress,
        [result(place, text, passes: [true, false, nil].randomElement(using: &random) ?? nil)])
    }
  }

  private mutating func wireEvent() -> WireEvent {
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      .request(
        SentRequest(
          wire: .messages, method: random.hostileText(), url: random.hostileText(),
          fields: [HTTPField(name: random.hostileText(), secret: .command(random.hostileText()))],
          body: random.hostileText()))
    case 1: .head(status: .max, contentType: random.hostileText())
    case 2:
      .retry(Retry(attempt: .max, attemptLimit: .min, delay: 1e300, reason: random.hostileText()))
    case 3:
      .end(Bool.random(using: &random) ? .complete : .failed(random.hostileText()))
    case 4: .body((0..<200).map { _ in UInt8.random(in: 0...255, using: &random) })
    default: .body(Array(random.hostileText().utf8))
    }
  }

  private mutating func streamEvent() -> StreamEvent {
    switch Int.random(in: 0..<16, using: &random) {
    case 12:
      .retry(Retry(attempt: .max, attemptLimit: .min, delay: 1e300, reason: random.hostileText()))
    case 13: .progress(PromptProgress(processedTokens: .max, totalTokens: 1))
    case 14:
      .logprobs([
        TokenLogprob(
          token: random.hostileText(),
          logprob: [-0.1, -1e300, 1e300].randomElement(using: &random) ?? 0,
          top: [TokenLogprob.Candidate(token: random.hostileText(), logprob: -1)])
      ])
    case 15: .rate(1e300)
    case 0..<6: .text(random.hostileText())
    case 6: .thinking(random.hostileText())
    case 7: .refusal(random.hostileText())
    case 8:
      .toolCall(
        ToolCallFragment(
          index: Int.random(in: -2...300, using: &random), name: random.hostileText(),
          arguments: random.hostileText()))
    case 9: .usage(Usage(inputTokens: 1 << 40, outputTokens: 1 << 40))
    case 10: .finish(FinishReason.allCases.randomElement(using: &random) ?? .stop)
    default: .failure(random.hostileText())
    }
  }

  private mutating func searchResult() -> SearchResult {
    let passages = (0..<Int.random(in: 0...30, using: &random)).map { _ in passage() }
    return SearchResult(
      number: searches.last ?? 0, passages: passages,
      queries: (0..<Int.random(in: 0...8, using: &random)).map { _ in random.hostileText() },
      method: RetrievalSettings.Method.allCases.randomElement(using: &random) ?? .bm25,
      vectorWeight: [nil, 0.3, .nan].randomElement(using: &random) ?? nil, indexSize: 1_000_000,
      chunkings: [Chunking(), Chunking(.tokens)], hasVectors: Bool.random(using: &random))
  }

  private mutating func passage() -> Passage {
    let text = random.hostileText()
    let start = Int.random(in: 0...text.utf8.count, using: &random)
    return Passage(
      id: Int64.random(in: 0...3, using: &random), source: random.hostileText(),
      headings: [random.hostileText()], bytes: 0..<1, lines: 1...1,
      text: text, score: [0, 1, 1e308, -1e308].randomElement(using: &random) ?? 0,
      standings: [.bm25: Standing(rank: 1, score: .nan), .vector: Standing(rank: -7, score: 1)],
      matches: [start..<Int.random(in: start...text.utf8.count, using: &random)])
  }

  private mutating func inspection() -> Inspection {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .failed(random.hostileText())
    case 1: return .document(document())
    case 2:
      return .details(
        PassageDetails(
          passage: passage(),
          terms: [
            TermWeight(
              term: "x", word: random.hostileText(), passages: .max, inverseFrequency: .nan,
              frequency: 1e300, contribution: -1e300)
          ], indexSize: -1, before: passage()))
    case 3:
      let absent = AbsentPassage(
        passage: passage(), rank: .max, fusionNote: random.hostileText(),
        obstacles: [.init(.filter, random.hostileText())],
        words: [
          .init(random.hostileText(), share: .nan, contribution: .nan, contributionToLast: 1)
        ],
        remedies: [
          .init(
            changes: [random.hostileText()], settings: RetrievalSettings(), query: "why?", rank: 1)
        ])
      return .absence(
        AbsenceReport(
          question: random.hostileText(), query: "why?",
          passages: Bool.random(using: &random) ? [absent, absent] : [], others: .max,
          problems: [random.hostileText()]))
    case 4: return .measuring(done: .max, total: .min)
    default: return .measured(nil)
    }
  }

  private mutating func document() -> ReadDocument {
    let text = random.hostileText()
    let end = Int.random(in: 0...text.utf8.count + 9, using: &random)
    let cuts = stride(from: 0, to: text.utf8.count, by: 7).map { $0..<$0 + 9 }
    return ReadDocument(
      text, fileLines: Bool.random(using: &random) ? [3] : [], pages: [(byte: .max, number: .min)],
      cuttings: [
        ReadDocument.Cutting(chunking: Chunking(), passages: cuts),
        ReadDocument.Cutting(chunking: Chunking(.document), passages: [0..<end]),
      ], chunkings: [Chunking()], passage: 0..<end)
  }

  private mutating func recordedRun() -> RecordedRun {
    var answer = Answer(estimatedInputTokens: 1 << 40)
    answer.apply(.text(random.hostileText()), at: 1e300)
    return RecordedRun(
      run: Run(
        id: "r", session: "s", startedAt: 1e300, column: 99, promptText: random.hostileText(),
        inputs: [random.hostileText(): random.hostileText()],
        request: CompletionRequest(
          model: ModelReference(provider: random.hostileText(), model: random.hostileText()),
          messages: [], passages: [passage()])),
      events: (0..<4).map { _ in TimedWireEvent(time: -1e300, event: wireEvent()) },
      answer: answer)
  }
}
