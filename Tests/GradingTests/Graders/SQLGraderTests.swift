import Core
import Evaluation
import Testing

@testable import Grading

@Suite struct SQLGraderTests {
  private let grader = Grader.plain

  @Test(arguments: [
    "SELECT name FROM nobody WHERE age > 3", "SELECT `id` FROM `users`;",
    "WITH a AS (SELECT 1 AS x) SELECT unknown(x) FROM a", "PRAGMA journal_mode = off",
    "ATTACH 'f.db' AS f", "DELETE FROM t; SELECT 1", "SELECT a.b FROM c AS a ORDER BY 1",
    "CREATE TABLE t (a INTEGER)",
  ])
  func `what SQLite can read is SQL, whatever tables there are`(text: String) throws {
    #expect(SQLSyntax.check(text) == nil)
  }

  @Test(arguments: [
    "SELEC 1", "SELECT name FROM WHERE age > 3", "SELECT (1", "", " -- nothing", "Hello!",
    "SELECT 1; SELEC", "SELECT x FROM t; FROM t", "SELECT 'a", "```sql\nSELECT 1\n```",
  ])
  func `what it can't read is none`(text: String) throws {
    #expect(SQLSyntax.check(text) != nil)
  }

  @Test func `a block of code in an answer may be SQL`() throws {
    let fenced = "Try this:\n```sql\nSELECT a FROM t\n```\nGood luck!"
    #expect(try grader.passes(Assertion("contains-sql", nil), fenced))
    #expect(try !grader.passes(Assertion("is-sql", nil), fenced))
    #expect(try grader.passes(Assertion("contains-sql", nil), "SELECT 1"))
    #expect(try !grader.passes(Assertion("contains-sql", nil), "```\nhello\n```"))
    #expect(try grader.passes(Assertion("is-sql", nil, not: true), "hello"))
  }

  @Test func `what isn't looked at is refused`() {
    let mysql = Assertion("is-sql", ["databaseType": "MySQL"])
    #expect(throws: GradingError.self) { try grader.passes(mysql, "SELECT 1") }
    let allowed = Assertion("is-sql", ["allowedTables": ["select::null::t"]])
    #expect(throws: GradingError.self) { try grader.passes(allowed, "SELECT 1") }
  }

  @Test func `a query is handed over without its fence`() throws {
    struct Echo: SQLGrading {
      func grade(
        predicted: String, assertion: Assertion, baseDirectory: String
      ) throws(GradingError) -> (score: Double, reason: String) {
        (predicted == "SELECT 1\n" ? 1 : 0, predicted)
      }
    }
    var settings = GraderSettings(baseDirectory: "/") { _ in "" }
    let query = Assertion("sql-execution", "SELECT 1")
    #expect(throws: GradingError.self) { try Grader(settings).result(query, answer("SELECT 1")) }
    settings.sqlExecution = Echo()
    #expect(try Grader(settings).result(query, answer("So:\n```sql\nSELECT 1\n```")).passed)
    #expect(try !Grader(settings).result(query, answer("SELECT 2")).passed)
  }
}
