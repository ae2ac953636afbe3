import Core
import Evaluation
import Foundation
import Testing

@testable import Grading

@Suite struct SpiderFolderTests {
  /// A folder in Spider's layout with a shop of two states.
  private func folder(_ questions: String, file: String = "dev.json") throws -> SQLFixture {
    let fixture = try SQLFixture()
    try FileManager.default.createDirectory(
      atPath: fixture.folder + "/database/shop", withIntermediateDirectories: true)
    for (name, price) in [("shop.sqlite", 3), ("b.sqlite", 4), ("a.sqlite", 5)] {
      try fixture.database(
        """
        CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, price REAL);
        CREATE TABLE sale (item_id INT REFERENCES item (id)) ;
        INSERT INTO item (price) VALUES (\(price));
        """, named: "database/shop/" + name)
    }
    try questions.write(
      toFile: fixture.folder + "/" + file, atomically: true, encoding: .utf8)
    try "[]".write(toFile: fixture.folder + "/tables.json", atomically: true, encoding: .utf8)
    return fixture
  }

  @Test func `a question becomes a case that is held to all states of its database`() throws {
    let fixture = try folder(
      #"[{"db_id": "shop", "question": "How dear?", "query": "SELECT price FROM item", "more": 1}]"#
    )
    let cases = try SpiderFolder.cases(in: fixture.folder)
    let only = try #require(cases.first)
    #expect(cases.count == 1)
    #expect(only.inputs["question"] == "How dear?")
    #expect(only.inputs["db_id"] == "shop")
    #expect(
      only.inputs["schema"] == """
        CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, price REAL);
        CREATE TABLE sale (item_id INT REFERENCES item (id));

        """)
    #expect(only.expected == "SELECT price FROM item")
    #expect(only.tags == ["shop"])
    #expect(only.id.hasPrefix("spider-shop-") && only.id.count == 22)
    let assertion = try #require(only.assertions.first)
    #expect(assertion.config["database"]?.array?.count == 3)
    #expect(
      assertion.config["database"]?[0]?.string?.hasSuffix("/database/shop/shop.sqlite") == true)
    #expect(
      try SQLExecutionGrader().grade(
        predicted: "SELECT 3", assertion: assertion, baseDirectory: "/nowhere"
      ).reason == "On a.sqlite: first difference in row 1: 3 instead of 5.")
  }

  @Test func `an id is made of what is asked, not of where it stands`() throws {
    let one = #"{"db_id": "shop", "question": "How dear?", "query": "SELECT price FROM item"}"#
    let two = #"{"db_id": "shop", "question": "How many?", "query": "SELECT count(*) FROM item"}"#
    let fixtures = try [
      folder("[\(one), \(two)]", file: "train.json"), folder("[\(two), \(one), \(one)]"),
    ]
    let first = try SpiderFolder.cases(in: fixtures[0].folder)
    let second = try SpiderFolder.cases(in: fixtures[1].folder)
    #expect(first.map(\.id) == [second[1].id, second[0].id])
    #expect(second[2].id == second[1].id + "-2")
  }

  @Test func `what is missing or can't be is said`() throws {
    for (questions, part) in [
      ("{", "It is no JSON"), ("[1]", "There is no dev.json"), ("{}", "There is no dev.json"),
      (#"[{"question": "a", "query": "b"}]"#, "Question 1 has no question, query and db_id"),
      (#"[{"question": "a", "query": "b", "db_id": "../shop"}]"#, "can't be the db_id"),
      (#"[{"question": "a", "query": "b", "db_id": "mill"}]"#, "There is no .sqlite file"),
    ] {
      let fixture = try folder(questions)
      let error = #expect(throws: DatasetError.self) { try SpiderFolder.cases(in: fixture.folder) }
      #expect(error?.description.contains(part) == true, "\(questions)")
    }
    #expect(throws: DatasetError.self) { try SpiderFolder.cases(in: "/nowhere") }
    #expect(!SpiderFolder.isOne("/nowhere"))
    let fixture = try folder(#"[{"question": "a", "query": "b"}]"#)
    #expect(SpiderFolder.isOne(fixture.folder))
  }

  @Test func `hardness counts in the parsed query as Spider does`() throws {
    let column = #"[0, [0, "__item.price__", false], null]"#
    func hardness(
      select: Int = 1, tables: Int = 1, conditions: [String] = [], groups: Int = 0,
      limit: String = "null", union: String = "null", order: String = "[]"
    ) throws -> SpiderHardness? {
      func list(_ count: Int, _ item: String) -> String {
        "[" + Array(repeating: item, count: count).joined(separator: ",") + "]"
      }
      let text = """
        {"from": {"table_units": \(list(tables, #"["table_unit", 1]"#)), "conds": []},
         "select": [false, \(list(select, "[0, \(column)]"))],
         "where": [\(conditions.joined(separator: #", "or", "#))], "having": [], "orderBy": \(order),
         "groupBy": \(list(groups, #"[0, "__item.id__", false]"#)), "limit": \(limit),
         "union": \(union), "intersect": null, "except": null}
        """
      return SpiderHardness(of: try JSON(parsing: text))
    }
    let equal = "[false, 2, \(column), 1.0, null]"
    #expect(try hardness() == .easy)
    #expect(try hardness(select: 2) == .medium)
    #expect(try hardness(conditions: [equal], groups: 1) == .medium)
    #expect(try hardness(tables: 2, conditions: [equal], groups: 1) == .hard)
    #expect(try hardness(union: "{}") == .hard)
    #expect(try hardness(select: 2, union: "{}") == .extra)
    #expect(try hardness(conditions: [equal, equal], groups: 1, limit: "1") == .extra)
    #expect(try hardness(conditions: ["[true, 9, \(column), 1.0, null]"]) == .medium)
    #expect(try hardness(select: 2, order: #"["desc", [\#(column)]]"#) == .medium)
    #expect(SpiderHardness(of: "SELECT 1") == nil)
    let fixture = try folder(
      #"[{"question": "a", "query": "b", "db_id": "shop", "sql": {}}]"#)
    let cases = try SpiderFolder.cases(in: fixture.folder)
    #expect(cases[0].tags == ["shop"])
  }

  @Test func `a schema is bounded`() throws {
    let fixture = try SQLFixture()
    let path = try fixture.database(
      (0..<100).map { "CREATE TABLE t\($0) (\(String(repeating: "c", count: 500)) TEXT);" }
        .joined(separator: "\n"))
    let schema = try DatabaseSchema.text(of: path)
    #expect(schema.utf8.count < 33_000)
    #expect(schema.hasSuffix("-- and 40 more\n"), "\(schema.suffix(30))")
  }
}
