// Scores evened out among passages that say the like: what answers a query is seldom alone, and what
// got near the top by chance mostly is (the cluster hypothesis; regularization of scores, Diaz, CIKM
// 2005). Pure; docs/retrieval.md says what it is worth.

enum ScoreSmoothing {
  /// Passages, from the best on, that take part: the same number whatever is asked for, so that a
  /// longer list begins as a shorter one does.
  static let depth = 50

  /// How much of a score comes from the others.
  private static let share = 0.3

  /// The passages anew in order, the first of them with some of their scores from those like them.
  ///
  /// A passage counts for another by the 8th power of their cosine, so that only what is really like
  /// it does.
  ///
  /// - Parameters:
  ///   - passages: the best first.
  ///   - vectors: of length 1, by passage; one without is left as it is.
  static func smoothed(
    _ passages: [RankedPassage], vectors: [Int64: [Float]]
  ) -> [RankedPassage] {
    var result = passages
    let best = passages.indices.prefix(depth).compactMap { place in
      vectors[passages[place].id].map { (place: place, vector: $0) }
    }
    for one in best {
      var sum = 0.0
      var weights = 0.0
      for other in best where other.place != one.place {
        let cosine = max(0, zip(one.vector, other.vector).reduce(0.0) { $0 + Double($1.0 * $1.1) })
        let square = cosine * cosine
        let weight = square * square * square * square
        sum += weight * passages[other.place].score
        weights += weight
      }
      guard weights > 0 else { continue }
      result[one.place].score = (1 - share) * passages[one.place].score + share * sum / weights
    }
    return result.enumerated()
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
  }
}
