// Writes files, their documents and passages. Every call is one transaction: all of it happens, or
// none.

import GRDB

struct IndexWriter: DocumentWriter {
  private let database: DatabaseQueue
  /// What the transaction that is running changes in the lexical index.
  let lexical = LexicalBatch()

  init(_ database: DatabaseQueue) { self.database = database }

  /// The files at or below some absolute paths.
  func files(below roots: [String]) throws -> [String: KnownFile] {
    try database.read { db in
      var files: [String: KnownFile] = [:]
      for root in roots {
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT path, size, modified, inode, hash, skip_reason,
              (SELECT count(*) FROM document WHERE document.file = file.id)
            FROM file WHERE \(PathsBelow.condition)
            """,
          arguments: PathsBelow(root).arguments)
        while let row = try rows.next() {
          files[row[0]] = KnownFile(
            stamp: FileStamp(size: row[1], modified: row[2], inode: row[3]), hash: row[4],
            skipReason: (row[5] as String?).flatMap(SkipReason.init), documents: row[6])
        }
      }
      return files
    }
  }

  /// Drops files with their documents.
  func remove(_ paths: [String]) throws {
    guard !paths.isEmpty else { return }
    try write { db in
      for path in paths {
        let file = try Int64.fetchOne(
          db, sql: "SELECT id FROM file WHERE path = ?", arguments: [path])
        guard let file else { continue }
        try removeDocuments(of: file, db)
        try db.execute(sql: "DELETE FROM file WHERE id = ?", arguments: [file])
      }
    }
  }

  /// Writes files that were read; tells what became of each.
  func write(_ files: [ReadFile]) throws -> [WriteOutcome] {
    guard !files.isEmpty else { return [] }
    return try write { db in
      try files.map { try write($0, db) }
    }
  }

  /// Merges what was written, so that searches stay fast; each step is a transaction. What
  /// `isCancelled` stops goes on the next time.
  func merge(isCancelled: () -> Bool) throws {
    while try !isCancelled() && write({ try SegmentMerge.step($0) }) {}
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try database.read(body)
  }

  /// Takes the lock at once: a transaction that reads first may find no way to write any more.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try database.writeWithoutTransaction { db in
      var value: Value?
      defer { lexical.discard() }
      try db.inTransaction(.immediate) {
        value = try body(db)
        try lexical.write(db)
        return .commit
      }
      guard let value else { throw DatabaseError(message: "the transaction did not run") }
      return value
    }
  }

  private func write(_ read: ReadFile, _ db: Database) throws -> WriteOutcome {
    let statement = try db.cachedStatement(
      sql: "SELECT id, source, hash, skip_reason FROM file WHERE path = ?")
    let known = try Row.fetchOne(statement, arguments: [read.path])
    if let known, known["skip_reason"] == nil, known["hash"] == read.hash {
      if case .skipped = read.content {
      } else {
        try setStamp(read, skipReason: nil, of: known["id"], db)
        return .unchanged
      }
    }
    let id: Int64
    // A file keeps the name that it was first given.
    let source: String = known?["source"] ?? read.source
    if let known {
      id = known["id"]
      try removeDocuments(of: id, db)
    } else {
      try db.cachedStatement(
        sql: """
          INSERT INTO file (path, source, size, modified, inode, hash) VALUES (?, ?, 0, 0, 0, 0)
          """
      ).execute(arguments: [read.path, source])
      id = db.lastInsertedRowID
    }
    switch read.content {
    case .skipped(let reason):
      try setStamp(read, skipReason: reason, of: id, db)
      return .skipped(reason)
    case .unchanged:
      // Another program has dropped it meanwhile: the next run reads it.
      var read = read
      read.stamp.modified = FileStamp.unknown
      try setStamp(read, skipReason: nil, of: id, db)
      return .unchanged
    case .document(let document):
      try setStamp(read, skipReason: nil, of: id, db)
      let passages = try insert(document, of: id, hash: read.hash, source: source, db).passages
      return known == nil || known?["skip_reason"] != nil
        ? .added(passages: passages) : .changed(passages: passages)
    }
  }

  private func setStamp(
    _ file: ReadFile, skipReason: SkipReason?, of id: Int64, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        UPDATE file SET size = ?, modified = ?, inode = ?, hash = ?, skip_reason = ? WHERE id = ?
        """
    ).execute(
      arguments: [
        file.stamp.size, file.stamp.modified, file.stamp.inode, file.hash, skipReason?.rawValue, id,
      ])
  }
}
