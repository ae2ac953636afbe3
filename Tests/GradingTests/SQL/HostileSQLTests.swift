import Core
import Evaluation
import Foundation
import GRDBSQLite
import Grading
import Testing

/// Serialized: they look at the memory of the process.
@Suite(.serialized) struct HostileSQLTests {
  private let seconds = 0.2
  private let megabytes = 32

  /// Runs queries against a database of two tables, and looks at its folder before and after.
  private func run(_ queries: [String], check: (String, Double, String) -> Void) throws {
    let fixture = try SQLFixture()
    try fixture.database(
      """
      CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y');
      CREATE TABLE u (c REAL); INSERT INTO u VALUES (0.5);
      CREATE VIEW v AS SELECT a FROM t;
      """)
    let before = try contents(of: fixture.folder)
    let grader = SQLExecutionGrader()
    for query in queries {
      let (score, reason) = try fixture.grade(
        query.replacing("FOLDER", with: fixture.folder), gold: "SELECT 'never' AS x",
        config: ["timeout": .number(seconds), "memory": .integer(megabytes)], by: grader)
      check(query, score, reason)
    }
    #expect(try contents(of: fixture.folder) == before)
  }

  private func times(_ count: Int, _ part: String) -> String {
    String(repeating: part, count: count)
  }

  /// The files of a folder, with bytes and times; and when the folder itself changed.
  private func contents(of folder: String) throws -> [String: [String]] {
    let files = FileManager.default
    var found: [String: [String]] = [:]
    for name in try files.contentsOfDirectory(atPath: folder) + ["."] {
      var status = stat()
      stat(folder + "/" + name, &status)
      let bytes = files.contents(atPath: folder + "/" + name) ?? Data()
      found[name] = [
        bytes.base64EncodedString(), "\(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)",
        "\(status.st_ctim.tv_sec) \(status.st_ctim.tv_nsec)", "\(status.st_ino)",
      ]
    }
    return found
  }

  @Test func `what writes, opens or sets anything is refused`() throws {
    let queries = [
      "INSERT INTO t VALUES (3, 'z')", "INSERT OR REPLACE INTO t VALUES (1, 'z') RETURNING a",
      "REPLACE INTO t VALUES (1, 'z')", "UPDATE t SET b = 'z'", "UPDATE t SET b = 'z' RETURNING b",
      "DELETE FROM t", "WITH x AS (SELECT 1) DELETE FROM t", "DELETE FROM t RETURNING *",
      "CREATE TABLE w (a)", "CREATE TABLE w AS SELECT * FROM t", "CREATE TEMP TABLE w (a)",
      "CREATE TEMPORARY VIEW w AS SELECT 1", "CREATE VIEW w AS SELECT 1",
      "CREATE INDEX i ON t (b)", "CREATE UNIQUE INDEX i ON t (b)",
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; END",
      "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; END",
      "CREATE VIRTUAL TABLE w USING fts5 (a)", "CREATE VIRTUAL TABLE w USING dbstat",
      "DROP TABLE t", "DROP VIEW v", "DROP TABLE IF EXISTS t", "ALTER TABLE t RENAME TO s",
      "ALTER TABLE t ADD COLUMN z", "ALTER TABLE t DROP COLUMN b", "REINDEX", "ANALYZE", "VACUUM",
      "VACUUM INTO 'FOLDER/new.sqlite'", "ATTACH 'FOLDER/new.sqlite' AS n",
      "ATTACH DATABASE ':memory:' AS n", "ATTACH '/etc/passwd' AS p", "DETACH main",
      "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "PRAGMA writable_schema = ON",
      "PRAGMA user_version = 7", "PRAGMA application_id = 7", "PRAGMA wal_checkpoint(TRUNCATE)",
      "PRAGMA temp_store_directory = 'FOLDER'", "PRAGMA data_store_directory = 'FOLDER'",
      "PRAGMA cache_size = 1000000000", "PRAGMA query_only = OFF", "PRAGMA trusted_schema = ON",
      "PRAGMA hard_heap_limit = 0", "PRAGMA soft_heap_limit = 0", "PRAGMA threads = 8",
      "PRAGMA mmap_size = 1000000000", "PRAGMA integrity_check", "PRAGMA optimize",
      "PRAGMA incremental_vacuum", "PRAGMA shrink_memory", "PRAGMA page_size = 512",
      "PRAGMA auto_vacuum = 1", "PRAGMA encoding = 'UTF-16'", "PRAGMA locking_mode = EXCLUSIVE",
      "PRAGMA foreign_keys = ON", "PRAGMA table_info(t)", "PRAGMA database_list",
      "SELECT * FROM pragma_database_list", "SELECT * FROM pragma_table_info('t')",
      "SELECT * FROM pragma_integrity_check", "BEGIN", "BEGIN EXCLUSIVE", "BEGIN IMMEDIATE",
      "COMMIT", "END", "ROLLBACK", "SAVEPOINT s", "RELEASE s", "ROLLBACK TO s",
      "SELECT load_extension('FOLDER/x.so')", "SELECT load_extension('x', 'y')",
      "SELECT fts3_tokenizer('simple')", "SELECT fts3_tokenizer('simple', x'0000000000000000')",
      "SELECT readfile('/etc/passwd')", "SELECT writefile('FOLDER/new', 'x')",
      "SELECT edit('x', 'touch FOLDER/new')", "SELECT zipfile('a', 'b')",
      "SELECT * FROM fsdir('/')", "SELECT * FROM csv('/etc/passwd')",
      "SELECT sqlite_compileoption_get(1)", "SELECT json_patch('{}', '{}')",
      "SELECT 1; DROP TABLE t", "SELECT 1; ATTACH 'FOLDER/new.sqlite' AS n",
      "SELECT 1;;; PRAGMA journal_mode = WAL", "EXPLAIN DELETE FROM t", ".dump",
      ".shell touch FOLDER/new",
      "SELECT * FROM t INTO OUTFILE 'FOLDER/new'", "COPY t TO 'FOLDER/new'",
      "UPDATE sqlite_schema SET sql = 'x'", "INSERT INTO sqlite_sequence VALUES ('t', 9)",
      "DELETE FROM sqlite_dbpage", "SELECT ?1", "SELECT @a",
    ]
    try run(queries) { query, score, reason in
      #expect(score == 0, "\(query)")
      #expect(reason.hasPrefix("The query can't be run: "), "\(query): \(reason)")
    }
  }

  @Test func `what takes too long or too much is stopped`() throws {
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
    let many = (1...12).map { "t AS q\($0)" }.joined(separator: ", ")
    let wide = "(" + endless + " SELECT x FROM c LIMIT 3000)"
    let layers = (1...9).map { level in
      ", a\(level) AS (SELECT 1 AS x FROM "
        + (1...9).map { "a\(level - 1) AS b\($0)" }.joined(separator: ", ") + ")"
    }
    var queries = [
      "\(endless) SELECT count(*) FROM c", "\(endless) SELECT x FROM c ORDER BY x DESC",
      "\(endless) SELECT sum(x) FROM c GROUP BY x % 3", "\(endless) SELECT * FROM c",
      "\(endless) SELECT DISTINCT x FROM c", "\(endless) SELECT max(x) OVER (ORDER BY -x) FROM c",
      "\(endless) SELECT group_concat(x) FROM c", "\(endless) SELECT json_group_array(x) FROM c",
      "\(endless) SELECT json_group_object(x, x) FROM c",
      "\(endless) SELECT x FROM c UNION SELECT 1",
      "\(endless) SELECT x FROM c INTERSECT SELECT x FROM c",
      "\(endless) SELECT randomblob(1000000) FROM c",
      "\(endless) SELECT zeroblob(900000) AS z FROM c ORDER BY z, x",
      "\(endless) SELECT hex(randomblob(1000000)) AS z FROM c GROUP BY z",
      "WITH RECURSIVE c(x) AS (SELECT 'ab' UNION ALL SELECT x || x FROM c) SELECT max(length(x)) FROM c",
      "WITH RECURSIVE c(x) AS (SELECT 'ab' UNION ALL SELECT replace(x, 'a', 'aba') FROM c) SELECT x FROM c",
      "WITH RECURSIVE c(x) AS (SELECT randomblob(900000) UNION ALL SELECT randomblob(900000) FROM c) "
        + "SELECT count(*) FROM c a, c b",
      "WITH RECURSIVE c(x, y) AS (SELECT 1, 1 UNION SELECT x + 1, y FROM c UNION SELECT x, y + 1 FROM c) "
        + "SELECT count(*) FROM c",
      "SELECT zeroblob(2000000000)", "SELECT randomblob(2000000000)",
      "SELECT printf('%.*c', 2000000000, 'a')", "SELECT printf('%2000000000d', 1)",
      "SELECT printf('%d %.*c', 1, '2000000000', 'a')", "SELECT printf('%,.999999999999999c', 'a')",
      "SELECT format('%*s', 1999999999, 'a')", "SELECT hex(zeroblob(1000000000))",
      "SELECT replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000000)))",
      "SELECT count(*) FROM \(wide) a, \(wide) b, \(wide) c",
      "SELECT count(*) FROM \(wide) a WHERE a.x IN (SELECT b.x + c.x FROM \(wide) b, \(wide) c)",
      "SELECT sum(a.x) OVER (ORDER BY a.x ROWS BETWEEN 2000 PRECEDING AND 2000 FOLLOWING) "
        + "FROM \(wide) a, \(wide) b",
      "\(endless) SELECT count(*) FROM c WHERE printf('%.*c', 9999, 'a') LIKE '%a%a%a%a%a%a%a%b'",
      "\(endless) SELECT count(*) FROM c WHERE printf('%.*c', 9999, 'a') GLOB '*a*a*a*a*a*a*a*b'",
    ]
    queries += [
      "SELECT 'a' LIKE '\(times(5000, "%a"))'",
      "SELECT length(trim(printf('%.*c', 900000, 'a'), printf('%.*c', 900000, 'b') || 'a'))",
      "SELECT length(trim(printf('%.*c', 400000, 'a'), printf('%.*c', 400000, 'b') || 'a'))",
      "SELECT instr(printf('%.*c', 900000, 'a'), printf('%.*c', 450000, 'a') || 'b')",
      "SELECT replace(printf('%.*c', 900000, 'a'), printf('%.*c', 450000, 'a') || 'b', '') = 1",
      "SELECT \(times(5000, "("))1\(times(5000, ")"))", "SELECT \(times(40_000, "- "))1",
      "SELECT \(times(5000, "1 + "))1", "SELECT \(times(20_000, "NOT "))1",
      "SELECT \(times(40_000, "1,"))1", "\(times(5000, "SELECT 1 UNION ALL "))SELECT 1",
      "SELECT * FROM \(times(100, "t,"))t", "SELECT count(*) FROM \(many), \(wide) w, \(wide) z",
      "WITH a0 AS (SELECT 1 AS x)\(layers.joined()) SELECT count(*) FROM a9",
      "SELECT json_extract('\(times(90_000, "["))', '$')",
      "SELECT count(*) FROM json_tree('[\(times(9000, "[1],"))1]') a, json_tree('[1,2,3]') b, \(wide) d",
      "SELECT \(times(200_000, "x"))",
    ]
    sqlite3_memory_highwater(1)
    let used = sqlite3_memory_used()
    let clock = ContinuousClock()
    var last = clock.now
    try run(queries) { query, score, reason in
      #expect(score == 0, "\(query.prefix(200))")
      // Generous: other tests run beside. What is not stopped would take minutes, or never end.
      let taken = last.duration(to: clock.now)
      #expect(taken < .seconds(20), "\(query.prefix(200)): \(reason)")
      last = clock.now
    }
    #expect(sqlite3_memory_highwater(0) - used < 3 * sqlite3_int64(megabytes) << 20)
  }

  @Test func `a database that is being written measures nothing, and is left alone`() throws {
    let fixture = try SQLFixture()
    let path = try fixture.database("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    var connection: OpaquePointer?
    sqlite3_open(path, &connection)
    defer { sqlite3_close_v2(connection) }
    sqlite3_exec(connection, "PRAGMA journal_mode = WAL; INSERT INTO t VALUES (2)", nil, nil, nil)
    let before = try contents(of: fixture.folder)
    let error = #expect(throws: GradingError.self) {
      try fixture.grade("SELECT a FROM t", gold: "SELECT a FROM t")
    }
    #expect(error?.description.contains("a.sqlite-wal holds changes") == true)
    #expect(try contents(of: fixture.folder) == before)
    sqlite3_exec(connection, "PRAGMA wal_checkpoint(TRUNCATE)", nil, nil, nil)
    #expect(
      try fixture.grade("SELECT a FROM t", gold: "SELECT a FROM t").reason == "The same 2 rows.")
  }

  @Test func `a journal that is kept empty is no change`() throws {
    let fixture = try SQLFixture()
    let path = fixture.folder + "/a.sqlite"
    var connection: OpaquePointer?
    sqlite3_open(path, &connection)
    sqlite3_exec(
      connection, "PRAGMA journal_mode = PERSIST; CREATE TABLE t (a); INSERT INTO t VALUES (1)",
      nil,
      nil, nil)
    sqlite3_close_v2(connection)
    #expect(FileManager.default.fileExists(atPath: path + "-journal"))
    #expect(try fixture.grade("SELECT 1", gold: "SELECT a FROM t").score == 1)
    try Data([0xd9, 0xd5, 0x05, 0xf9]).write(to: URL(filePath: path + "-journal"))
    #expect(throws: GradingError.self) { try fixture.grade("SELECT 1", gold: "SELECT a FROM t") }
  }

  @Test func `what is no database, or a broken one, measures nothing`() throws {
    let fixture = try SQLFixture()
    let path = fixture.folder + "/a.sqlite"
    try Data("This is a text, and long enough to be one.".utf8).write(to: URL(filePath: path))
    #expect(throws: GradingError.self) { try fixture.grade("SELECT 1", gold: "SELECT a FROM t") }
    try FileManager.default.removeItem(atPath: path)
    try fixture.database(
      """
      CREATE TABLE t (a TEXT); WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 900)
      INSERT INTO t SELECT printf('%0100d', x) FROM c
      """)
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes.replaceSubrange(4096..<12_000, with: Data(repeating: 0xff, count: 12_000 - 4096))
    try bytes.write(to: URL(filePath: path))
    let error = #expect(throws: GradingError.self) {
      try fixture.grade("SELECT a FROM t", gold: "SELECT count(a) FROM t")
    }
    #expect(error?.description.contains("malformed") == true)
  }

  @Test func `a gold query that does not end measures nothing`() throws {
    let fixture = try SQLFixture()
    try fixture.database("CREATE TABLE t (a)")
    let error = #expect(throws: GradingError.self) {
      try fixture.grade(
        "SELECT 1",
        gold: "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT max(x) FROM c",
        config: ["timeout": .number(0.1)])
    }
    #expect(error?.description.contains("stopped after 0.1 s") == true)
  }

  @Test func `many answers can be graded at once`() async throws {
    let fixture = try SQLFixture()
    let path = try fixture.database("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
    let grader = SQLExecutionGrader()
    var assertion = Assertion("sql-execution", value: "SELECT a FROM t")
    assertion.config = ["database": .string(path), "timeout": .number(30)]
    let scores = try await withThrowingTaskGroup(of: Double.self) { [assertion] group in
      for index in 0..<64 {
        group.addTask {
          try grader.grade(
            predicted: index % 2 == 0 ? "SELECT a FROM t ORDER BY -a" : "SELECT a FROM t LIMIT 1",
            assertion: assertion, baseDirectory: ""
          ).score
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(scores == 32)
  }
}
