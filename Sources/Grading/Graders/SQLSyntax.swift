import GRDBSQLite

// Whether a text is SQL by its grammar. SQLite reads it as if it were to be run, on an empty database
// in memory, and never runs it: that the tables and columns are not there is said after the text was
// read, and is no mistake of grammar.
//
// Some statements would take effect as soon as they are read (PRAGMA), or reach for files (ATTACH):
// they are refused once their grammar is known to be right.

enum SQLSyntax {
  /// The most statements that are read.
  private static let mostStatements = 1000

  /// Why a text is no SQL; nil where it is. An empty text is none.
  static func problem(in text: String) -> String? {
    guard text.utf8.count <= 1_000_000 else { return "it is longer than a megabyte" }
    guard !text.utf8.contains(0) else { return "it holds a NUL" }
    var database: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(":memory:", &database, flags, nil) == SQLITE_OK, let database else {
      sqlite3_close(database)
      return "SQLite could not be started"
    }
    defer { sqlite3_close(database) }
    sqlite3_set_authorizer(
      database,
      { _, action, _, _, _, _ in
        let refused = [SQLITE_PRAGMA, SQLITE_ATTACH, SQLITE_DETACH]
        return refused.contains(action) ? SQLITE_DENY : SQLITE_OK
      }, nil)
    return text.withCString { start in
      var rest: UnsafePointer<CChar>? = start
      var count = 0
      while let next = rest, next.pointee != 0 {
        guard count < mostStatements else { return "it has more than 1,000 statements" }
        var statement: OpaquePointer?
        let result = sqlite3_prepare_v2(database, next, -1, &statement, &rest)
        let isEmpty = statement == nil
        sqlite3_finalize(statement)
        if result != SQLITE_OK {
          let message = String(cString: sqlite3_errmsg(database))
          if isOfGrammar(message) { return message }
          // Where a statement is refused, nothing tells where it ends: only the lexer does.
          count += 1
          rest = end(ofStatementAt: next)
        } else if !isEmpty {
          count += 1
        }
      }
      return count == 0 ? "it is empty" : nil
    }
  }

  /// Whether a message of SQLite's is that of its tokenizer or its parser.
  private static func isOfGrammar(_ message: String) -> Bool {
    message.hasSuffix("syntax error") || message == "incomplete input"
      || message.hasPrefix("unrecognized token") || message.hasPrefix("parser stack overflow")
      || message.hasPrefix("Expression tree is too large")
  }

  /// After the first `;` that completes a statement, triggers and quotes included.
  private static func end(ofStatementAt start: UnsafePointer<CChar>) -> UnsafePointer<CChar>? {
    var text: [CChar] = []
    var place = start
    var tried = 0
    while place.pointee != 0 {
      text.append(place.pointee)
      place += 1
      guard text.last == CChar(UInt8(ascii: ";")), tried < 1000 else { continue }
      tried += 1
      if sqlite3_complete(text + [0]) != 0 { return place }
    }
    return place
  }
}
