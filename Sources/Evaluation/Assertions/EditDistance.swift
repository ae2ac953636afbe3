// How many insertions, deletions and replacements make one sequence of another (V. I. Levenshtein,
// 1966), within a limit, so that two long texts cost no more than they are alike.

/// Levenshtein's distance.
public enum EditDistance {
  /// The distance; `limit` + 1 for any that is larger. Takes time by the limit and the length.
  public static func between<Element: Equatable>(
    _ a: [Element], _ b: [Element], limit: Int
  ) -> Int {
    let over = limit + 1
    guard abs(a.count - b.count) <= limit else { return over }
    // Outside of a band as wide as the limit every distance is larger.
    var row = (0...b.count).map { min($0, over) }
    for (place, element) in a.enumerated() {
      let first = max(1, place + 1 - limit)
      let last = min(b.count, place + 1 + limit)
      guard first <= last else { return over }
      var diagonal = row[first - 1]
      row[first - 1] = first == 1 ? min(place + 1, over) : over
      var best = row[first - 1]
      for column in first...last {
        let above = column <= place + limit ? row[column] : over
        let replaced = diagonal + (b[column - 1] == element ? 0 : 1)
        diagonal = above
        row[column] = min(over, replaced, above + 1, row[column - 1] + 1)
        best = min(best, row[column])
      }
      if best > limit { return over }
    }
    return row[b.count]
  }
}
