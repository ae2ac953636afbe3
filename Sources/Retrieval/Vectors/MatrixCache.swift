import Core
import GRDB
import Synchronization

// The matrices of the last searches, kept while the index stays what it was.

final class MatrixCache: Sendable {
  struct Key: Equatable {
    var embedder: String
    var chunking: Chunking?
    /// Differs once another connection has changed the file (SQLite's `data_version`).
    var version: Int64
  }

  /// Two chunkings can stand beside each other.
  private static let capacity = 2
  private let kept = Mutex<[(key: Key, matrix: VectorMatrix)]>([])

  func matrix(for key: Key, load: () throws -> VectorMatrix) rethrows -> VectorMatrix {
    let known = kept.withLock { kept in kept.first { $0.key == key }?.matrix }
    if let known { return known }
    // Before the new one is loaded: the old ones may be large, and are of no use any more.
    kept.withLock { $0.removeAll { $0.key.version != key.version } }
    let matrix = try load()
    kept.withLock { kept in
      kept.insert((key, matrix), at: 0)
      kept.removeLast(max(0, kept.count - Self.capacity))
    }
    return matrix
  }
}

extension PassageIndex {
  /// The vectors of an embedder that are searched: those of one chunking's passages.
  ///
  /// Throws `EmbeddingError.noVectors` when there are none.
  func matrix(
    of embedder: String, chunking: Chunking?, _ isCancelled: () -> Bool, _ db: Database
  ) throws -> VectorMatrix {
    let key = MatrixCache.Key(
      embedder: embedder, chunking: chunking,
      version: try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0)
    return try matrices.matrix(for: key) {
      try db.interrupting(when: isCancelled) { try Self.load(embedder, chunking, db) }
    }
  }

  private static func load(
    _ embedder: String, _ chunking: Chunking?, _ db: Database
  ) throws -> VectorMatrix {
    guard
      let known = try Row.fetchOne(
        db, sql: "SELECT id, dimensions FROM embedder WHERE name = ?", arguments: [embedder])
    else { throw EmbeddingError.noVectors(embedder: embedder) }
    guard VectorMatrix.lengths ~= known["dimensions"] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    var matrix = VectorMatrix(dimensions: known["dimensions"])
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT passage_vector.passage, vector.id, vector.scale, vector.error, vector.codes
        FROM passage_vector JOIN vector ON vector.id = passage_vector.vector
        WHERE passage_vector.embedder = :embedder AND passage_vector.chunking = (
          SELECT id FROM chunking WHERE :name IS NULL OR name = :name ORDER BY id LIMIT 1)
        ORDER BY passage_vector.passage
        """,
      arguments: ["embedder": known["id"] as Int64, "name": chunking?.name])
    while let row = try rows.next() {
      let entry = VectorMatrix.Entry(
        passage: row[0], vector: row[1], scale: Float(row[2] as Double),
        error: Float(row[3] as Double))
      try row.withUnsafeData(atIndex: 4) { data in
        data?.withUnsafeBytes { matrix.append(entry, codes: $0) }
      }
    }
    return matrix
  }
}
