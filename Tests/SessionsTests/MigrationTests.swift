// Stores of every earlier version, with rows of that version in each table, opened by this one.

import Core
import Foundation
import GRDB
import Testing

@testable import Sessions

@Suite struct MigrationTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sessions.sqlite")
  }

  /// What a whet of a version wrote into the tables and columns that were new in it.
  private static let rows: [String: String] = [
    "sessions and runs": """
    INSERT INTO session VALUES ('S', 'old', 1000);
    INSERT INTO run (number, id, session, batch, started_at, "column", model, finish_reason,
        first_line, input_tokens)
      VALUES (1, 'R1', 'S', 'B', 1000, 0, 'openai/x', 'stop', 'Hello there.', 12);
    INSERT INTO run (number, id, session, parent, batch, started_at, "column", model, writer)
      VALUES (2, 'R2', 'S', 'R1', 'C', 1001, 1, 'openai/y', 77);
    INSERT INTO event VALUES (2, 0, 12.5, 'head', 200, x'746578742F706C61696E'), (2, 1, 13, 'body', NULL, x'00FF');
    INSERT INTO draft VALUES ('p', 1, '{}');
    """,
    "costs": """
    UPDATE run SET price = '{"input":1}', cost = 5, cost_is_estimated = 1, charge = 5 WHERE number = 1;
    INSERT INTO token_ratio VALUES ('openai/x', 100, 110);
    """,
    "versions, ratings and edits": """
    INSERT INTO version VALUES ('p', 'h', 1, 1000, NULL, 'first', NULL, '', x'61');
    UPDATE run SET version = 'h';
    INSERT INTO rating VALUES (1, 1, 1000);
    INSERT INTO edit VALUES ('p', 0, 1, '{}');
    """,
    "steps": "UPDATE run SET step = 1",
    "texts of drafts": "INSERT INTO draft_text VALUES ('p', 'prompt', 'h', x'61')",
    "repetitions": "UPDATE run SET repetition = 2",
    "sets of columns": "INSERT INTO column_set VALUES ('two', 1000, '[]')",
    "corrections": """
    INSERT INTO correction VALUES (1, 1, 1000, x'62');
    INSERT INTO correction_draft VALUES (1, x'63');
    """,
    "remarks and preferences": """
    INSERT INTO remark VALUES (1, '{"note":"crooked","score":2}');
    INSERT INTO preference VALUES ('P', 1, 1000, '{}');
    """,
    "branches and pruned moments": """
    INSERT INTO branch VALUES ('S', 'b', 'B');
    INSERT INTO pruned VALUES ('S', 'gone', 1);
    """,
    "finding": "UPDATE run SET is_indexed = NULL",
    "evaluations": """
    INSERT INTO evaluation VALUES ('E', 'e', NULL, 1000, NULL, 'd', 'p', 1, '[]', '[]');
    INSERT INTO kept_request VALUES ('q', '{}');
    INSERT INTO kept_answer VALUES ('q', 1, 1000, NULL, '{}');
    """,
    "training sets": """
    INSERT INTO training_set (name, life, created_at, changed_at) VALUES ('gold', 'here', 1, 1);
    """,
  ]

  private static let versions = StoreSchema.migrator.migrations

  /// Makes a store as the whet of a version left it.
  private func makeStore(of version: String) throws {
    let queue = try DatabaseQueue(path: path)
    try StoreSchema.migrator.migrate(queue, upTo: version)
    try queue.write { db in
      try db.execute(sql: "PRAGMA application_id = 0x77686574")
      for name in Self.versions {
        try db.execute(sql: try #require(Self.rows[name]))
        if name == version { break }
      }
      for number in 1...2 {
        let run = Run.sample("R\(number)", session: "S").json.text
        let answer = number == 1 ? JSON.object(Answer.sample().json).text : nil
        try db.execute(
          sql: "INSERT INTO record VALUES (?, ?, ?)", arguments: [number, run, answer])
      }
    }
    try queue.close()
  }

  /// Every value of a database by table and column, in the order of the rows.
  private func contents(of path: String) throws -> [String: [DatabaseValue]] {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
      let tables = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_master
          WHERE type = 'table' AND name NOT LIKE 'finding%' AND name NOT LIKE 'sqlite_%'
          """)
      var contents: [String: [DatabaseValue]] = [:]
      for table in tables {
        for column in try db.columns(in: table).map(\.name) {
          contents["\(table).\(column)"] = try DatabaseValue.fetchAll(
            db, sql: "SELECT \"\(column)\" FROM \(table) ORDER BY 1")
        }
      }
      return contents
    }
  }

  private var backups: [String] { StoreBackup.all(of: path).map(\.path) }

  @Test(arguments: StoreSchema.migrator.migrations.dropLast())
  func aStoreOfAnEarlierVersionKeepsAllAndACopyAsItWas(version: String) throws {
    try makeStore(of: version)
    let before = try contents(of: path)

    let store = try SessionStore(path: path)
    let after = try contents(of: path)
    for (column, values) in before where column != "grdb_migrations.identifier" {
      #expect(after[column] == values, "\(column)")
    }
    #expect(try store.connection.read(StoreSchema.migrator.hasCompletedMigrations))
    let recorded = try store.loadRun("R1")
    #expect(recorded.run.promptText == Run.sample("R1", session: "S").promptText)
    #expect(recorded.answer.text == Answer.sample().text)
    #expect(
      try store.loadRun("R2").events.map(\.event) == [
        .head(status: 200, contentType: "text/plain"), .body([0, 0xFF]),
      ])
    #expect(try store.interruptedRuns().map(\.id) == ["R2"])
    _ = try store.indexEarlierRuns(limit: 10)
    #expect(try store.find(try RunQuery(line: "there", now: 0)).map(\.run) == ["R1"])
    #expect(try store.check().isDamaged == false)

    let backup = try #require(store.backup)
    #expect(backups == [backup.path])
    #expect(try contents(of: backup.path) == before)
    let mode = try FileManager.default.attributesOfItem(atPath: backup.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try SessionStore(path: path).backup == nil)
    #expect(backups == [backup.path])
  }

  @Test func aBackupIsAStoreThatOpens() throws {
    try makeStore(of: "corrections")
    let backup = try #require(try SessionStore(path: path).backup)
    #expect(try SessionStore(path: backup.path).loadRun("R1").answer.text == Answer.sample().text)
  }

  @Test func aNewStoreHasNoBackup() throws {
    #expect(try SessionStore(path: path).backup == nil)
    #expect(backups.isEmpty)
  }

  @Test func aMigrationThatFailsLeavesTheStoreAsItWasAndNamesTheBackup() throws {
    try makeStore(of: "corrections")
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE finding (a)") }
    let before = try contents(of: path)
    let error = sessionError { try SessionStore(path: path) }
    guard case .cannotMigrate(path, _, let backup)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(backups == [backup])
    // The first two of the three that were missing would have gone well.
    #expect(try contents(of: path) == before)
    #expect(try contents(of: backup) == before)

    try DatabaseQueue(path: path).write { try $0.execute(sql: "DROP TABLE finding") }
    #expect(try SessionStore(path: path).loadRun("R1").answer.text == Answer.sample().text)
  }

  @Test func aStoreOfALaterVersionIsNotCopied() throws {
    _ = try SessionStore(path: path)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of a later version')")
    }
    #expect(sessionError { try SessionStore(path: path) } == .laterStore(path: path))
    #expect(backups.isEmpty)
  }

  @Test func twoBackupsAreKeptAndNoPartOfOne() throws {
    let store = try SessionStore(path: path)
    try folder.write("cut short", to: "sessions.sqlite.backup.part")
    for second in [100, 200, 300] {
      _ = try StoreBackup.make(of: store.connection, path: path, at: Double(second))
    }
    #expect(backups == [path + ".200.backup", path + ".300.backup"])
    #expect(try folder.contents.filter { $0.hasSuffix(".part") }.isEmpty)
  }
}
