// Where two results differ first, told with the columns in the order in which they came. Pure.

enum ResultDifference {
  /// The first row that is not the same, in order; nil where all are.
  static func ofRows(_ actual: SQLResult, _ expected: SQLResult) -> String? {
    guard
      let row = (0..<min(actual.rowCount, expected.rowCount)).first(where: {
        actual.row($0) != expected.row($0)
      })
    else { return nil }
    return "first difference in row \(row + 1): "
      + told(actual.row(row), insteadOf: expected.row(row))
  }

  /// A row that should not be there, and one that is missing; nil where the bags are the same.
  static func ofBags(_ actual: SQLResult, _ expected: SQLResult) -> String? {
    var counts: [ArraySlice<SQLValue>: Int] = [:]
    for row in 0..<expected.rowCount { counts[expected.row(row), default: 0] += 1 }
    var surplus: Int?
    for row in 0..<actual.rowCount {
      let values = actual.row(row)
      if let count = counts[values], count > 0 {
        counts[values] = count - 1
      } else if surplus == nil {
        surplus = row
      }
    }
    let missing = (0..<expected.rowCount).first { counts[expected.row($0), default: 0] > 0 }
    switch (surplus, missing) {
    case (let surplus?, let missing?):
      return "first difference in row \(surplus + 1): "
        + told(actual.row(surplus), insteadOf: expected.row(missing))
    case (let surplus?, nil):
      return "row \(surplus + 1) should not be there: \(told(actual.row(surplus)))"
    case (nil, let missing?): return "a row is missing: \(told(expected.row(missing)))"
    case (nil, nil): return nil
    }
  }

  /// Only the value, where it is the only one that differs.
  private static func told(
    _ actual: ArraySlice<SQLValue>, insteadOf expected: ArraySlice<SQLValue>
  ) -> String {
    let pairs = zip(actual, expected).filter { $0 != $1 }
    return pairs.count == 1
      ? "\(pairs[0].0) instead of \(pairs[0].1)" : "\(told(actual)) instead of \(told(expected))"
  }

  private static func told(_ row: ArraySlice<SQLValue>) -> String {
    let shown = row.prefix(6).map(\.description)
    let text = (shown + (row.count > shown.count ? ["…"] : [])).joined(separator: ", ")
    return row.count == 1 ? text : "(\(text))"
  }
}
