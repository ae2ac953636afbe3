// What runs cost. What isn't known is said to be unknown, and never counts as nothing in silence.

/// The cost of a run, or of several together.
public struct Cost: Hashable, Sendable {
  /// Of all whose price is known.
  public var amount: Money
  /// Whether some of the amount rests on tokens that no server counted to the end.
  public var isEstimated: Bool
  /// Whether something is missing from the amount, since its price is not known.
  public var isPartial: Bool

  public init(_ amount: Money, isEstimated: Bool = false, isPartial: Bool = false) {
    self.amount = amount
    self.isEstimated = isEstimated
    self.isPartial = isPartial
  }

  public static let zero = Cost(.zero)
  /// Of a run whose price is not known.
  public static let unknown = Cost(.zero, isPartial: true)

  /// Whether nothing is known of it.
  public var isUnknown: Bool { self == .unknown }

  public static func + (a: Cost, b: Cost) -> Cost {
    Cost(
      a.amount + b.amount, isEstimated: a.isEstimated || b.isEstimated,
      isPartial: a.isPartial || b.isPartial)
  }

  public static func += (a: inout Cost, b: Cost) { a = a + b }
}

extension Cost {
  /// What an answer costs, so far or as it ended.
  ///
  /// - Parameter price: at the time of the run; nil when it is not known.
  public init(of answer: Answer, at price: Price?) {
    guard let price else {
      self = .unknown
      return
    }
    if price.isFree {
      self = .zero
    } else if answer.isRefused {
      self.init(.zero, isEstimated: true)
    } else {
      self.init(price.cost(of: answer.usage), isEstimated: !answer.hasFinalUsage)
    }
  }

  /// What a prompt costs before it is sent, its answer left out.
  public init(ofPromptTokens tokens: Int, at price: Price?) {
    guard let price else {
      self = .unknown
      return
    }
    let usage = Usage(inputTokens: tokens, outputTokens: 0)
    self.init(price.cost(of: usage), isEstimated: !price.isFree)
  }
}

extension Answer {
  /// Whether the server has counted all that it bills: what it said before an answer broke off may
  /// be less.
  public var hasFinalUsage: Bool { !usage.isEstimated && finishReason?.isSuccess == true }

  /// Whether it failed before anything came of it: servers send no bill for an error.
  fileprivate var isRefused: Bool {
    finishReason == .error && timing.firstActivity == nil && usage.isEstimated
  }
}

extension Cost {
  /// `cost_usd`, null when it is not known, and `cost_is_estimated`.
  public var json: JSON.Object {
    [
      "cost_usd": isPartial ? .null : .number(amount.dollars),
      "cost_is_estimated": .bool(isEstimated),
    ]
  }
}
