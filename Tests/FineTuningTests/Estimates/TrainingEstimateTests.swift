import Core
import Testing

@testable import FineTuning

@Suite struct TrainingEstimateTests {
  private static let example = TrainingExample(messages: [
    TrainingMessage(role: "user", text: "Is it so?"),
    TrainingMessage(role: "assistant", text: "It is."),
  ])

  private func estimate(_ count: Int, epochs: Int? = nil) -> TrainingEstimate {
    var estimate = TrainingEstimate(epochs: epochs)
    for _ in 0..<count { estimate.add(Self.example) }
    return estimate
  }

  @Test func `tokens are read as often as there are passes`() {
    let one = ExampleMeasures(of: Self.example).tokens
    let estimate = estimate(50, epochs: 4)
    #expect(estimate.tokens == 50 * one)
    #expect(estimate.trainedTokens == 200 * one)
    #expect(estimate.cost(at: Money(dollars: 10)) == Money(dollars: Double(200 * one) / 100_000))
    #expect(estimate.seconds(at: 100) == Double(2 * one))
  }

  @Test func `a pair's question is read before each answer`() {
    var pair = Self.example
    pair.rejected = pair.answer
    var estimate = TrainingEstimate(epochs: 1)
    estimate.add(pair)
    #expect(estimate.tokens == 2 * ExampleMeasures(of: Self.example).tokens)
  }

  @Test(arguments: [(0, 3), (4, 25), (10, 10), (50, 3), (8000, 3), (10_000, 2), (100_000, 1)])
  func `passes that nobody named are as usual`(examples: Int, passes: Int) {
    #expect(AutomaticEpochs.count(of: examples) == passes)
  }

  @Test func `what isn't known is said to be unknown`() {
    let unknown = estimate(10).sentences(price: nil, rate: nil)
    #expect(unknown.count == 3)
    #expect(unknown[1].hasPrefix("Cost: unknown") && unknown[2].hasPrefix("Time: unknown"))
    let known = estimate(1000, epochs: 2).sentences(
      price: Money(dollars: 3), rate: (tokens: 10, source: "as you say"))
    #expect(known[0].hasPrefix("1,000 examples") && known[0].contains("gone through 2 times:"))
    #expect(known[1].hasPrefix("Cost: ≈$0."))
    #expect(known[2].contains("10 tokens a second (as you say)"))
  }

  @Test(arguments: [
    (5, "5 s"), (89, "89 s"), (600, "10 min"), (7200, "2.0 h"), (864_000, "10 d"),
    (1e300, "11,574 d"),
  ]) func `a time is short`(seconds: Double, text: String) {
    #expect(TrainingEstimate.span(seconds) == text)
  }

  @Test func `earlier trainings tell the time, those of the same model first`() throws {
    func job(_ model: String, tokens: Int, seconds: Double, _ provider: String = "p")
      throws -> TrainingJobRecord
    {
      let state = try #require(
        TrainingJobState(id: "j", phase: .succeeded, status: "done", trainedTokens: tokens))
      let journey = try #require(TrainingJobJourney(name: "whet-1", hasValidation: false))
      return TrainingJobRecord(
        name: "whet-1", provider: provider, createdAt: 100,
        request: TrainingJobRequest(model: model),
        data: TrainingData(training: .init(path: "", hash: "", bytes: 0, examples: 0)),
        journey: journey, state: state, endedAt: 100 + seconds)
    }
    let jobs = [
      try job("a", tokens: 1000, seconds: 10), try job("b", tokens: 1000, seconds: 100),
      try job("b", tokens: 1000, seconds: 50), try job("b", tokens: 4000, seconds: 10),
      try job("c", tokens: 1, seconds: 1, "other"),
    ]
    let same = try #require(TrainingEstimate.rate(of: jobs, provider: "p", model: "b"))
    #expect(same.tokens == 20)
    #expect(same.source == "3 trainings of b at p, with the wait")
    let others = try #require(TrainingEstimate.rate(of: jobs, provider: "p", model: "z"))
    #expect(others.tokens == 100)
    #expect(others.source.contains("other models"))
    #expect(TrainingEstimate.rate(of: jobs, provider: "nobody", model: "b") == nil)
  }

  @Test func `a model at home takes memory and time by its weights`() {
    let full = LocalEstimate(parameters: 8e9, method: .full)
    #expect(full.bytes == 128e9)
    #expect(full.rate(operationsPerSecond: 48e12) == 1000)
    let adapter = LocalEstimate(parameters: 8e9, method: .lora)
    #expect(adapter.rate(operationsPerSecond: 32e12) == 1000)
    #expect(LocalEstimate(parameters: 8e9, method: .qlora).bytes < adapter.bytes)
    #expect(adapter.bytes < full.bytes)
  }
}
