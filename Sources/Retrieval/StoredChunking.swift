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

  /// The one that is meant; nil means the first.
  static func named(_ chunking: Chunking?, _ db: Database) throws -> StoredChunking {
    let all = try all(db)
    guard let chunking else {
      guard let first = all.first else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
      return first
    }
    guard let found = all.first(where: { $0.chunking == chunking }) else {
      throw MissingChunkingError(chunking: chunking, others: all.map(\.chunking))
    }
    return found
  }
}

/// An index has no passages of a chunking.
public struct MissingChunkingError: Error, Equatable, CustomStringConvertible {
  public let chunking: Chunking
  public let others: [Chunking]

  public var description: String {
    "the index has no passages of \(chunking.name), only of "
      + others.map(\.name).joined(separator: ", ")
      + "; name one of these, or index its documents with that chunking"
  }
}
