// The table of posting lists: written in the order of segments and terms, read a list at a time, or
// a segment from end to end.

import GRDB

struct PostingTable {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// Appends a list; within a segment they come in the order of their terms.
  func insert(
    _ list: UnsafeRawBufferPointer, count: Int, of term: UnsafeRawBufferPointer, to segment: Int64
  ) throws {
    let statement = RawStatement(
      try db.cachedStatement(
        sql: "INSERT INTO posting (segment, term, frequency, data) VALUES (?, ?, ?, ?)"), db)
    statement.bind(segment, at: 1)
    statement.bind(text: term, at: 2)
    statement.bind(Int64(count), at: 3)
    statement.bind(blob: list, at: 4)
    _ = try statement.step()
  }

  /// In how many passages of a segment a term stands.
  func frequency(of term: String, in segment: Segment) throws -> Int {
    try read("SELECT frequency FROM posting WHERE segment = ? AND term = ?", term, segment) {
      $0.integer(at: 0)
    } ?? 0
  }

  /// The postings of a term in a segment; nil when it has none.
  func list(of term: String, in segment: Segment) throws -> PostingList? {
    try read("SELECT frequency, data FROM posting WHERE segment = ? AND term = ?", term, segment) {
      try PostingList($0.blob(at: 1), count: $0.integer(at: 0), span: segment.span)
    }
  }

  private func read<Value>(
    _ sql: String, _ term: String, _ segment: Segment, _ body: (RawStatement) throws -> Value
  ) throws -> Value? {
    let statement = RawStatement(try db.cachedStatement(sql: sql), db)
    return try term.withRawBytes { term in
      statement.bind(segment.id, at: 1)
      statement.bind(text: term, at: 2)
      defer { statement.reset() }
      return try statement.step() ? body(statement) : nil
    }
  }

  /// The lists of a segment whose terms come after another.
  func cursor(over segment: Segment, after term: String) throws -> PostingCursor {
    // Not a cached one: there are several of the same kind at once.
    let statement = try db.makeStatement(
      sql: """
        SELECT term, frequency, data FROM posting WHERE segment = ? AND term > ? ORDER BY term
        """)
    try statement.setArguments([segment.id, term])
    return try PostingCursor(RawStatement(statement, db), span: segment.span)
  }
}

/// Goes through the lists of a segment in the order of their terms.
struct PostingCursor {
  private let statement: RawStatement
  private let span: Int
  /// Valid until the next step; nil at the end.
  private(set) var term: UnsafeRawBufferPointer?

  fileprivate init(_ statement: RawStatement, span: Int) throws {
    self.statement = statement
    self.span = span
    try advance()
  }

  mutating func advance() throws {
    term = try statement.step() ? statement.text(at: 0) : nil
  }

  /// The list of the term.
  func list() throws -> PostingList {
    try PostingList(statement.blob(at: 2), count: statement.integer(at: 1), span: span)
  }
}
