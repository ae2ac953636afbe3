// What a query gave. A value.

/// The rows of a result, all of the same number of columns.
struct SQLResult: Hashable, Sendable {
  var columnCount: Int
  /// Row by row.
  private(set) var values: [SQLValue] = []
  private(set) var rowCount = 0
  /// About how many bytes it takes.
  private(set) var size = 0

  init(columnCount: Int) { self.columnCount = columnCount }

  init(_ rows: [[SQLValue]]) {
    columnCount = rows.first?.count ?? 0
    for row in rows { append(row) }
  }

  mutating func append(_ row: [SQLValue]) {
    values += row
    rowCount += 1
    size += row.reduce(0) { $0 + $1.size }
  }

  func row(_ index: Int) -> ArraySlice<SQLValue> {
    values[index * columnCount..<(index + 1) * columnCount]
  }
}
