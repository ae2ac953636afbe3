// What the tokens of a model cost. Prices are published for a million tokens and kept for one, in
// which all of them are whole picodollars.

/// The price of a model's tokens, each kind for one token.
public struct Price: Hashable, Sendable {
  public var input: Money
  /// Of input tokens that came out of the server's cache.
  public var cachedInput: Money
  /// Of input tokens that were put into the server's cache.
  public var cacheWrite: Money
  /// Of output tokens, thinking included.
  public var output: Money
  /// What a long prompt makes of the price; nil when all prompts cost the same.
  public var longPrompt: LongPrompt?

  /// How much dearer every token of a request is whose prompt is long.
  public struct LongPrompt: Hashable, Sendable {
    /// A prompt with more input tokens than these is long.
    public var aboveInputTokens: Int
    /// Percent of the price of all input tokens, cached ones included.
    public var inputPercent: Int
    /// Percent of the price of all output tokens.
    public var outputPercent: Int

    public init(aboveInputTokens: Int, inputPercent: Int, outputPercent: Int) {
      self.aboveInputTokens = aboveInputTokens
      self.inputPercent = inputPercent
      self.outputPercent = outputPercent
    }
  }

  /// - Parameters: the amounts for one token; what isn't given costs as much as input.
  public init(
    input: Money, cachedInput: Money? = nil, cacheWrite: Money? = nil, output: Money,
    longPrompt: LongPrompt? = nil
  ) {
    self.input = input
    self.cachedInput = cachedInput ?? input
    self.cacheWrite = cacheWrite ?? input
    self.output = output
    self.longPrompt = longPrompt
  }

  /// Of a model that costs nothing.
  public static let free = Price(input: .zero, output: .zero)

  public var isFree: Bool { self == .free }

  /// What so many tokens of one request cost.
  public func cost(of usage: Usage) -> Money {
    let price = price(ofPrompt: usage.inputTokens)
    let cached = min(usage.cachedInputTokens, usage.inputTokens)
    let written = min(usage.cacheWriteTokens, usage.inputTokens - cached)
    return price.input * (usage.inputTokens - cached - written) + price.cachedInput * cached
      + price.cacheWrite * written + price.output * usage.outputTokens
  }

  /// The most that a request of at most so many tokens costs, whatever comes out of a cache or
  /// goes into it.
  public func largestCost(inputTokens: Int, outputTokens: Int) -> Money {
    let price = price(ofPrompt: inputTokens)
    let input = max(price.input, price.cachedInput, price.cacheWrite)
    // A cheaper price for long prompts would make a shorter one the dearer.
    return max(input, self.input, cachedInput, cacheWrite) * inputTokens
      + max(price.output, output) * outputTokens
  }

  /// The price that holds for a request with so many input tokens.
  private func price(ofPrompt inputTokens: Int) -> Price {
    guard let longPrompt, inputTokens > longPrompt.aboveInputTokens else { return self }
    return Price(
      input: input.percent(longPrompt.inputPercent),
      cachedInput: cachedInput.percent(longPrompt.inputPercent),
      cacheWrite: cacheWrite.percent(longPrompt.inputPercent),
      output: output.percent(longPrompt.outputPercent))
  }
}

extension Price {
  /// Dollars for a million tokens, as prices are published:
  /// `{"input":2,"cached_input":0.2,"cache_write":2.5,"output":12}`, and `long_prompt` where long
  /// prompts cost more.
  public var json: JSON {
    var object: JSON.Object = [
      "input": .number(input.dollarsPerMillion),
      "cached_input": .number(cachedInput.dollarsPerMillion),
      "cache_write": .number(cacheWrite.dollarsPerMillion),
      "output": .number(output.dollarsPerMillion),
    ]
    if let longPrompt {
      object["long_prompt"] = [
        "above_input_tokens": .integer(longPrompt.aboveInputTokens),
        "input_percent": .integer(longPrompt.inputPercent),
        "output_percent": .integer(longPrompt.outputPercent),
      ]
    }
    return .object(object)
  }

  /// The price that such an object holds; nil when it isn't one, or an amount can't be a price.
  public init?(json: JSON) {
    func amount(_ name: String) -> Money? {
      json[name]?.double.flatMap { Self.amounts.contains($0) ? Money(dollarsPerMillion: $0) : nil }
    }
    guard let input = amount("input"), let output = amount("output") else { return nil }
    self.init(
      input: input, cachedInput: amount("cached_input"), cacheWrite: amount("cache_write"),
      output: output)
    guard let long = json["long_prompt"], !long.isNull else { return }
    guard let above = long["above_input_tokens"]?.tokenCount,
      let inputPercent = long["input_percent"]?.integer, Self.percents.contains(inputPercent),
      let outputPercent = long["output_percent"]?.integer, Self.percents.contains(outputPercent)
    else { return nil }
    longPrompt = LongPrompt(
      aboveInputTokens: above, inputPercent: inputPercent, outputPercent: outputPercent)
  }

  /// Dollars for a million tokens: a file can hold any number.
  private static let amounts = 0...1_000_000.0
  private static let percents = 0...10_000
}

extension Money {
  /// The price of one token where a million cost so many dollars.
  public init(dollarsPerMillion dollars: Double) { self.init(dollars: dollars / 1_000_000) }

  fileprivate var dollarsPerMillion: Double { Double(picodollars) / 1_000_000 }

  fileprivate func percent(_ percent: Int) -> Money {
    Money(picodollars: (self * percent).picodollars / 100)
  }
}
