import Core
import Evaluation

// `sql-execution`: whether a query gives what the gold query gives, on each of the databases that are
// named. As the published evaluators judge (https://github.com/taoyds/test-suite-sql-eval), with limits.

/// Runs predicted and gold queries. What gold queries gave is kept as long as the grader is.
///
/// `config` has `database`, a file or a list of them, all of which an answer has to be right on. It may
/// have limits of a query, `timeout` in seconds (5), `memory` in megabytes (128) and `rows` (100000); and
/// `keep_distinct`: with false, DISTINCT counts for nothing in either query, as on the leaderboards of
/// Spider. No query can change anything, or read another file.
public struct SQLExecutionGrader: SQLGrading {
  private let goldResults = GoldResults()

  public init() {}

  public func grade(
    predicted: String, assertion: Assertion, baseDirectory: String
  ) throws(GradingError) -> (score: Double, reason: String) {
    guard let gold = assertion.value?.string, !gold.isEmpty else {
      throw GradingError("sql-execution needs the gold query: give it as value.")
    }
    let settings = try SQLExecutionSettings(assertion.config, baseDirectory: baseDirectory)
    let goldQuery = SQLQuery(gold, keepsDistinct: settings.keepsDistinct)
    let predictedQuery = SQLQuery(predicted, keepsDistinct: settings.keepsDistinct)
    var rowCounts: [Int] = []
    for path in settings.databases {
      let file: DatabaseFile
      let expected: SQLResult
      let database: SandboxedDatabase
      do {
        file = try DatabaseFile(path)
        database = try SandboxedDatabase(file)
        expected = try goldResults.result(of: goldQuery.text, on: file, limits: settings.limits) {
          () throws(SQLFailure) in
          try database.result(of: goldQuery.text, limits: settings.limits)
        }
      } catch {
        if case .database(let message) = error { throw GradingError(message) }
        throw GradingError("The gold query can't be run on \(path): \(error).")
      }
      let difference = try difference(
        of: predictedQuery, on: database, from: expected, isOrdered: goldQuery.isOrdered, settings)
      if let difference {
        let place = settings.databases.count > 1 ? "on \(file.name): " : ""
        return (0, (place + difference).sentence)
      }
      rowCounts.append(expected.rowCount)
    }
    return (1, told(rowCounts))
  }

  /// Why an answer is wrong; nil when it is right.
  private func difference(
    of query: SQLQuery, on database: SandboxedDatabase, from expected: SQLResult, isOrdered: Bool,
    _ settings: SQLExecutionSettings
  ) throws(GradingError) -> String? {
    do {
      let actual = try database.result(of: query.text, limits: settings.limits)
      return try ResultComparison.difference(of: actual, from: expected, isOrdered: isOrdered)
    } catch let failure as SQLFailure {
      if case .database(let message) = failure { throw GradingError(message) }
      return "the query can't be run: \(failure)"
    } catch {
      throw GradingError(
        """
        The result can't be compared: too many of its columns hold the same values. Select fewer \
        columns in the gold query.
        """)
    }
  }

  private func told(_ rowCounts: [Int]) -> String {
    guard rowCounts.count != 1, let first = rowCounts.first else {
      return rowCounts == [0] ? "No rows, as expected." : "The same \(rows(rowCounts[0]))."
    }
    return rowCounts.allSatisfy { $0 == first }
      ? "The same on each of \(rowCounts.count) databases: \(rows(first))."
      : "The same on each of \(rowCounts.count) databases."
  }

  private func rows(_ count: Int) -> String { ResultComparison.rows(count) }
}

extension String {
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
