import GRDBSQLite

// A SQLite file for queries that nobody has looked at. They can read it and nothing else, and take no
// more than they are given. It is opened as a file that nobody changes, so that no lock is taken and no
// file beside it made; whether that was true is looked at afterwards.

/// A database to read, for one thread at a time.
final class SandboxedDatabase {
  private let connection: OpaquePointer
  private let file: DatabaseFile

  /// - Throws: `SQLFailure.database` where there is none to read, or somebody is writing it.
  init(_ file: DatabaseFile) throws(SQLFailure) {
    try file.checkIsAtRest()
    var connection: OpaquePointer?
    let code = sqlite3_open_v2(
      file.uri, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
    guard let connection, code == SQLITE_OK else {
      sqlite3_close_v2(connection)
      throw .database("\(file.path) can't be opened as a SQLite database.")
    }
    self.connection = connection
    self.file = file
    Self.confine(connection)
    SQLAuthorizer.install(on: connection)
  }

  deinit { sqlite3_close_v2(connection) }

  /// What only holds for this connection: limits as SQLite's authors advise them for hostile queries
  /// (https://www.sqlite.org/security.html), some wider, since models write long ones.
  static func confine(_ connection: OpaquePointer) {
    sqlite3_exec(
      connection,
      """
      PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; \
      PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA mmap_size = 0
      """, nil, nil, nil)
    for (limit, value) in [
      (SQLITE_LIMIT_LENGTH, longestValue), (SQLITE_LIMIT_SQL_LENGTH, CInt(SQLLimits.queryBytes)),
      (SQLITE_LIMIT_COLUMN, 2000), (SQLITE_LIMIT_EXPR_DEPTH, 200),
      (SQLITE_LIMIT_COMPOUND_SELECT, 100), (SQLITE_LIMIT_VDBE_OP, 250_000),
      (SQLITE_LIMIT_FUNCTION_ARG, 100), (SQLITE_LIMIT_ATTACHED, 0),
      (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500), (SQLITE_LIMIT_VARIABLE_NUMBER, 0),
      (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
      sqlite3_limit(connection, limit, value)
    }
    // Gold queries of Spider write texts in double quotes, which not every SQLite takes.
    _enableDoubleQuotedStringLiterals(connection)
    BoundedTextFunctions.install(on: connection)
    BoundedFormatFunction.install(on: connection)
    // The first use of these makes their tables, which no query may.
    sqlite3_exec(connection, "SELECT 1 FROM json_each('[]'), json_tree('[]')", nil, nil, nil)
  }

  /// The bytes of the longest text or BLOB, also in the database's own rows.
  private static let longestValue: CInt = 1_000_000

  /// Runs one SELECT to its end.
  func result(of query: String, limits: SQLLimits) throws(SQLFailure) -> SQLResult {
    let outcome = RunningQuery.run(on: connection, limits: limits) {
      running throws(SQLFailure) -> SQLResult in
      let statement = try self.statement(query, running)
      defer { sqlite3_finalize(statement) }
      return try self.rows(of: statement, running)
    }
    // What was read of a file that changed meanwhile is neither right nor wrong.
    try file.checkIsUnchanged()
    return try outcome.get()
  }

  private func statement(_ query: String, _ running: RunningQuery) throws(SQLFailure)
    -> OpaquePointer
  {
    var statement: OpaquePointer?
    var rest = ""
    var query = query
    let code = query.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v2(
          connection, text.baseAddress, CInt(clamping: text.count), &statement, &tail)
        if let tail, let start = text.baseAddress {
          rest = String(decoding: bytes[(tail - start)...], as: UTF8.self)
        }
        return code
      }
    }
    guard code == SQLITE_OK else { throw failure(code, running) }
    guard let statement else { throw .query("there is no query") }
    guard SQLTokens.tokens(of: rest).allSatisfy({ $0.isNothing }) else {
      sqlite3_finalize(statement)
      throw .query("only one statement is run at a time")
    }
    guard sqlite3_column_count(statement) > 0 else {
      sqlite3_finalize(statement)
      throw .query("it gives no rows: only SELECT does")
    }
    return statement
  }

  private func rows(of statement: OpaquePointer, _ running: RunningQuery) throws(SQLFailure)
    -> SQLResult
  {
    let columnCount = sqlite3_column_count(statement)
    var result = SQLResult(columnCount: Int(columnCount))
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_DONE: return result
      case SQLITE_ROW:
        guard result.rowCount < running.limits.rows else { throw .tooManyRows(running.limits.rows) }
        result.append((0..<columnCount).map { SQLValue(column: $0, of: statement) })
        guard result.size <= running.limits.bytes else {
          throw .tooMuchMemory(bytes: running.limits.bytes)
        }
      case let code: throw failure(code, running)
      }
    }
  }

  private func failure(_ code: CInt, _ running: RunningQuery) -> SQLFailure {
    let message = String(cString: sqlite3_errmsg(connection))
    switch code & 0xff {
    case SQLITE_INTERRUPT: return running.excess ?? .query(message)
    case SQLITE_NOMEM: return .tooMuchMemory(bytes: running.limits.bytes)
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR, SQLITE_CANTOPEN:
      return .database("\(file.path) can't be read: \(message).")
    case SQLITE_AUTH:
      return .query("\(message): a query may only read tables, by SELECT")
    default: return .query(message)
    }
  }
}

extension SQLToken {
  /// Whether it can stand after a statement and its semicolon.
  fileprivate var isNothing: Bool { kind == .space || kind == .comment }
}
