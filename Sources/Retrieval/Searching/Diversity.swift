// Passages that are unlike each other (maximal marginal relevance; Carbonell and Goldstein, SIGIR 1998).
// Pure; what makes two passages alike is told from outside.

enum Diversity {
  /// The places of the chosen, in the order of choice: each is the one of those left whose score,
  /// less its likeness to the most similar one before it, is largest.
  ///
  /// - Parameters:
  ///   - scores: any scale; they are brought to one from 0 to 1.
  ///   - diversity: the weight of unlikeness against the score, from 0 to 1.
  ///   - similarity: of two places; 1 for the same.
  static func order(
    of scores: [Double], limit: Int, diversity: Double, similarity: (Int, Int) -> Double
  ) -> [Int] {
    let relevance = scores.spreadFrom0To1
    var left = Array(scores.indices)
    var closest = [Double](repeating: 0, count: scores.count)
    var chosen: [Int] = []
    while chosen.count < limit, !left.isEmpty {
      func worth(_ place: Int) -> Double {
        (1 - diversity) * relevance[place] - diversity * closest[place]
      }
      // The first among equals, which is the better one.
      let best = left.indices.dropFirst().reduce(0) { best, next in
        worth(left[next]) > worth(left[best]) ? next : best
      }
      let next = left.remove(at: best)
      chosen.append(next)
      for place in left { closest[place] = max(closest[place], similarity(place, next)) }
    }
    return chosen
  }
}

extension [Double] {
  /// Each as its place between the least, 0, and the largest, 1; all are 1 where there is no room
  /// between them.
  var spreadFrom0To1: [Double] {
    guard let least = self.min(), let largest = self.max(), largest > least else {
      return map { _ in 1 }
    }
    return map { ($0 - least) / (largest - least) }
  }
}
