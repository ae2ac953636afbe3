import Core
import Testing

@testable import Playground

@Suite struct EstimatingTests {
  private static let price = Price(
    input: Money(dollarsPerMillion: 100), output: Money(dollarsPerMillion: 500))

  /// A playground that knows more of the sample models.
  private func state(_ profile: ModelProfile, prompt: String = "{{question}}") -> State {
    var state = State.sample(prompt: prompt, index: nil)
    _ = state.start()
    _ = update(
      &state, .catalogChanged(ModelCatalog(entries: [ModelCatalog.Entry("local/*", profile)])))
    return state
  }

  @Test func thePromptCostsWhatAllColumnsDoTogether() {
    let state = state(ModelProfile(price: Self.price))
    #expect(
      state.promptCost
        == Cost(Money(dollarsPerMillion: 100) * (2 * state.promptTokens), isEstimated: true))
    #expect(self.state(ModelProfile()).promptCost == .zero)
  }

  @Test func aPriceThatSomebodyBillsAndNobodyKnowsIsUnknown() {
    var state = state(ModelProfile())
    let provider = Provider(name: "local", baseURL: "https://far.example/v1")
    _ = update(&state, .catalogChanged(ModelCatalog(providers: [provider])))
    #expect(state.promptCost == .unknown)
    state.press("ctrl-r")
    #expect(state.columns[0].cost == .unknown)
  }

  @Test func theEstimateFollowsWhatTheCurrentModelsServerCounts() {
    var state = state(ModelProfile())
    let plain = state.promptTokens
    var catalog = ModelCatalog()
    catalog.tokenRatios[.sample(1)] = TokenRatio(estimated: 100, counted: 200)
    _ = update(&state, .catalogChanged(catalog))
    #expect(state.promptTokens == plain)
    state.focus(on: .column(1))
    #expect(state.promptTokens == 2 * plain)
    state.press("ctrl-r")
    #expect(state.columns.map(\.answer.usage.inputTokens) == [plain, 2 * plain])
  }

  @Test func aRunKeepsThePriceThatItStartedWith() {
    var state = state(ModelProfile(price: Self.price))
    state.press("ctrl-r")
    _ = update(&state, .catalogChanged(ModelCatalog()))
    state.stream(0, .text("a"), .usage(Usage(inputTokens: 10, outputTokens: 1)), .finish(.stop))
    #expect(state.columns[0].cost == Cost(Money(dollarsPerMillion: 1500)))
  }

  @Test func anEarlierRunIsShownWithItsOwnPrice() {
    var state = state(ModelProfile(price: .free))
    var recorded = RecordedRun.sample(0)
    recorded.run.price = Self.price
    _ = update(&state, .runsLoaded([recorded, .sample(1)], .show))
    #expect(state.columns[0].cost?.amount == Self.price.cost(of: recorded.answer.usage))
    #expect(state.columns[1].cost == nil)
  }

  @Test func aPromptThatMayNotFitIsWarnedOfByItsColumn() {
    var state = state(
      ModelProfile(contextWindow: 100),
      prompt: "---\nconfig:\n  maxOutputTokens: 90\n---\n{{question}} "
        + String(repeating: "word ", count: 10))
    state.press("ctrl-r")
    #expect(state.notice?.kind == .warning)
    #expect(
      state.notice?.text.contains("B: the prompt is ≈\(state.promptTokens) tokens") == true)
    #expect(state.isRunning)
  }

  @Test func aPromptThatFitsIsSentWithoutAWord() {
    var state = state(ModelProfile(contextWindow: 100_000))
    state.press("ctrl-r")
    #expect(state.notice == nil)
  }

  @Test func aPromptThatFilledTheWindowIsWarnedOfInItsColumn() {
    var state = state(ModelProfile(contextWindow: 4096))
    state.press("ctrl-r")
    state.stream(0, .text("cut"), .finish(.stop))
    #expect(rows(of: state, 0) == [AnswerRow("cut", .text, source: 0..<3)])
    state.stream(0, .usage(Usage(inputTokens: 4096, outputTokens: 1)))
    let text = rows(of: state, 0).filter { $0.pieces[0].face == .warning }.map(\.text)
    #expect(text.joined(separator: " ").contains("The prompt filled the window of 4,096 tokens"))
    _ = update(&state, .input(.resize(Size(width: 70, height: 24))))
    #expect(rows(of: state, 0).contains { $0.pieces[0].face == .warning })
  }

  private func rows(of state: State, _ column: Int) -> [AnswerRow] {
    state.columns[column].view.rows(in: 0..<100)
  }
}
