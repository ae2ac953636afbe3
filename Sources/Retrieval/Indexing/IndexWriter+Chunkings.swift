// More ways to cut the documents of an index.

import Core
import GRDB

extension IndexWriter {
  /// Cuts documents in these ways, too, from now on; an index that holds no file has only these.
  /// Whether one of them is new: then no file counts as known any more, so that each is read again.
  func add(_ chunkings: [Chunking]) throws -> Bool {
    guard !chunkings.isEmpty else { return false }
    return try write { db in
      if try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM file)") == true {
        // Of files that are gone, words may be left that no merge has dropped yet.
        try db.execute(
          sql: """
            DELETE FROM tombstone;
            DELETE FROM posting;
            DELETE FROM segment;
            DELETE FROM chunking;
            """)
      }
      let known = try StoredChunking.all(db).map(\.chunking)
      let new = chunkings.filter { !known.contains($0) }
      guard !new.isEmpty else { return false }
      for chunking in new {
        try db.execute(
          sql: "INSERT OR IGNORE INTO chunking (name) VALUES (?)", arguments: [chunking.name])
      }
      try db.execute(
        sql: """
          UPDATE file SET modified = ?, hash = 0 WHERE skip_reason IS NULL;
          UPDATE document SET hash = 0;
          """,
        arguments: [FileStamp.unknown])
      return true
    }
  }
}
