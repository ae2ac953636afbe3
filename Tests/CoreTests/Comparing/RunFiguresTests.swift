import Testing

@testable import Core

@Suite("Figures of runs")
struct RunFiguresTests {
  private func run(
    first: Double? = 100, tokens: Int = 10, dollars: Double? = nil, reason: FinishReason = .stop
  ) -> RunFigures {
    var answer = Answer()
    if let first { answer.apply(.text("x"), at: first) }
    answer.apply(.usage(Usage(inputTokens: 5, outputTokens: tokens)), at: 900)
    answer.apply(.finish(reason), at: 1100)
    return RunFigures(of: answer, cost: dollars.map { Cost(Money(dollars: $0)) })
  }

  @Test("Less is better of cost and time, more of the rate")
  func best() {
    let runs = [
      run(first: 100, tokens: 10, dollars: 0.02), run(first: 600, tokens: 90, dollars: 0.01),
    ]
    #expect(RunFigures.best(.firstText, among: runs) == 0)
    #expect(RunFigures.best(.rate, among: runs) == 1)
    #expect(RunFigures.best(.cost, among: runs) == 1)
  }

  @Test("There is no best of one, of a tie, or among runs that failed")
  func noBest() {
    #expect(RunFigures.best(.firstText, among: [run()]) == nil)
    #expect(RunFigures.best(.firstText, among: [run(), run(first: nil)]) == nil)
    #expect(RunFigures.best(.firstText, among: [run(first: 120), run(first: 121)]) == nil)
    #expect(RunFigures.best(.firstText, among: [run(), run(first: 5, reason: .error)]) == nil)
    #expect(RunFigures.best(.cost, among: [run(), run()]) == nil)
    #expect(RunFigures.best(.cost, among: []) == nil)
  }

  @Test("A free run is the cheapest, and unknown costs are not compared")
  func costs() {
    #expect(RunFigures.best(.cost, among: [run(dollars: 0.1), run(dollars: 0)]) == 1)
    var unknown = run()
    unknown.cost = .unknown
    #expect(RunFigures.best(.cost, among: [run(dollars: 0.1), unknown]) == nil)
  }

  @Test("Of runs that were repeated there are medians, and from where to where they go")
  func medians() throws {
    let runs = [run(first: 300, tokens: 30), run(first: 100), run(first: 200, tokens: 20)]
    let figures = try #require(RunFigures(medianOf: runs))
    #expect(figures.firstText == 200)
    #expect(figures.range(of: .firstText) == ".10s–.30s")
    #expect(figures.usage.outputTokens == 20)
    #expect(figures.finishReason == .stop)
    #expect(figures.range(of: .cost) == nil)
    let two = try #require(RunFigures(medianOf: [run(first: 100), run(first: 200)]))
    #expect(two.firstText == 150)
    let failed = try #require(RunFigures(medianOf: [run(reason: .length), run()]))
    #expect(failed.finishReason == .length)
    #expect(failed.range(of: .firstText) == nil)
    #expect(RunFigures(medianOf: []) == nil)
  }
}
