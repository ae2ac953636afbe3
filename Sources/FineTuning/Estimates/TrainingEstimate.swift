import Core

// How much a training reads, what that costs at a server, and how long it takes there or at home. What
// isn't known is said to be unknown: prices and speeds change, and none is built in.

/// What a model is trained on, by its size.
public struct TrainingEstimate: Hashable, Sendable {
  public private(set) var examples = 0
  /// Estimated tokens (`TokenEstimate`) of all that is read in one pass; of pairs that is both answers.
  public private(set) var tokens = 0
  /// Of the longest example.
  public private(set) var longest = 0
  /// As somebody said; nil where it is the server's choice.
  public var epochs: Int?

  public init(epochs: Int? = nil) { self.epochs = epochs }

  /// - Parameter measures: of all examples together.
  public init(_ measures: SetMeasures, epochs: Int? = nil) {
    examples = measures.examples
    tokens = measures.trainedTokens
    longest = measures.tokens.largest
    self.epochs = epochs
  }

  public mutating func add(_ example: TrainingExample) {
    let measures = ExampleMeasures(of: example)
    examples += 1
    tokens += measures.trainedTokens
    longest = max(longest, measures.tokens)
  }

  /// How often all examples are gone through; where nobody said, as `AutomaticEpochs` has it.
  public var passes: Int { epochs ?? AutomaticEpochs.count(of: examples) }

  /// Tokens that are read in all passes.
  public var trainedTokens: Int { tokens.multipliedReportingOverflow(by: passes).partialValue }

  /// - Parameter price: of a million tokens that are trained.
  public func cost(at price: Money) -> Money {
    Money(dollars: price.dollars * Double(trainedTokens) / 1e6)
  }

  /// - Parameter rate: tokens a second.
  public func seconds(at rate: Double) -> Double { Double(trainedTokens) / rate }

  /// What it comes to, a sentence each.
  ///
  /// - Parameters:
  ///   - price: of a million tokens that are trained; nil where it is not known.
  ///   - rate: tokens a second, and how that is known; nil where it is not.
  public func sentences(price: Money?, rate: (tokens: Double, source: String)?) -> [String] {
    let rule = epochs == nil ? ", as is usual with sets of this size" : ""
    let times = passes == 1 ? "once" : "\(passes) times"
    var sentences = [
      "\(Numbers.counted(examples, "example")), ≈\(Numbers.grouped(tokens)) tokens, gone through "
        + "\(times)\(rule): ≈\(Numbers.grouped(trainedTokens)) tokens to train."
    ]
    if let price {
      sentences.append(
        "Cost: ≈\(Numbers.money(cost(at: price))), at \(Numbers.money(price)) for a million tokens."
      )
    } else {
      sentences.append(
        "Cost: unknown. --price takes dollars for a million trained tokens, from the server's list."
      )
    }
    if let rate {
      sentences.append(
        "Time: ≈\(Self.span(seconds(at: rate.tokens))), at ≈\(Numbers.rate(rate.tokens)) tokens a second "
          + "(\(rate.source)).")
    } else {
      sentences.append("Time: unknown; no training that is kept here tells how fast this goes.")
    }
    return sentences
  }

  /// `40 s`, `12 min`, `3.5 h`, `2.1 d`.
  static func span(_ seconds: Double) -> String {
    // A file can hold any number.
    let seconds = max(0, min(seconds, 1e9))
    return switch seconds {
    case ..<90: "\(Int(seconds.rounded())) s"
    case ..<5400: "\(Int((seconds / 60).rounded())) min"
    case ..<172_800: "\(Numbers.rate(seconds / 3600)) h"
    default: "\(Numbers.rate(seconds / 86_400)) d"
    }
  }
}

extension TrainingEstimate {
  /// Tokens a second of earlier trainings at a server, from when a job was made to its end: the median,
  /// of those of the same model where there are any. Nil where none tells.
  public static func rate(
    of jobs: [TrainingJobRecord], provider: String, model: String
  ) -> (tokens: Double, source: String)? {
    func rates(_ jobs: [TrainingJobRecord]) -> [Double] {
      jobs.compactMap { job -> Double? in
        guard job.provider == provider, let state = job.state, state.phase == .succeeded,
          let tokens = state.trainedTokens, tokens > 0, let end = job.endedAt, end > job.createdAt
        else { return nil }
        return Double(tokens) / (end - job.createdAt)
      }.sorted()
    }
    let same = rates(jobs.filter { $0.request.model == model })
    let known = same.isEmpty ? rates(jobs) : same
    guard !known.isEmpty else { return nil }
    let count = known.count == 1 ? "one training" : "\(known.count) trainings"
    let source =
      "\(count) of \(same.isEmpty ? "other models" : model) at \(provider), with the wait"
    return (known[known.count / 2], source)
  }
}
