// Writes documents and their passages. Every call is one transaction: all of it happens, or none.

import GRDB

struct IndexWriter {
  /// A document that is in the index.
  struct Document {
    var stamp: FileStamp
    /// Why it has no passages; nil when it was indexed.
    var skipReason: SkipReason?
  }

  /// A file that was read and is to be written.
  struct ReadFile {
    var path: String
    var source: String
    var file: TextFile
  }

  /// What became of a file that was written.
  enum Outcome {
    case added(passages: Int)
    case changed(passages: Int)
    /// It holds what it held before.
    case unchanged
    case skipped(SkipReason)
  }

  private let database: DatabaseQueue

  init(_ database: DatabaseQueue) { self.database = database }

  /// The documents at or below some absolute paths.
  func documents(below roots: [String]) throws -> [String: Document] {
    try database.read { db in
      var documents: [String: Document] = [:]
      for root in roots {
        let folder = root == "/" ? "/" : root + "/"
        // "0" follows "/": the paths between are all that begin with the folder's.
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT path, size, modified, inode, skip_reason FROM document
            WHERE path = ? OR (path >= ? AND path < ?)
            """,
          arguments: [root, folder, folder.dropLast() + "0"])
        while let row = try rows.next() {
          documents[row[0]] = Document(
            stamp: FileStamp(size: row[1], modified: row[2], inode: row[3]),
            skipReason: (row[4] as String?).flatMap(SkipReason.init))
        }
      }
      return documents
    }
  }

  /// Drops documents with their passages.
  func remove(_ paths: [String]) throws {
    guard !paths.isEmpty else { return }
    try write { db in
      for path in paths {
        guard
          let row = try Row.fetchOne(
            db, sql: "SELECT id, source FROM document WHERE path = ?", arguments: [path])
        else { continue }
        try removePassages(of: row["id"], source: row["source"], db)
        try db.execute(sql: "DELETE FROM document WHERE id = ?", arguments: [row["id"] as Int64])
      }
    }
  }

  /// Writes files that were read; tells what became of each.
  func write(_ files: [ReadFile]) throws -> [Outcome] {
    guard !files.isEmpty else { return [] }
    return try write { db in
      try files.map { try write($0, db) }
    }
  }

  /// Takes the lock at once: a transaction that reads first may find no way to write any more.
  private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try database.writeWithoutTransaction { db in
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try body(db)
        return .commit
      }
      guard let value else { throw DatabaseError(message: "the transaction did not run") }
      return value
    }
  }

  private func write(_ read: ReadFile, _ db: Database) throws -> Outcome {
    let statement = try db.cachedStatement(
      sql: "SELECT id, source, size, hash, skip_reason FROM document WHERE path = ?")
    let known = try Row.fetchOne(statement, arguments: [read.path])
    let id: Int64
    let source: String
    if let known {
      id = known["id"]
      // A document keeps the name that it was first given.
      source = known["source"]
      if case .text = read.file.content, known["skip_reason"] == nil,
        known["size"] == read.file.stamp.size, known["hash"] == read.file.hash
      {
        try setStamp(read.file, of: id, db)
        return .unchanged
      }
      try removePassages(of: id, source: source, db)
      try setStamp(read.file, of: id, db)
    } else {
      source = read.source
      try db.cachedStatement(
        sql: """
          INSERT INTO document
            (path, source, size, modified, inode, hash, skip_reason, passages, tokens)
          VALUES (?, ?, ?, ?, ?, ?, NULL, 0, 0)
          """
      ).execute(
        arguments: [
          read.path, source, read.file.stamp.size, read.file.stamp.modified,
          read.file.stamp.inode, read.file.hash,
        ])
      id = db.lastInsertedRowID
    }
    switch read.file.content {
    case .skipped(let reason):
      try setContent(of: id, skipReason: reason, passages: 0, tokens: 0, db)
      return .skipped(reason)
    case .text(let text):
      let written = try insertPassages(of: text, document: id, source: source, db)
      try setContent(
        of: id, skipReason: nil, passages: written.passages, tokens: written.tokens, db)
      return known == nil || known?["skip_reason"] != nil
        ? .added(passages: written.passages) : .changed(passages: written.passages)
    }
  }

  private func setStamp(_ file: TextFile, of document: Int64, _ db: Database) throws {
    try db.cachedStatement(
      sql: "UPDATE document SET size = ?, modified = ?, inode = ?, hash = ? WHERE id = ?"
    ).execute(
      arguments: [file.stamp.size, file.stamp.modified, file.stamp.inode, file.hash, document])
  }

  private func setContent(
    of document: Int64, skipReason: SkipReason?, passages: Int, tokens: Int, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: "UPDATE document SET skip_reason = ?, passages = ?, tokens = ? WHERE id = ?"
    ).execute(arguments: [skipReason?.rawValue, passages, tokens, document])
  }
}
