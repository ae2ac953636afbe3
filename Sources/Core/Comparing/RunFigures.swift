// The figures of a run by which it is held against others, and which run has the best of each.

/// What a run took, in time, tokens and money; of a run that was repeated, the medians.
public struct RunFigures: Hashable, Sendable {
  /// Nil where nobody keeps an account.
  public var cost: Cost?
  /// Milliseconds to the first token of any kind; nil before there was one.
  public var firstActivity: Double?
  /// Milliseconds to the first visible text; nil before there was any.
  public var firstText: Double?
  /// Output tokens a second; nil before there are any.
  public var rate: Double?
  public var isRateEstimated: Bool
  public var usage: Usage
  /// Nil while the run goes on.
  public var finishReason: FinishReason?
  /// From the least to the most of each figure, where runs differ in it.
  public private(set) var ranges: [Kind: ClosedRange<Double>] = [:]

  /// - Parameters: tokens and cost with those of earlier steps, where the answer is that of a chain.
  public init(of answer: Answer, usage: Usage? = nil, cost: Cost?) {
    self.cost = cost
    // Nothing takes no time: such a run was imported, and nobody knows what it took.
    let timing = answer.timing.total > 0 ? answer.timing : Timing()
    firstActivity = timing.timeToFirstActivity
    firstText = timing.timeToFirstText
    rate = answer.tokensPerSecond
    isRateEstimated = answer.isRateEstimated
    self.usage = usage ?? answer.usage
    finishReason = answer.finishReason
  }

  /// The medians of runs that asked the same, of which there must be one; it ended as the first that
  /// didn't end well, if there is one.
  public init?(medianOf runs: [RunFigures]) {
    guard var figures = runs.last else { return nil }
    let wellEnded: [FinishReason?] = [.stop, .toolCalls, nil]
    if let other = runs.first(where: { !wellEnded.contains($0.finishReason) }) {
      figures.finishReason = other.finishReason
    }
    func median(_ kind: Kind, _ value: (RunFigures) -> Double?) -> Double? {
      let values = runs.compactMap(value).sorted()
      guard let least = values.first, let most = values.last else { return nil }
      if least < most { figures.ranges[kind] = least...most }
      return Self.middle(of: values)
    }
    figures.firstActivity = median(.firstActivity, \.firstActivity)
    figures.firstText = median(.firstText, \.firstText)
    figures.rate = median(.rate, \.rate)
    if let dollars = median(.cost, { $0.cost?.amount.dollars }) {
      figures.cost = Cost(
        Money(dollars: dollars), isEstimated: runs.contains { $0.cost?.isEstimated ?? false },
        isPartial: runs.contains { $0.cost?.isPartial ?? false })
    }
    figures.isRateEstimated = runs.contains(where: \.isRateEstimated)
    for count in [\Usage.inputTokens, \.outputTokens, \.cachedInputTokens, \.reasoningTokens] {
      let values = runs.map { Double($0.usage[keyPath: count]) }.sorted()
      figures.usage[keyPath: count] = Int(Self.middle(of: values).rounded())
    }
    figures.usage.isEstimated = runs.contains(where: \.usage.isEstimated)
    self = figures
  }

  /// Of sorted values, of which there is one at least, the middle one, or what lies between the two.
  private static func middle(of values: [Double]) -> Double {
    (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
  }

  /// A figure of which one can be better than another.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// Less is better.
    case cost, firstActivity, firstText
    /// More is better.
    case rate
  }

  /// A figure in words; nil where there is none, empty for what costs nothing.
  public func text(of kind: Kind) -> String? {
    switch kind {
    case .cost: cost.map { Numbers.cost($0) }
    case .firstActivity: firstActivity.map(Numbers.duration)
    case .firstText: firstText.map(Numbers.duration)
    case .rate: rate.map { (isRateEstimated ? "≈" : "") + Numbers.rate($0) }
    }
  }

  /// `.38s–.55s`: from the least to the most where a run was repeated; nil where all are alike.
  public func range(of kind: Kind) -> String? {
    guard let range = ranges[kind] else { return nil }
    let ends = [range.lowerBound, range.upperBound].map { value in
      switch kind {
      case .cost: Numbers.money(Money(dollars: value))
      case .firstActivity, .firstText: Numbers.duration(value)
      case .rate: Numbers.rate(value)
      }
    }
    return ends[0] == ends[1] ? nil : ends.joined(separator: "–")
  }

  /// The smaller, the better; nil where it can't be compared.
  private func value(of kind: Kind) -> Double? {
    switch kind {
    case .cost: cost.flatMap { $0.isPartial ? nil : Double($0.amount.picodollars) }
    case .firstActivity: firstActivity
    case .firstText: firstText
    case .rate: rate.map { -$0 }
    }
  }

  /// The place of the run with the best figure of a kind among those that ended well; nil where fewer
  /// than two have one, and where the best two read the same.
  public static func best(_ kind: Kind, among runs: [RunFigures]) -> Int? {
    let compared = runs.enumerated().compactMap { place, run in
      run.finishReason?.isSuccess == true
        ? run.value(of: kind).map { (place: place, value: $0) } : nil
    }
    guard compared.count > 1, let best = compared.min(by: { $0.value < $1.value }) else {
      return nil
    }
    let text = runs[best.place].text(of: kind)
    let isTied = compared.contains {
      $0.place != best.place && runs[$0.place].text(of: kind) == text
    }
    return isTied ? nil : best.place
  }
}
