import Core
import Evaluation

// Whether an answer is SQL, and whether it asks the right thing: that is for the grader of SQL.

extension AssertionCheck {
  /// `is-sql`: the whole answer is SQL as SQLite reads it.
  func isSQL() throws(GradingError) -> Verdict {
    try checkDialect()
    let problem = SQLSyntax.check(output)
    return Verdict(problem == nil, problem.map { "It is no SQL: \($0)." } ?? "It is SQL.")
  }

  /// `contains-sql`: the answer is SQL, or a fenced block of code in it is.
  func containsSQL() throws(GradingError) -> Verdict {
    try checkDialect()
    let texts = [output] + output.fencedBlocks.prefix(100).map(String.init)
    let isFound = texts.contains { SQLSyntax.check($0) == nil }
    return Verdict(isFound, isFound ? "It contains SQL." : "No block of code in it is SQL.")
  }

  /// `sql-execution`: handed over, without the fence around the query.
  func sqlExecution() throws(GradingError) -> Verdict {
    guard let grader = settings.sqlExecution else {
      throw error("can't be carried out: nothing here runs queries")
    }
    let blocks = output.fencedBlocks
    let predicted = blocks.isEmpty ? output : String(blocks[0])
    let (score, reason) = try grader.grade(
      predicted: predicted, assertion: assertion, baseDirectory: settings.baseDirectory)
    guard (0...1).contains(score) else { throw error("gave a score of \(score)") }
    return Verdict(score >= (assertion.threshold ?? 1), score: score, reason)
  }

  /// Only what is looked at may be asked for.
  private func checkDialect() throws(GradingError) {
    guard case .object(let value)? = assertion.value else { return }
    for member in value.members where member.name != "databaseType" {
      throw error("doesn't look at '\(member.name)': take it out")
    }
    if let name = value["databaseType"]?.string, name.lowercased() != "sqlite" {
      throw error("reads SQLite's SQL, not that of \(name): take databaseType out")
    }
  }
}
