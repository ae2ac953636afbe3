import GRDBSQLite

// Whether a text is SQL, with no database at hand: which tables there are is not asked.

/// Checks the grammar of queries, by SQLite's own parser.
enum SQLSyntax {
  /// What is wrong, in SQLite's words; nil when every statement is well formed. Nothing is run.
  ///
  /// Unknown tables, columns and functions are no errors of syntax, nor are numbers of columns or
  /// arguments that don't fit.
  static func check(_ text: String) -> String? {
    var connection: OpaquePointer?
    let code = sqlite3_open_v2(
      ":memory:", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    defer { sqlite3_close_v2(connection) }
    guard let connection, code == SQLITE_OK else { return "SQLite can't be started" }
    SandboxedDatabase.confine(connection)
    // Some pragmas are carried out as they are compiled.
    sqlite3_set_authorizer(
      connection, { _, action, _, _, _, _ in action == SQLITE_PRAGMA ? SQLITE_IGNORE : SQLITE_OK },
      nil)
    let outcome = RunningQuery.run(on: connection, limits: SQLLimits()) {
      _ throws(SQLFailure) -> String? in check(text, on: connection)
    }
    return (try? outcome.get()) ?? nil
  }

  private static func check(_ text: String, on connection: OpaquePointer) -> String? {
    guard text.utf8.count <= SQLLimits.queryBytes else {
      return "it is longer than any query"
    }
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        var offset = 0
        var statementCount = 0
        while offset < text.count, let start = text.baseAddress {
          var statement: OpaquePointer?
          var tail: UnsafePointer<CChar>?
          let code = sqlite3_prepare_v2(
            connection, start + offset, CInt(text.count - offset), &statement, &tail)
          if statement != nil || code != SQLITE_OK { statementCount += 1 }
          sqlite3_finalize(statement)
          if code != SQLITE_OK {
            let message = String(cString: sqlite3_errmsg(connection))
            if isOfSyntax(message) { return message }
          }
          guard let tail, tail > start + offset else { break }
          offset = tail - start
        }
        return statementCount == 0 ? "there is no statement" : nil
      }
    }
  }

  /// The parser's own messages; all others come from looking up names, after it was content.
  private static func isOfSyntax(_ message: String) -> Bool {
    message.hasSuffix("syntax error") || message.hasPrefix("unrecognized token")
      || message == "incomplete input" || message == "parser stack overflow"
      || message.contains("should come after") || message.hasPrefix("near ")
  }
}
