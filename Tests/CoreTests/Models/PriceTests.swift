import Testing

@testable import Core

@Suite struct PriceTests {
  private let price = Price(
    input: Money(dollarsPerMillion: 2), cachedInput: Money(dollarsPerMillion: 0.2),
    cacheWrite: Money(dollarsPerMillion: 2.5), output: Money(dollarsPerMillion: 12),
    longPrompt: Price.LongPrompt(
      aboveInputTokens: 1000, inputPercent: 200, outputPercent: 150))

  @Test func eachKindOfTokenHasItsPrice() {
    let usage = Usage(
      inputTokens: 1000, outputTokens: 100, cachedInputTokens: 600, cacheWriteTokens: 300,
      reasoningTokens: 90)
    // 100 at $2, 600 at $0.2, 300 at $2.5 and 100 at $12, for a million.
    #expect(price.cost(of: usage) == Money(picodollars: 2_270_000_000))
  }

  @Test func everyTokenOfALongPromptIsDearer() {
    let short = Usage(inputTokens: 1000, outputTokens: 10)
    let long = Usage(inputTokens: 1001, outputTokens: 10)
    #expect(price.cost(of: short) == Money(picodollars: 2_000_000_000 + 120_000_000))
    #expect(price.cost(of: long) == Money(picodollars: 4_004_000_000 + 180_000_000))
  }

  @Test func moreCachedTokensThanInputCountAsAllOfIt() {
    let usage = Usage(
      inputTokens: 10, outputTokens: 0, cachedInputTokens: 1 << 40, cacheWriteTokens: 1 << 40)
    #expect(price.cost(of: usage) == Money(dollarsPerMillion: 0.2) * 10)
  }

  @Test func noCostIsBeyondTheLargestAmount() {
    let dear = Price(input: Money(picodollars: .max), output: Money(picodollars: .max))
    let usage = Usage(inputTokens: 1 << 40, outputTokens: 1 << 40)
    #expect(dear.cost(of: usage) == Money(picodollars: .max))
    #expect(
      dear.largestCost(inputTokens: .max, outputTokens: .max) == Money(picodollars: .max))
  }

  @Test func noBillIsLargerThanTheLargestCost() {
    for input in [0, 1, 999, 1000, 1001, 5000] {
      let bound = price.largestCost(inputTokens: input, outputTokens: 50)
      for used in 0...input where used % 97 == 0 || used == input {
        for (cached, written) in [(0, 0), (used, 0), (0, used), (used / 2, used / 2)] {
          let usage = Usage(
            inputTokens: used, outputTokens: 50, cachedInputTokens: cached,
            cacheWriteTokens: written)
          #expect(price.cost(of: usage) <= bound)
        }
      }
    }
  }

  @Test func aPriceIsReadAsItWasWritten() throws {
    for price in [price, .free, Price(input: Money(dollarsPerMillion: 0.003625), output: .zero)] {
      #expect(Price(json: price.json) == price)
      #expect(Price(json: try JSON(parsing: price.json.text)) == price)
    }
    #expect(
      price.json.text.hasPrefix(
        #"{"input":2,"cached_input":0.2,"cache_write":2.5,"output":12,"#))
  }

  @Test(
    "what can't be a price is none",
    arguments: [
      "null", "{}", #"{"input":1}"#, #"{"input":-1,"output":1}"#, #"{"input":1e300,"output":1}"#,
      #"{"input":"1","output":1}"#, #"{"input":1,"output":1,"long_prompt":{}}"#,
      #"{"input":1,"output":1,"long_prompt":{"above_input_tokens":1,"input_percent":-1}}"#,
    ])
  func hostilePrices(text: String) throws {
    #expect(Price(json: try JSON(parsing: text)) == nil)
  }
}
