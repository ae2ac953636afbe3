// The figures of a run by which it is held against others, and which run has the best of each.

/// What a run took, in time, tokens and money.
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

  /// - Parameters: tokens and cost with those of earlier steps, where the answer is that of a chain.
  public init(of answer: Answer, usage: Usage? = nil, cost: Cost?) {
    self.cost = cost
    firstActivity = answer.timing.timeToFirstActivity
    firstText = answer.timing.timeToFirstText
    rate = answer.tokensPerSecond
    isRateEstimated = answer.isRateEstimated
    self.usage = usage ?? answer.usage
    finishReason = answer.finishReason
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
