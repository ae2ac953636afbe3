// The ways in which a search finds and orders passages, and where a passage stands in each.

/// A way to rank passages; each gives its own order.
public enum Leg: String, Hashable, Sendable, CaseIterable {
  /// By the words that it shares with the query.
  case bm25
  /// By its meaning: the cosine of its embedding with the query's.
  case vector
  /// The legs above brought together.
  case fused
  /// By a model that reads the query with the passage.
  case reranked
}

extension Leg: Comparable {
  /// The order in which legs are listed: that in which a search goes through them.
  public static func < (one: Leg, other: Leg) -> Bool {
    allCases.firstIndex(of: one) ?? 0 < allCases.firstIndex(of: other) ?? 0
  }
}

/// Where a passage stands in a leg.
public struct Standing: Hashable, Sendable {
  /// From 1.
  public var rank: Int
  /// Larger is better; the scale is the leg's own.
  public var score: Double

  public init(rank: Int, score: Double) {
    self.rank = rank
    self.score = score
  }
}
