import Core

// Several rankings brought together into one. Pure; docs/retrieval.md says how the ways were chosen and
// what they are worth.

enum Fusion {
  /// Passages of each leg that tell what scores are usual for a query, and that a leg is asked for at
  /// least: with fewer, or with many more, the order of the best ten is worse.
  static let depth = 200

  /// What is added to a rank, so that the first few don't outweigh all others (Cormack, Clarke and
  /// Büttcher, SIGIR 2009).
  private static let rankOffset = 60.0

  /// The passages of all rankings, the best first; among equals, those indexed first.
  ///
  /// - Parameter vectorWeight: from 0 to 1; what a leg weighs is shared among its rankings.
  static func fused(
    _ rankings: [Ranking], by fusion: RetrievalSettings.Fusion, vectorWeight: Double
  ) -> [RankedPassage] {
    let ids = Set(rankings.flatMap { $0.passages.lazy.map(\.id) }).sorted()
    let weights = weights(of: rankings, vectorWeight: vectorWeight)
    var sums = Dictionary(uniqueKeysWithValues: ids.map { ($0, Sum()) })
    for (ranking, weight) in zip(rankings, weights) where !ranking.passages.isEmpty {
      switch fusion {
      case .ranks:
        for (place, passage) in ranking.passages.enumerated() {
          let share = weight / (rankOffset + Double(place + 1))
          if place < depth {
            sums[passage.id, default: Sum()].score += share
          } else {
            sums[passage.id, default: Sum()].belowDepth += share
          }
        }
      case .scores:
        let scale = Scale(of: ranking, among: ids.count)
        let scores = Dictionary(uniqueKeysWithValues: ranking.passages.map { ($0.id, $0.score) })
        for id in ids {
          let score = scores[id] ?? scale.unfound
          sums[id, default: Sum()].score +=
            weight * scale.standardized(max(score, scale.unfound))
          sums[id, default: Sum()].belowDepth +=
            weight * scale.standardized(min(score, scale.unfound))
        }
      }
    }
    for passage in rankings.lazy.flatMap({ $0.passages.prefix(depth) }) {
      sums[passage.id, default: Sum()].belowDepth = .infinity
    }
    return ids.map { (id: $0, sum: sums[$0] ?? Sum()) }
      .sorted {
        ($1.sum.score, $1.sum.belowDepth, $0.id) < ($0.sum.score, $0.sum.belowDepth, $1.id)
      }
      .map { RankedPassage(id: $0.id, score: $0.sum.score) }
  }

  /// What the legs give to a passage.
  private struct Sum {
    /// What is beyond the depth of a leg counts as if the leg had not found it, so that a longer
    /// list begins as a shorter one does.
    var score = 0.0
    /// The order of those that are beyond it in every leg; they come after all others.
    var belowDepth = 0.0
  }

  private static func weights(of rankings: [Ranking], vectorWeight: Double) -> [Double] {
    let counts = rankings.reduce(into: [:]) { $0[$1.leg, default: 0.0] += 1 }
    let isHybrid = counts.count > 1
    return rankings.map { ranking in
      let leg = !isHybrid ? 1 : ranking.leg == .vector ? vectorWeight : 1 - vectorWeight
      return leg / (counts[ranking.leg] ?? 1)
    }
  }
}

/// What scores are usual in a ranking: by it, those of one leg can be compared with those of another.
private struct Scale {
  /// The score of a passage that the ranking lacks: by words none, if all that have any were found;
  /// else no more than that of the last one.
  let unfound: Double
  private let mean: Double
  private let deviation: Double

  /// - Parameter count: passages in all rankings together.
  init(of ranking: Ranking, among count: Int) {
    var scores = ranking.passages.prefix(Fusion.depth).map(\.score)
    if ranking.leg == .bm25, scores.count < Fusion.depth {
      unfound = 0
      // So that the one passage that holds a word stands out.
      scores += Array(repeating: 0, count: max(0, min(count, Fusion.depth) - scores.count))
    } else {
      unfound = scores.min() ?? 0
    }
    let number = Double(max(scores.count, 1))
    let mean = scores.reduce(0, +) / number
    deviation = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / number).squareRoot()
    self.mean = mean
  }

  /// How many standard deviations a score is above the mean; 0 where all are the same.
  func standardized(_ score: Double) -> Double {
    deviation > 0 ? (score - mean) / deviation : 0
  }
}
