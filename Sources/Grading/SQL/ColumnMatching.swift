// Which column of one result is which of another, without trying all orders. Pure.
//
// In order, columns are the same where they are, value by value: nothing has to be searched. For bags
// of rows a column can only be one that holds the same values as often; what is left is searched column
// by column. After each step the beginnings of the rows must be the same bags in both, which ends most
// wrong ways at once, and columns that are the same throughout are tried once.

struct ColumnMatching {
  /// Column by column, each value as a number that stands for it in both.
  private let expected: [[Int32]]
  private let actual: [[Int32]]
  private let rowCount: Int

  /// - Parameters: results of the same numbers of rows and columns.
  init(_ expected: SQLResult, _ actual: SQLResult) {
    var numbers: [SQLValue: Int32] = [:]
    func columns(_ result: SQLResult) -> [[Int32]] {
      var columns = Array(repeating: [Int32](), count: result.columnCount)
      for row in 0..<result.rowCount {
        for (column, value) in result.row(row).enumerated() {
          let next = Int32(numbers.count)
          columns[column].append(numbers[value, default: next])
          if numbers[value] == nil { numbers[value] = next }
        }
      }
      return columns
    }
    self.expected = columns(expected)
    self.actual = columns(actual)
    rowCount = expected.rowCount
  }

  /// Whether the rows are the same, one by one, with the columns in some order.
  var isSameInOrder: Bool {
    var counts: [[Int32]: Int] = [:]
    for column in expected { counts[column, default: 0] += 1 }
    for column in actual { counts[column, default: 0] -= 1 }
    return counts.values.allSatisfy { $0 == 0 }
  }

  /// Whether the bags of rows are the same with the columns in some order.
  func isSameBag() throws(TooAlike) -> Bool {
    let sorted = actual.map { $0.sorted() }
    let candidates = expected.indices.map { column in
      let values = expected[column].sorted()
      // Most often columns are where they should be.
      return sorted.indices.filter { sorted[$0] == values }
        .sorted { ($0 == column ? 0 : 1, $0) < ($1 == column ? 0 : 1, $1) }
    }
    guard candidates.allSatisfy({ !$0.isEmpty }) else { return false }
    let order = candidates.indices.sorted {
      (candidates[$0].count, $0) < (candidates[$1].count, $1)
    }
    var search = Search(
      matching: self, candidates: candidates, order: order,
      remaining: max(5_000_000, 4 * rowCount * expected.count))
    let start = [Int32](repeating: 0, count: rowCount)
    return try search.matches(from: 0, start, start, used: [])
  }

  private struct Search {
    let matching: ColumnMatching
    let candidates: [[Int]]
    /// The columns of what was expected, those with the fewest candidates first.
    let order: [Int]
    /// How many values may still be looked at.
    var remaining: Int

    /// - Parameters: which rows of each result are the same by the columns so far.
    mutating func matches(
      from step: Int, _ expectedClasses: [Int32], _ actualClasses: [Int32], used: Set<Int>
    ) throws(TooAlike) -> Bool {
      guard step < order.count else { return true }
      let column = order[step]
      var tried: [Int] = []
      for candidate in candidates[column]
      where !used.contains(candidate)
        && !tried.contains(where: { matching.actual[$0] == matching.actual[candidate] })
      {
        tried.append(candidate)
        remaining -= matching.rowCount
        guard remaining > 0 else { throw TooAlike() }
        guard
          let (expectedRefined, actualRefined) = matching.refined(
            expectedClasses, matching.expected[column], actualClasses, matching.actual[candidate])
        else { continue }
        if try matches(
          from: step + 1, expectedRefined, actualRefined, used: used.union([candidate]))
        {
          return true
        }
      }
      return false
    }
  }

  /// The rows told apart by one column more; nil where there are not as many of each kind in both.
  private func refined(
    _ expectedClasses: [Int32], _ expectedColumn: [Int32], _ actualClasses: [Int32],
    _ actualColumn: [Int32]
  ) -> ([Int32], [Int32])? {
    var classes: [Int64: (name: Int32, surplus: Int)] = [:]
    func key(_ row: Int, _ of: [Int32], _ column: [Int32]) -> Int64 {
      Int64(of[row]) << 32 | Int64(column[row])
    }
    let expectedRefined = (0..<rowCount).map { row in
      let next = Int32(classes.count)
      let key = key(row, expectedClasses, expectedColumn)
      classes[key, default: (next, 0)].surplus += 1
      return classes[key]?.name ?? next
    }
    var actualRefined: [Int32] = []
    for row in 0..<rowCount {
      let key = key(row, actualClasses, actualColumn)
      guard let found = classes[key], found.surplus > 0 else { return nil }
      classes[key]?.surplus -= 1
      actualRefined.append(found.name)
    }
    return (expectedRefined, actualRefined)
  }
}
