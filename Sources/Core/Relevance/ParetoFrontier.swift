// Which of many settings are worth their price: those that no other beats in both.

/// A setting's price and what it is good for.
public struct CostQualityPoint: Hashable, Sendable {
  /// Smaller is better.
  public var cost: Double
  /// Larger is better.
  public var quality: Double

  public init(cost: Double, quality: Double) {
    self.cost = cost
    self.quality = quality
  }
}

extension [CostQualityPoint] {
  /// The places of the points for which no other is as good in both and better in one, the cheapest
  /// first; of equal points, the first.
  public var frontier: [Int] {
    var best = -Double.infinity
    return indices.sorted { one, other in
      let (a, b) = (self[one], self[other])
      if a.cost != b.cost { return a.cost < b.cost }
      return a.quality != b.quality ? a.quality > b.quality : one < other
    }.filter { place in
      guard self[place].quality > best else { return false }
      best = self[place].quality
      return true
    }
  }
}
