import Core
import Evaluation
import Testing

@testable import Playground

@Suite struct EvaluatingTests {
  private func plan(omissions: [String] = []) -> EvaluationPlan {
    let record = EvaluationRecord.sample([[".", "."], [".", "."]])
    var plan = EvaluationPlan(name: "sample", cases: record.cases, variants: record.variants)
    plan.omissions = omissions
    return plan
  }

  private func news(_ sign: Character, _ testCase: Int, _ variant: Int) -> PlacedResult? {
    EvaluationResult.sample(sign, "case-\(testCase)", "v\(variant)").map {
      PlacedResult(.init(testCase: testCase, variant: variant, repetition: 1), $0)
    }
  }

  @Test func `nothing is sent before a person has seen what is not carried out`() {
    var state = State.settled()
    state.press("alt-E n")
    state.type("a.yaml")
    #expect(
      state.press("enter") == [.evaluations(.plan(path: "a.yaml", promptPath: nil))])
    let plan = plan(omissions: ["'provider: x' is unknown."])
    #expect(update(&state, .evaluations(.planned(plan))) == [])
    #expect(state.overlays.last == .evaluationPlan)
    #expect(plan.lines.contains { $0.text == "'provider: x' is unknown." })
    #expect(state.press("enter") == [.evaluations(.start(EvaluationStart(plan)))])
    // Whoever leaves it has sent nothing.
    _ = update(&state, .evaluations(.planned(plan)))
    #expect(state.press("escape") == [])
  }

  @Test func `the grid fills in while it runs, and goes on behind closed pages`() throws {
    var state = State.settled()
    let record = EvaluationRecord.sample([[".", "."], [".", "."]])
    _ = update(&state, .evaluations(.began(record)))
    #expect(state.overlays.last == .grid)
    var progress = EvaluationProgress(total: 4)
    progress.done = 1
    _ = update(
      &state, .evaluations(.progressed("e1", progress, [try #require(news("+", 0, 1))])))
    #expect(state.evaluations.grid?.cell(0, 1).verdict == .passed)
    #expect(state.evaluations.running?.progress.done == 1)
    state.press("escape")
    #expect(state.overlays.isEmpty)
    _ = update(
      &state, .evaluations(.progressed("e1", progress, [try #require(news("-", 1, 0))])))
    #expect(state.evaluations.grid?.cell(1, 0).verdict == .failed)
    // The playground is usable meanwhile.
    #expect(!State.started(by: state.press("ctrl-r")).isEmpty)
    let effects = update(&state, .evaluations(.ended("e1", .complete)))
    #expect(state.evaluations.running == nil)
    #expect(effects.contains { if case .evaluations(.compare) = $0 { true } else { false } })
  }

  @Test(arguments: ["s", "ctrl-c"]) func `one key stops it`(key: String) {
    var state = State.settled()
    _ = update(&state, .evaluations(.began(.sample([["."]]))))
    #expect(state.press(key) == [.evaluations(.stop)])
    #expect(state.overlays.last == .grid)
    #expect(state.evaluations.running?.isStopping == true)
    _ = update(&state, .evaluations(.ended("e1", .stopped)))
    #expect(state.press("r") == [.evaluations(.planAgain("e1"))])
  }

  @Test func `a second one waits for the first`() {
    var state = State.settled()
    _ = update(&state, .evaluations(.began(.sample([["."]]))))
    _ = update(&state, .evaluations(.planned(plan())))
    #expect(state.press("enter") == [])
    #expect(state.notice?.text.contains("is running") == true)
  }

  @Test func `quitting stops it`() {
    var state = State.settled()
    _ = update(&state, .evaluations(.began(.sample([["."]]))))
    #expect(state.press("ctrl-q").contains(.evaluations(.stop)))
    #expect(state.isQuitting)
  }

  @Test func `what comes while a grid is read is in it`() throws {
    var state = State.settled()
    let record = EvaluationRecord.sample([[".", "."]])
    _ = update(&state, .evaluations(.began(record)))
    _ = update(&state, .evaluations(.listed([EvaluationRow(.init(record), started: "")])))
    // Another one is looked at meanwhile.
    state.evaluations.grid = nil
    state.press("escape alt-E enter")
    let result = try #require(news("+", 0, 0))
    _ = update(&state, .evaluations(.progressed("e1", EvaluationProgress(total: 2), [result])))
    _ = update(&state, .evaluations(.read(record)))
    #expect(state.evaluations.grid?.cell(0, 0).verdict == .passed)
  }

  @Test func `a case opens with the selected variant first`() throws {
    var state = State.inGrid(.sample([["+", "-", "+"]]))
    let effects = state.press("space right enter")
    guard case .evaluations(.openCase(let opening))? = effects.first else {
      Issue.record("nothing is opened")
      return
    }
    #expect(opening.columns.map(\.place) == [1, 0])
    #expect(opening.testCase.id == "case-0")
  }

  @Test func `what was not answered can't be opened, and says why`() {
    var state = State.inGrid(.sample([["!", "."]]))
    #expect(state.press("enter") == [])
    #expect(state.notice?.text.contains("The server said no.") == true)
    #expect(state.press("right enter") == [])
    #expect(state.notice?.text.contains("not asked") == true)
  }

  @Test func `the prompt as it stands becomes a variant, and failed cases come first`() throws {
    var state = State.inGrid(.sample([["+"], ["-"], ["-"]]))
    #expect(state.press("alt-E") == [])
    state.press("enter")
    var recorded = RecordedRun.sample(0)
    recorded.run.promptText = "Prompt 0: {{question}}"
    recorded.run.request.model = .sample(0)
    recorded.run.variant = Variant(.sample(0), context: .none)
    _ = update(&state, .runsLoaded([recorded], .show))
    // Nothing was changed yet.
    #expect(state.press("alt-R") == [])
    state.focus(on: .prompt)
    state.type("New. ")
    guard case .evaluations(.start(let start))? = state.press("alt-R").first else {
      Issue.record("nothing was started")
      return
    }
    #expect(start.first == [1, 2])
    #expect(start.plan.variants.map(\.name) == ["v0", "v0 #2"])
    #expect(start.plan.variants[1].promptText.contains("New. "))
    #expect(start.plan.variants[1].asked.context == .none)
    #expect(start.plan.cases.count == 3)
  }

  @Test func `a case is saved with one key, and its file is asked for once`() {
    var state = State.settled()
    _ = state.startRuns()
    state.stream(0, .text("Thirty days."), .finish(.stop))
    #expect(state.press("alt-C") == [])
    let saved = SavedCase(
      path: "sample.jsonl", promptPath: nil, inputs: ["question": "How long?"],
      expected: "Thirty days.")
    #expect(state.press("enter") == [.evaluations(.saveCase(saved))])
    #expect(state.press("alt-C") == [.evaluations(.saveCase(saved))])
    #expect(
      saved.line
        == #"{"input":{"question":"How long?"},"expected":"Thirty days.","id":"\#(saved.id)"}"#)
  }

  @Test func `on a small screen the cell takes the room of the grid`() {
    var state = State.inGrid(.sample([["-", "+"]]), size: Size(width: 60, height: 20))
    #expect(state.gridRoom?.panel == nil)
    #expect(state.press("enter") == [])
    #expect(state.gridRoom?.isPanelAlone == true)
    state.press("escape")
    #expect(state.gridRoom?.panel == nil)
    #expect(state.overlays.last == .grid)
    state.press("right right")
    #expect(state.gridRoom?.isPanelAlone == true)
    #expect(!state.press("enter").isEmpty)
  }

  @Test func `verdicts on another baseline are dropped`() {
    var state = State.inGrid(.sample([["+", "-"], ["+", "-"]]))
    let verdicts = ComparedVariants(evaluation: "e1", baseline: 0, verdicts: [nil, nil])
    let effects = state.press("right B")
    guard case .evaluations(.compare(let comparing))? = effects.first else {
      Issue.record("nothing is compared")
      return
    }
    _ = update(&state, .evaluations(.compared(comparing.result())))
    #expect(state.evaluations.grid?.verdicts[0]?.difference.mean == 1)
    _ = update(&state, .evaluations(.compared(verdicts)))
    #expect(state.evaluations.grid?.verdicts[0] != nil)
  }
}
