// The chunkings of an index, as its tables know them.

import Core
import GRDB

struct StoredChunking: Equatable {
  /// Its row.
  let id: Int64
  let chunking: Chunking

  /// All of them, the first one first.
  static func all(_ db: Database) throws -> [StoredChunking] {
    try Row.fetchAll(db, sql: "SELECT id, name FROM chunking ORDER BY id").map { row in
      guard let chunking = Chunking(row[1] as String) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no chunking \(row[1] as String)")
      }
      return StoredChunking(id: row[0], chunking: chunking)
    }
  }
}
