import Testing

@testable import Core

@Suite struct CostTests {
  private let price = Price(
    input: Money(dollarsPerMillion: 1), output: Money(dollarsPerMillion: 10))

  private func answer(_ events: StreamEvent...) -> Answer {
    var answer = Answer(estimatedInputTokens: 40)
    for event in events { answer.apply(event, at: 1) }
    return answer
  }

  @Test func aCountedAnswerHasAnExactCost() {
    let answer = answer(
      .text("Hi"), .usage(Usage(inputTokens: 100, outputTokens: 5)), .finish(.stop))
    #expect(Cost(of: answer, at: price) == Cost(Money(dollarsPerMillion: 150)))
  }

  @Test func whatNoServerCountedToTheEndIsAnEstimate() {
    let counted = StreamEvent.usage(Usage(inputTokens: 100, outputTokens: 1))
    #expect(
      Cost(of: answer(.text("Hi"), .finish(.stop)), at: price)
        == Cost(Money(dollarsPerMillion: 50), isEstimated: true))
    #expect(
      Cost(of: answer(.text("Hi"), counted, .finish(.cancelled)), at: price)
        == Cost(Money(dollarsPerMillion: 110), isEstimated: true))
  }

  @Test func aCountFromBeforeTheTextIsNoCountOfIt() {
    let early = StreamEvent.usage(Usage(inputTokens: 100, outputTokens: 1))
    let answer = answer(
      early, .text(String(repeating: "word ", count: 80)), .finish(.cancelled))
    #expect(answer.usage == Usage(inputTokens: 100, outputTokens: 100, isEstimated: true))
  }

  @Test func whatFailedBeforeAnythingCameCostsNothing() {
    let cost = Cost(of: answer(.failure("HTTP 401")), at: price)
    #expect(cost == Cost(.zero, isEstimated: true))
    #expect(Numbers.cost(cost).isEmpty)
  }

  @Test func anUnknownPriceIsUnknownAndNeverNothing() {
    let unknown = Cost(of: answer(.text("Hi"), .finish(.stop)), at: nil)
    #expect(unknown.isUnknown)
    #expect(unknown.json["cost_usd"] == .null)
    #expect(Numbers.cost(unknown) == "unknown")
    let sum = unknown + Cost(Money(dollars: 0.02)) + Cost(Money(dollars: 1), isEstimated: true)
    #expect(Numbers.cost(sum) == "≈$1.02 + unknown")
    #expect(sum.json["cost_usd"] == .null)
  }

  @Test func whatIsFreeCostsNothingCountedOrNot() {
    #expect(Cost(of: answer(.text("Hi"), .finish(.cancelled)), at: .free) == .zero)
    #expect(Cost(ofPromptTokens: 1_000_000, at: .free) == .zero)
  }

  @Test(
    "amounts have cents, or two digits of less than a dollar",
    arguments: [
      (0, "$0.00"), (1, "<$0.000001"), (400_000, "<$0.000001"), (600_000, "$0.000001"),
      (300_000_000, "$0.0003"), (312_000_000, "$0.00031"), (4_000_000_000, "$0.004"),
      (99_600_000_000, "$0.10"), (500_000_000_000, "$0.50"), (999_999_999_999, "$1.00"),
      (1_240_000_000_000, "$1.24"), (1_234_567_890_000_000_000, "$1,234,567.89"),
      (-4_000_000_000, "-$0.004"), (Int.max, "$9,223,372.04"), (Int.min, "-$9,223,372.04"),
    ])
  func amounts(picodollars: Int, text: String) {
    #expect(Numbers.money(Money(picodollars: picodollars)) == text)
  }
}
