import Core
import Evaluation
import Foundation
import GRDB
import Grading
import Testing

private let people = """
  CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, height REAL);
  INSERT INTO person VALUES (1, 'Ann', 30, 1.7), (2, 'Bob', 41, 1.8), (3, 'Cid', 30, 2.0);
  """

@Suite struct SQLExecutionGraderTests {
  private func graded(
    _ predicted: String, gold: String, config: JSON.Object = [:]
  ) throws -> (score: Double, reason: String) {
    let fixture = try SQLFixture()
    try fixture.database(people)
    return try fixture.grade(predicted, gold: gold, config: config)
  }

  @Test func `the same rows in another order are right where none was asked for`() throws {
    let (score, reason) = try graded(
      "SELECT name FROM person ORDER BY id DESC", gold: "SELECT name FROM person")
    #expect(score == 1)
    #expect(reason == "The same 3 rows.")
  }

  @Test func `an order in the gold query has to be kept`() throws {
    let (score, reason) = try graded(
      "SELECT name FROM person ORDER BY name DESC",
      gold: "SELECT name FROM person order\n  by name")
    #expect(score == 0)
    #expect(
      reason
        == "The rows are right, but their order is not: first difference in row 1: 'Cid' instead of 'Ann'."
    )
  }

  @Test func `columns come in any order, also where rows do not`() throws {
    #expect(
      try graded(
        "SELECT age, id, name FROM person ORDER BY name",
        gold: "SELECT id, name, age FROM person ORDER BY name"
      ).score == 1)
  }

  @Test func `columns whose values belong together in other ways are wrong`() throws {
    let (score, reason) = try graded(
      "SELECT a.id, b.age FROM person a, person b WHERE a.id = 4 - b.id",
      gold: "SELECT id, age FROM person WHERE id <> 9")
    #expect(score == 1, "ages 30, 41, 30 are the same from behind")
    #expect(reason == "The same 3 rows.")
    let (wrong, difference) = try graded(
      "SELECT a.id, b.name FROM person a, person b WHERE a.id = 4 - b.id",
      gold: "SELECT id, name FROM person")
    #expect(wrong == 0)
    #expect(difference == "First difference in row 1: 3 instead of 1.")
  }

  @Test func `numbers are compared by value, and never with texts`() throws {
    #expect(try graded("SELECT 1.0, NULL", gold: "SELECT 1, NULL").score == 1)
    #expect(try graded("SELECT '1'", gold: "SELECT 1").score == 0)
    #expect(try graded("SELECT x'61'", gold: "SELECT 'a'").score == 0)
    #expect(
      try graded("SELECT 9007199254740993", gold: "SELECT 9007199254740992.0").score == 0)
    #expect(try graded("SELECT -0.0", gold: "SELECT 0").score == 1)
  }

  @Test func `a reason counts the rows and shows the first that differs`() throws {
    #expect(
      try graded("SELECT name FROM person", gold: "SELECT name FROM person WHERE age = 30").reason
        == "3 rows instead of 2; row 2 should not be there: 'Bob'.")
    #expect(
      try graded("SELECT name FROM person WHERE id = 2", gold: "SELECT name FROM person").reason
        == "1 row instead of 3; a row is missing: 'Ann'.")
    #expect(
      try graded("SELECT name FROM person WHERE id = 9", gold: "SELECT name FROM person").reason
        == "No rows instead of 3.")
    #expect(
      try graded("SELECT name, age FROM person", gold: "SELECT name FROM person").reason
        == "2 columns instead of 1.")
    #expect(
      try graded(
        "SELECT name, id + 1 FROM person WHERE id = 2",
        gold: "SELECT name, id FROM person WHERE id = 2"
      ).reason == "First difference in row 1: 3 instead of 2.")
  }

  @Test func `no rows are no rows, of however many columns`() throws {
    let (score, reason) = try graded(
      "SELECT 1, 2 WHERE 0", gold: "SELECT name FROM person WHERE id = 9")
    #expect(score == 1)
    #expect(reason == "No rows, as expected.")
  }

  @Test func `duplicates count, unless distinct is said to count for nothing`() throws {
    let predicted = "SELECT age FROM person"
    let gold = "SELECT DISTINCT age FROM person"
    #expect(try graded(predicted, gold: gold).score == 0)
    #expect(try graded(predicted, gold: gold, config: ["keep_distinct": false]).score == 1)
    #expect(
      try graded("SELECT count(age) FROM person", gold: "SELECT count(DISTINCT age) FROM person")
        .score
        == 0)
  }

  @Test func `spaces within comparisons and the year of today are mended`() throws {
    #expect(
      try graded(
        "SELECT name FROM person WHERE age > = 41", gold: "SELECT name FROM person WHERE age >= 41"
      ).score == 1)
    #expect(try graded("SELECT 2020", gold: "SELECT YEAR ( CURDATE ( ) ) ").score == 1)
  }

  @Test func `a query that fails is wrong, in SQLite's words`() throws {
    let (score, reason) = try graded("SELECT nme FROM person", gold: "SELECT name FROM person")
    #expect(score == 0)
    #expect(reason == "The query can't be run: no such column: nme.")
    #expect(try graded("", gold: "SELECT 1").reason == "The query can't be run: there is no query.")
  }

  @Test func `after one statement only comments may follow`() throws {
    #expect(try graded("SELECT 1; -- that is all\n/* yes */ ", gold: "SELECT 1").score == 1)
    #expect(
      try graded("SELECT 1; SELECT 2", gold: "SELECT 1").reason
        == "The query can't be run: only one statement is run at a time.")
  }

  @Test func `a gold query that fails measures nothing`() throws {
    let error = #expect(throws: GradingError.self) {
      try graded("SELECT 1", gold: "SELECT a FROM nowhere")
    }
    #expect(error?.description.contains("no such table: nowhere") == true)
  }

  @Test func `settings that are missing, misspelt or no values are said`() throws {
    let fixture = try SQLFixture()
    try fixture.database(people)
    for (config, part) in [
      (["timout": 3], "knows no config.timout"), (["timeout": 0], "number of seconds"),
      (["timeout": "long"], "number of seconds"), (["memory": 0], "megabytes"),
      (["rows": -1], "whole number"), (["keep_distinct": "no"], "true or false"),
    ] as [(JSON.Object, String)] {
      let error = #expect(throws: GradingError.self) {
        try fixture.grade("SELECT 1", gold: "SELECT 1", config: config)
      }
      #expect(error?.description.contains(part) == true)
    }
    for databases in [[], [""], ["absent.sqlite"], ["."]] {
      #expect(throws: GradingError.self) {
        try fixture.grade("SELECT 1", gold: "SELECT 1", databases: databases)
      }
    }
    #expect(throws: GradingError.self) { try fixture.grade("SELECT 1", gold: "") }
  }

  @Test func `an answer is right only where it is right on each database`() throws {
    let fixture = try SQLFixture()
    try fixture.database("CREATE TABLE t (a); INSERT INTO t VALUES (1)", named: "one.sqlite")
    try fixture.database("CREATE TABLE t (a); INSERT INTO t VALUES (2)", named: "two?%.sqlite")
    let both = ["one.sqlite", "two?%.sqlite"]
    #expect(
      try fixture.grade("SELECT a FROM t", gold: "SELECT max(a) FROM t", databases: both).reason
        == "The same on each of 2 databases: 1 row.")
    let (score, reason) = try fixture.grade("SELECT 1", gold: "SELECT a FROM t", databases: both)
    #expect(score == 0)
    #expect(reason == "On two?%.sqlite: first difference in row 1: 1 instead of 2.")
  }

  @Test func `a gold query is run once, until its database changes`() throws {
    let fixture = try SQLFixture()
    let path = try fixture.database("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    let grader = SQLExecutionGrader()
    // A query with another result each time is the same only if it is not run again.
    let gold = "SELECT hex(randomblob(8))"
    let first = try fixture.grade("SELECT 1", gold: gold, by: grader).reason
    #expect(try fixture.grade("SELECT 1", gold: gold, by: grader).reason == first)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "INSERT INTO t VALUES (2)") }
    #expect(try fixture.grade("SELECT 1", gold: gold, by: grader).reason != first)
  }

  @Test func `a text of megabytes is no query`() throws {
    let text = String(repeating: "SELECT 1 -- 'and so on\n", count: 400_000)
    #expect(
      try graded(text, gold: "SELECT 1").reason == "The query can't be run: statement too long.")
  }

  @Test func `text that is no UTF-8 loses what is not`() throws {
    #expect(
      try graded("SELECT CAST(x'61ff62c3' AS TEXT)", gold: "SELECT 'ab'").score == 1)
  }
}
