import Testing

@testable import Grading

@Suite struct SQLSyntaxTests {
  @Test func `well-formed statements are fine, whatever they name`() {
    for text in [
      "SELECT 1", "select a, b.c from nowhere b where f(a) = 'x''y';",
      "SELECT a FROM t; SELECT b FROM u",
      "WITH x AS (SELECT 1) SELECT * FROM x", "INSERT INTO t VALUES (1)", "CREATE TABLE t (a TEXT)",
      "UPDATE t SET a = 1 WHERE b IS NULL", "SELECT count(a, b, c) FROM t", "PRAGMA table_info(t)",
      "ATTACH 'x' AS y", "-- why\nSELECT 1 /* so */",
    ] {
      #expect(SQLSyntax.check(text) == nil, "\(text)")
    }
  }

  @Test func `what is no statement is told in SQLite's words`() {
    #expect(SQLSyntax.check("SELEC 1") == "near \"SELEC\": syntax error")
    #expect(SQLSyntax.check("SELECT a FROM") == "incomplete input")
    #expect(SQLSyntax.check("SELECT 'a") == "unrecognized token: \"'a\"")
    #expect(SQLSyntax.check("SELECT 1; SELECT FROM") == "near \"FROM\": syntax error")
    #expect(SQLSyntax.check("Sure! Here it is: SELECT 1") != nil)
    #expect(SQLSyntax.check(" -- nothing") == "there is no statement")
    #expect(SQLSyntax.check("") == "there is no statement")
    #expect(
      SQLSyntax.check("SELECT 1 LIMIT 2 UNION SELECT 2")?.contains("should come after") == true)
  }

  @Test func `endless nesting ends`() {
    #expect(SQLSyntax.check("SELECT " + String(repeating: "(", count: 90_000)) != nil)
    #expect(SQLSyntax.check(String(repeating: "SELECT 1;", count: 20_000)) != nil)
  }
}
