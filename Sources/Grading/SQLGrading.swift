import Evaluation

// What carries out `sql-execution`: behind a protocol, since it opens databases, which no other
// grader does.

/// Says whether a query that a model wrote gives what the right one gives.
public protocol SQLGrading: Sendable {
  /// - Parameters:
  ///   - predicted: the query of the answer, without the Markdown fence around it.
  ///   - assertion: its `value` is the right query, its `config` names the databases.
  ///   - baseDirectory: where the paths in `config` begin.
  /// - Returns: from 0 to 1, and why in one sentence.
  /// - Throws: where the right query or its databases can't be used: nothing was measured then. A
  ///   predicted query that fails is a score of 0.
  func grade(
    predicted: String, assertion: Assertion, baseDirectory: String
  ) throws(GradingError) -> (score: Double, reason: String)
}
