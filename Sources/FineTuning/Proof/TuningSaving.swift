import Core
import Evaluation

// What requests cost before and after training, and when training has paid for itself. What isn't known
// is said to be unknown.

/// What one request of a variant takes, on average.
public struct RequestCost: Hashable, Sendable {
  /// Tokens that are read and written; nil where no answer says how many there were.
  public var inputTokens: Double?
  public var outputTokens: Double?
  /// Dollars for 1,000 requests; nil where the price or the tokens are not known.
  public var dollarsPerThousand: Double?

  /// - Parameters:
  ///   - results: of one variant; those that could not be measured count for nothing.
  ///   - price: nil where it is not known, and then each result's own cost counts.
  public init(of results: [EvaluationResult], at price: Price?) {
    let answered = results.filter { $0.grade != nil }
    let counted = answered.filter { $0.usage.inputTokens + $0.usage.outputTokens > 0 }
    guard !answered.isEmpty else { return }
    func mean(_ results: [EvaluationResult], _ value: (EvaluationResult) -> Double) -> Double {
      results.reduce(0) { $0 + value($1) } / Double(results.count)
    }
    if !counted.isEmpty {
      inputTokens = mean(counted) { Double($0.usage.inputTokens) }
      outputTokens = mean(counted) { Double($0.usage.outputTokens) }
    }
    if let price {
      guard price.isFree || !counted.isEmpty else { return }
      dollarsPerThousand =
        price.isFree ? 0 : mean(counted) { price.cost(of: $0.usage).dollars * 1000 }
    } else if answered.allSatisfy({ $0.cost != nil }) {
      dollarsPerThousand = mean(answered) { ($0.cost?.dollars ?? 0) * 1000 }
    }
  }
}

/// What it brings to ask one variant in place of another.
public struct TuningSaving: Hashable, Sendable {
  /// When what is saved has paid for training.
  public enum BreakEven: Hashable, Sendable {
    /// After so many requests.
    case after(Int)
    /// A request costs no less than before.
    case never
    /// Something is missing.
    case unknown
  }

  /// Tokens saved in 1,000 requests, negative where there are more; nil where they are not known.
  public var inputTokens: Int?
  public var outputTokens: Int?
  /// Dollars saved in 1,000 requests; nil where a price is not known.
  public var dollars: Double?
  public var breakEven: BreakEven

  /// - Parameter trainingCost: nil where nobody said.
  public init(from before: RequestCost, to after: RequestCost, trainingCost: Money?) {
    func thousand(_ before: Double?, _ after: Double?) -> Int? {
      guard let before, let after else { return nil }
      return Int(exactly: ((before - after) * 1000).rounded())
    }
    inputTokens = thousand(before.inputTokens, after.inputTokens)
    outputTokens = thousand(before.outputTokens, after.outputTokens)
    if let before = before.dollarsPerThousand, let after = after.dollarsPerThousand {
      dollars = before - after
    }
    breakEven = Self.breakEven(dollars, trainingCost)
  }

  private static func breakEven(_ dollars: Double?, _ trainingCost: Money?) -> BreakEven {
    guard let dollars else { return .unknown }
    guard dollars > 0 else { return .never }
    guard let trainingCost else { return .unknown }
    let saved = Money(dollars: dollars).picodollars
    guard saved > 0 else { return .never }
    // Counted in whole numbers: a request more or less must not hang on rounding.
    let (requests, rest) = (max(.zero, trainingCost) * 1000).picodollars
      .quotientAndRemainder(dividingBy: saved)
    return .after(requests + (rest > 0 ? 1 : 0))
  }
}
