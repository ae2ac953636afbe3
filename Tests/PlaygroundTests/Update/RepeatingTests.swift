import Core
import Testing

@testable import Playground

@Suite("Asking several times in a column")
struct RepeatingTests {
  /// A playground whose second column asks three times, running; and its runs.
  private func running(prompt: String = State.samplePrompt) -> (State, [RunPlan]) {
    var state = State.sample(prompt: prompt, index: nil)
    _ = state.start()
    state.focus(on: .column(1))
    state.press("R 3 enter")
    let plans = State.started(by: state.press("ctrl-r"))
    return (state, plans)
  }

  private func stream(
    _ state: inout State, _ plan: RunPlan, _ events: StreamEvent..., wire: WireEvent = .body([])
  ) -> [Effect] {
    update(
      &state, .stream(StreamUpdate(number: plan.number, time: 5, wire: wire, events: events)))
  }

  @Test("A variant that is repeated starts as many runs, each with its place")
  func start() {
    let (state, plans) = running()
    #expect(plans.map(\.column) == [0, 1, 1, 1])
    #expect(plans.map(\.repetition) == [nil, 1, 2, 3])
    #expect(Set(plans.map(\.number)).count == 4)
    #expect(state.columns.map(\.attemptCount) == [1, 3])
    #expect(state.columns[1].shownAttempt == 0)
  }

  @Test("Each attempt streams where it stands, and is gone to with two keys")
  func paging() {
    var (state, plans) = running()
    for (place, plan) in plans.enumerated().reversed() {
      _ = stream(&state, plan, .text("answer \(place)"), .finish(.stop))
    }
    #expect(state.columns[1].answer.text == "answer 1")
    #expect(state.columns[1].attempts.map(\.answer.text) == ["answer 1", "answer 2", "answer 3"])
    state.press(".")
    #expect(state.columns[1].answer.text == "answer 2")
    state.press(". .")
    #expect(state.columns[1].answer.text == "answer 3")
    #expect(state.columns[1].attempts.map(\.answer.text) == ["answer 1", "answer 2", "answer 3"])
    state.press(", , ,")
    #expect(state.columns[1].answer.text == "answer 1")
    #expect(!state.isRunning)
  }

  @Test("An attempt that isn't shown is laid out for the room when it is")
  func room() {
    var (state, plans) = running()
    _ = stream(&state, plans[2], .text(String(repeating: "word ", count: 100)))
    state.take(.resize(Size(width: 250, height: 70)))
    state.press(".")
    #expect(state.columns[1].view.width == state.columnInside(1).width)
  }

  @Test("A cancel of the column ends all of its attempts, and of those that still run")
  func cancel() {
    var (state, plans) = running()
    _ = stream(&state, plans[2], .finish(.stop), wire: .end(.complete))
    #expect(state.press("c") == [.cancelRuns([plans[1].number, plans[3].number])])
    #expect(
      state.press("ctrl-c") == [.cancelRuns([plans[0], plans[1], plans[3]].map(\.number))])
  }

  @Test("A change of the column holds whichever attempt is shown")
  func change() {
    var (state, plans) = running()
    for plan in plans { _ = stream(&state, plan, .finish(.stop)) }
    state.press(". i")
    state.type("named")
    state.press("enter ,")
    #expect(state.columns[1].variant.name == "named")
    state.press("R ctrl-u enter")
    #expect(State.started(by: state.press("ctrl-r")).map(\.repetition) == [nil, nil])
    #expect(state.columns[1].attemptCount == 1)
  }

  @Test("The steps of each attempt follow one another, shown or not")
  func chains() throws {
    var (state, plans) = running(prompt: StepsTests.chain)
    #expect(plans.count == 4)
    _ = stream(&state, plans[3], .text("facts"), .finish(.stop))
    let next = try #require(
      State.started(by: stream(&state, plans[3], wire: .end(.complete))).first)
    #expect(next.step == 2)
    #expect(next.repetition == 3)
    #expect(next.previous == plans[3].number)
    #expect(state.columns[1].shownAttempt == 0)
    #expect(state.columns[1].attemptCount == 3)
    _ = stream(&state, next, .text("done"), .finish(.stop))
    state.press(". .")
    #expect(state.columns[1].answer.text == "done")
    #expect(state.columns[1].endedSteps.map(\.label) == ["1 gather"])
  }

  @Test("What is found out about an attempt stays with it, shown or not")
  func examined() throws {
    var state = State.settled(columns: 1)
    state.focus(on: .column(0))
    state.press("R 2 enter")
    let plans = State.started(by: state.press("ctrl-r"))
    var effects: [Effect] = []
    for plan in plans {
      effects += stream(&state, plan, .text("You have thirty days."), .finish(.stop))
    }
    effects += state.press(".")
    state.press(",")
    let examinations = effects.compactMap { effect -> SupportExamination? in
      if case .examineSupport(let examination) = effect { examination } else { nil }
    }
    #expect(examinations.map(\.number) == plans.map(\.number))
    for examination in examinations {
      let support = AnswerSupport(
        of: examination.text, by: examination.passages.map { SupportPassage($0) })
      _ = update(
        &state,
        .supportExamined(
          ExaminedSupport(
            number: examination.number, length: examination.text.utf8.count, support: support)))
    }
    #expect(state.columns[0].support != nil)
    state.press(".")
    #expect(state.columns[0].support != nil)
  }

  @Test("How often is a number within its range; what else is typed stays")
  func wrongCount() {
    var state = State.settled()
    state.focus(on: .column(0))
    for text in ["0", "21", "many"] {
      state.press("R")
      state.type(text)
      #expect(state.press("enter").isEmpty)
      #expect(state.notice?.text == "'\(text)' is no number from 1 to 20.")
      #expect(state.overlays.count == 1)
      state.press("escape")
    }
    #expect(state.columns[0].variant.repeatCount == 1)
  }

  @Test("Attempts from the store come back in one column, in their order")
  func opened() {
    var state = State.settled()
    var runs: [RecordedRun] = (1...3).map { repetition in
      var recorded = RecordedRun.sample(0, text: "answer \(repetition)")
      recorded.run.id = "run-\(repetition)"
      recorded.run.repetition = repetition
      recorded.run.variant = Variant(.sample(0))
      recorded.run.variant?.repeatCount = 3
      return recorded
    }
    runs.append(.sample(1, text: "other"))
    runs[3].run.id = "run-4"
    _ = update(&state, .runsLoaded(runs, .show))
    #expect(state.columns.map(\.attemptCount) == [3, 1])
    #expect(state.columns.map(\.variant.repeatCount) == [3, 1])
    #expect(state.columns[0].attempts.map(\.answer.text) == ["answer 1", "answer 2", "answer 3"])
    #expect(state.columns[0].answer.text == "answer 1")
    let plans = State.replays(in: update(&state, .runsLoaded(runs, .replay([]))))
    #expect(plans.count == 4)
    #expect(state.columns.map(\.attemptCount) == [3, 1])
    #expect(state.columns[0].attempts.map(\.recordedRun) == ["run-1", "run-2", "run-3"])
  }

  @Test("Runs that are written down are known by their attempts")
  func recorded() {
    var (state, plans) = running()
    _ = update(
      &state,
      .runsBegan(plans.map { BegunRun(number: $0.number, id: "id-\($0.number)", version: nil) }))
    #expect(
      state.columns[1].attempts.map(\.recordedRun) == plans.dropFirst().map { "id-\($0.number)" })
  }
}
