import Core

// What a leg makes of one query: passages by their ids, with scores on the leg's own scale.

/// A passage by its id, with its score in a leg.
public struct RankedPassage: Equatable, Sendable {
  public var id: Int64
  /// Larger is better.
  public var score: Double

  public init(id: Int64, score: Double) {
    self.id = id
    self.score = score
  }
}

/// The passages that a leg found for a query, the best first.
public struct Ranking: Equatable, Sendable {
  public var leg: Leg
  public var passages: [RankedPassage]

  public init(leg: Leg, passages: [RankedPassage]) {
    self.leg = leg
    self.passages = passages
  }

  /// Where passages stand in each leg; in one with several queries, where they stand best.
  static func standings(in rankings: [Ranking], of ids: [Int64]) -> [Int64: [Leg: Standing]] {
    let wanted = Set(ids)
    var standings: [Int64: [Leg: Standing]] = [:]
    for ranking in rankings {
      for (place, passage) in ranking.passages.enumerated() where wanted.contains(passage.id) {
        let known = standings[passage.id]?[ranking.leg]
        if let known, known.rank <= place + 1 { continue }
        standings[passage.id, default: [:]][ranking.leg] = Standing(
          rank: place + 1, score: passage.score)
      }
    }
    return standings
  }
}
