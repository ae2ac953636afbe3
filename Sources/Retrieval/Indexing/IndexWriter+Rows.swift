// Writes a file of rows, each a document. Every call is one transaction; the file is known by its
// stamp only at the end, so that a run that was stopped, or died, reads it again.

import Core
import GRDB

extension IndexWriter {
  /// Begins to read a file of rows; until `finish`, the index knows that it isn't done.
  func startRows(path: String, source: String) throws -> RowPass {
    try write { db in
      try db.cachedStatement(
        sql: """
          INSERT INTO file (path, source, size, modified, inode, hash) VALUES (?, ?, 0, ?, 0, 0)
          ON CONFLICT (path) DO UPDATE SET modified = excluded.modified, skip_reason = NULL
          """
      ).execute(arguments: [path, source, FileStamp.unknown])
      let row = try Row.fetchOne(
        db, sql: "SELECT id, source FROM file WHERE path = ?", arguments: [path])
      guard let row else { throw DatabaseError(message: "the file was not written") }
      return RowPass(file: row[0], source: row[1])
    }
  }

  /// Writes the rows that are new or changed.
  func write(_ rows: [SourceDocument], of pass: inout RowPass) throws -> WrittenRows {
    guard !rows.isEmpty else { return WrittenRows() }
    var seen = pass.seen
    let written = try write { db in
      var written = WrittenRows()
      for row in rows { try write(row, of: pass, &seen, &written, db) }
      return written
    }
    pass.seen = seen
    return written
  }

  private func write(
    _ row: SourceDocument, of pass: RowPass, _ seen: inout IdentifierSet,
    _ written: inout WrittenRows, _ db: Database
  ) throws {
    let hash = row.hash
    let statement = try db.cachedStatement(
      sql: "SELECT id, hash FROM document WHERE file = ? AND row = ?")
    if let known = try Row.fetchOne(statement, arguments: [pass.file, row.row]) {
      let id: Int64 = known[0]
      guard seen.insert(id) else {
        written.duplicates.append(row.linesInFile(1...1).lowerBound)
        return
      }
      if known[1] == hash {
        written.unchanged += 1
        return
      }
      written.passages += try replace(id, by: row, hash: hash, source: pass.source, db)
      written.changed += 1
    } else {
      let (id, passages) = try insert(
        row, of: pass.file, hash: hash, source: pass.source, db)
      _ = seen.insert(id)
      written.passages += passages
      written.added += 1
    }
  }

  /// Ends a file of rows: drops those that it no longer has, and tells how many.
  func finish(_ pass: RowPass, stamp: FileStamp, hash: Int) throws -> Int {
    let gone = try read { db in
      let ids = try Int64.fetchCursor(
        db, sql: "SELECT id FROM document WHERE file = ?", arguments: [pass.file])
      var gone: [Int64] = []
      while let id = try ids.next() { if !pass.seen.contains(id) { gone.append(id) } }
      return gone
    }
    for start in stride(from: 0, to: gone.count, by: 512) {
      try write { db in
        for id in gone[start...].prefix(512) { try remove(id, db) }
      }
    }
    try write { db in
      try db.execute(
        sql: "UPDATE file SET size = ?, modified = ?, inode = ?, hash = ? WHERE id = ?",
        arguments: [stamp.size, stamp.modified, stamp.inode, hash, pass.file])
    }
    return gone.count
  }
}
