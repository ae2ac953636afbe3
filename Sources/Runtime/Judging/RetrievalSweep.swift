import Core

// Many settings on the same judged queries, until all are tried or the time is up. What was found so
// far is there at any moment.

/// Tries settings one after the other, and says which are worth their price.
public struct RetrievalSweep {
  /// What is paid for quality.
  public enum Price: String, Sendable, CaseIterable {
    /// Tokens that the prompt is given, the mean of all queries.
    case tokens
    /// Milliseconds that a search takes, the median of all queries.
    case milliseconds = "ms"
  }

  /// Settings that were tried on all queries.
  public struct Trial {
    public let settings: RetrievalSettings
    /// One a query.
    public let quality: [Double]
    public let tokens: Double
    public let milliseconds: Double

    public var mean: Double { quality.reduce(0, +) / Double(max(quality.count, 1)) }

    public func price(_ price: Price) -> Double { price == .tokens ? tokens : milliseconds }
  }

  public let metric: RetrievalMetric
  public let price: Price
  public private(set) var trials: [Trial] = []

  public init(metric: RetrievalMetric, price: Price) {
    self.metric = metric
    self.price = price
  }

  /// Every combination, those of one chunking together, since its index is made once.
  public static func grid(
    from settings: RetrievalSettings, chunkings: [Chunking?],
    methods: [RetrievalSettings.Method?], limits: [Int]
  ) -> [RetrievalSettings] {
    chunkings.flatMap { chunking in
      methods.flatMap { method in
        limits.map { limit in
          var settings = settings
          settings.chunking = chunking
          settings.method = method
          settings.limit = limit
          return settings
        }
      }
    }
  }

  /// Tries settings on all judged queries; tells whether it got to the end of them.
  ///
  /// - Parameter now: the time in milliseconds.
  public mutating func tries(
    _ settings: RetrievalSettings, on judgments: Judgments, search: JudgedSearch,
    now: () -> Double, isCancelled: () -> Bool
  ) throws -> Bool {
    let evaluation: RetrievalEvaluation?
    do {
      evaluation = try RetrievalEvaluation(
        of: settings, metrics: [metric], on: judgments, search: search, now: now,
        isCancelled: isCancelled)
    } catch is CancellationError {
      return false
    }
    guard let evaluation else { return false }
    let times = evaluation.milliseconds.sorted()
    trials.append(
      Trial(
        settings: settings, quality: evaluation.values[0],
        tokens: evaluation.tokens.reduce(0, +) / Double(max(evaluation.tokens.count, 1)),
        milliseconds: times.isEmpty ? 0 : times[times.count / 2]))
    return true
  }

  /// The trials that no other beats in price and quality, the cheapest first.
  public var frontier: [Trial] {
    trials.map { CostQualityPoint(cost: $0.price(price), quality: $0.mean) }.frontier
      .map { trials[$0] }
  }

  /// The trial of the best quality; of equals, the cheapest.
  public var winner: Trial? { frontier.last }

  /// How much better the winner is than another trial.
  public func lead(over trial: Trial) -> PairedDifference? {
    winner.map { Resampling().difference(from: trial.quality, to: $0.quality) }
  }
}
