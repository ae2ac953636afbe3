// How many tokens a model's server counts for each that is estimated, learned from the prompts that
// it was sent. Servers may say anything: what can't be is not learned from.

/// The tokens of the prompts so far, counted and estimated; older prompts weigh less.
public struct TokenRatio: Hashable, Sendable {
  /// By `TokenEstimate`.
  public private(set) var estimated = 0.0
  /// By the server.
  public private(set) var counted = 0.0

  public init() {}

  /// A ratio that was written down; one that can't be is as nothing learned.
  public init(estimated: Double, counted: Double) {
    guard estimated > 0, estimated <= Self.memory, Self.ratios.contains(counted / estimated) else {
      return
    }
    self.estimated = estimated
    self.counted = counted
  }

  /// Counted tokens for each estimated one; 1 until something was learned.
  public var scale: Double { estimated > 0 ? counted / estimated : 1 }

  /// Learns from a prompt, and tells whether it did.
  ///
  /// Short prompts say more of a server's template than of its vocabulary, and a count that is far
  /// off includes a prompt of the server's own, or leaves out what it had in its cache.
  public mutating func learn(estimated: Int, counted: Int) -> Bool {
    guard estimated >= Self.leastTokens, counted > 0,
      Self.ratios.contains(Double(counted) / Double(estimated))
    else { return false }
    // No prompt is all of the memory, so that one is never all that is believed.
    let weight = min(Double(estimated), Self.memory / 4)
    let sum = self.estimated + weight
    let kept = sum > Self.memory ? (Self.memory - weight) / self.estimated : 1
    self.counted = self.counted * kept + weight * Double(counted) / Double(estimated)
    self.estimated = self.estimated * kept + weight
    return true
  }

  /// Byte-pair vocabularies are well within these bounds, in any script.
  private static let ratios = 0.25...4.0
  private static let leastTokens = 32
  /// Estimated tokens that are remembered.
  private static let memory = 40_000.0
}
