import Core
import Foundation
import GRDB
import Grading
import Testing

@Suite struct TextToSQLExampleTests {
  private let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent()
    .appending(path: "../../../examples/text-to-sql").standardized.path
  private let databases = ["workshop.sqlite", "workshop-2.sqlite"]

  private struct Question {
    var id: String
    var query: String
    var relevant: [String]
  }

  private func questions() throws -> [Question] {
    let text = try String(contentsOfFile: folder + "/questions.yaml", encoding: .utf8)
    return try YAML(parsing: text).json.array.map { items in
      try items.map { item in
        Question(
          id: try #require(item["id"]?.string), query: try #require(item["query"]?.string),
          relevant: try #require(item["relevant"]?.array).compactMap(\.string))
      }
    } ?? []
  }

  @Test func `each gold query agrees with itself and tells the states apart`() throws {
    let questions = try questions()
    #expect(questions.count == 40)
    #expect(Set(questions.map(\.id)).count == 40)
    for question in questions {
      let results = try databases.map { database in
        let path = folder + "/" + database
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { db in
          try Row.fetchAll(db, sql: question.query).map { row in
            Array(row.databaseValues).map(\.description)
          }
        }
      }
      #expect(results.allSatisfy { !$0.isEmpty }, "\(question.id)")
      #expect(
        results[0].sorted { "\($0)" < "\($1)" } != results[1].sorted { "\($0)" < "\($1)" },
        "\(question.id)")
      for file in question.relevant {
        #expect(FileManager.default.fileExists(atPath: folder + "/docs/" + file), "\(file)")
      }
    }
  }

  @Test func `the databases are what their texts say`() throws {
    for (database, data) in zip(databases, ["data.sql", "data-2.sql"]) {
      let built = try DatabaseQueue()
      try built.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        for file in ["schema.sql", data] {
          try db.execute(sql: String(contentsOfFile: folder + "/" + file, encoding: .utf8))
        }
      }
      let tables = try built.read {
        try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema ORDER BY name")
          .filter { !$0.hasPrefix("sqlite_") }
      }
      #expect(tables.count == 8)
      var configuration = GRDB.Configuration()
      configuration.readonly = true
      let kept = try DatabaseQueue(path: folder + "/" + database, configuration: configuration)
      for table in tables {
        let sql = "SELECT * FROM \(table)"
        #expect(
          try kept.read { try Row.fetchAll($0, sql: sql) }
            == built.read { try Row.fetchAll($0, sql: sql) }, "\(table)")
      }
    }
  }
}
