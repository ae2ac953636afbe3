// How many letters must be left out, put in or changed to make one text of another (Levenshtein,
// Soviet Physics Doklady 10, 1966). Letters are Unicode scalars.

enum Levenshtein {
  /// The distance; nil where it is more than `limit`.
  ///
  /// Only cells within `limit` of the diagonal are looked at (Ukkonen, Information and Control 64,
  /// 1985): the time grows with the shorter text times the limit.
  static func distance(_ a: String, _ b: String, atMost limit: Int) -> Int? {
    var (short, long) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    if short.count > long.count { swap(&short, &long) }
    let limit = min(limit, long.count)
    guard long.count - short.count <= limit else { return nil }
    let far = limit + 1
    var row = (0...long.count).map { min($0, far) }
    for i in 0..<short.count {
      let low = max(0, i - limit)
      let high = min(long.count, i + limit + 1)
      var diagonal = row[low]
      row[low] = low == 0 ? min(i + 1, far) : far
      var best = row[low]
      for j in low..<high {
        let above = row[j + 1]
        let changed = diagonal + (short[i] == long[j] ? 0 : 1)
        diagonal = above
        row[j + 1] = min(changed, above + 1, row[j] + 1, far)
        best = min(best, row[j + 1])
      }
      if best > limit { return nil }
    }
    return row[long.count] <= limit ? row[long.count] : nil
  }

  /// How many cells `distance` would look at, at most.
  static func steps(_ a: String, _ b: String, atMost limit: Int) -> Int {
    let (short, long) = (
      min(a.unicodeScalars.count, b.unicodeScalars.count),
      max(a.unicodeScalars.count, b.unicodeScalars.count)
    )
    guard long - short <= limit else { return 0 }
    return short.multipliedReportingOverflow(by: min(2 * min(limit, long) + 1, long + 1))
      .partialValue
  }
}
