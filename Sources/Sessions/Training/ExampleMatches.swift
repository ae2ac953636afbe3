// Whether each of a set's examples fits a filter, one row after the other; what an example says is read
// only where its facts leave that open.

import Core
import FineTuning
import GRDB

struct ExampleMatches {
  private let filter: ExampleFilter
  private let withLineage: Bool
  private let rows: RowCursor
  private let text: Statement

  /// - Parameter ids: the rows to look at.
  init(_ filter: ExampleFilter, ids: ClosedRange<Int64>, in db: Database) throws {
    self.filter = filter
    withLineage = filter.asksForLineage
    rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(TrainingRow.factColumns) FROM training_example
        WHERE id BETWEEN ? AND ? ORDER BY id
        """, arguments: [ids.lowerBound, ids.upperBound])
    text = try db.cachedStatement(sql: "SELECT json FROM training_text WHERE id = ?")
  }

  /// The next example's number, and whether it fits; nil after the last.
  mutating func next() throws -> (number: Int, fits: Bool)? {
    guard let row = try rows.next() else { return nil }
    let facts = try TrainingRow.facts(row, withLineage: withLineage)
    if let fits = filter.fits(facts) { return (facts.number, fits) }
    return (facts.number, try fitsByText(facts, id: row[0]))
  }

  private func fitsByText(_ facts: ExampleFacts, id: Int64) throws -> Bool {
    let lines = try Row.fetchCursor(text, arguments: [id])
    guard let line = try lines.next() else { return false }
    let mayFit = try line.withUnsafeData(atIndex: 0) { data in
      data?.withUnsafeBytes { filter.mayFit(facts, line: $0) } ?? false
    }
    guard mayFit else { return false }
    return filter.fits(facts, example: try TrainingRow.example(line[0]))
  }
}
