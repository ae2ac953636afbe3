import Core

// What a leg makes of one query: passages by their ids, with scores on the leg's own scale.

struct RankedPassage: Equatable {
  var id: Int64
  /// Larger is better.
  var score: Double
}

/// The passages that a leg found for a query, the best first.
struct Ranking: Equatable {
  var leg: Leg
  var passages: [RankedPassage]

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
