import Core
import Foundation
import GRDB

// Writes the vectors of one embedder, and the passages that they belong to. Every call that writes is
// one transaction.

struct VectorWriter: EmbeddingWriter {
  private let database: DatabaseQueue
  private let embedder: String

  init(_ database: DatabaseQueue, embedder: String) {
    self.database = database
    self.embedder = embedder
  }

  func state() throws -> EmbeddingProgress {
    try database.read { db in
      let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM passage") ?? 0
      let done = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM passage_vector
          WHERE embedder = (SELECT id FROM embedder WHERE name = ?)
          """,
        arguments: [embedder])
      return EmbeddingProgress(done: done ?? 0, total: total)
    }
  }

  /// The next passages, by their ids, that have no vector.
  func passagesWithout(after passage: Int64, limit: Int) throws -> [PassageToEmbed] {
    try database.read { db in
      let rows = try Row.fetchCursor(
        db.cachedStatement(
          sql: """
            SELECT passage.id, document.title, file.source, passage.headings, passage.text
            FROM passage JOIN document ON document.id = passage.document
            JOIN file ON file.id = document.file
            WHERE passage.id > ? AND NOT EXISTS (
              SELECT 1 FROM passage_vector JOIN embedder ON embedder.id = passage_vector.embedder
              WHERE passage_vector.passage = passage.id AND embedder.name = ?)
            ORDER BY passage.id LIMIT ?
            """),
        arguments: [passage, embedder, limit])
      var texts: [PassageToEmbed] = []
      while let row = try rows.next() {
        let text = EmbeddedText.text(
          title: row[1], source: row[2], headings: row[3], text: row[4])
        texts.append(PassageToEmbed(passage: row[0], hash: ContentHash.of(text), text: text))
      }
      return texts
    }
  }

  /// The texts, each once, that have no vector yet.
  func unknown(among texts: [PassageToEmbed]) throws -> [PassageToEmbed] {
    try database.read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM vector JOIN embedder ON embedder.id = vector.embedder
            WHERE embedder.name = ? AND hash = ?)
          """)
      var seen: Set<String> = []
      return try texts.filter { text in
        guard seen.insert(text.hash).inserted else { return false }
        return try Bool.fetchOne(statement, arguments: [embedder, text.hash]) != true
      }
    }
  }

  /// Writes vectors by the hashes of their texts, and joins passages to theirs.
  func write(_ vectors: [(hash: String, vector: [Float])], for passages: [PassageToEmbed]) throws {
    try inTransaction { db in
      for (hash, vector) in vectors { try write(vector, hash: hash, db) }
      // A passage may be gone since it was read.
      let join = try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO passage_vector (embedder, chunking, passage, vector)
          SELECT vector.embedder, passage.chunking, passage.id, vector.id FROM passage, vector
          WHERE passage.id = ? AND vector.hash = ?
            AND vector.embedder = (SELECT id FROM embedder WHERE name = ?)
          """)
      for text in passages {
        try join.execute(arguments: [text.passage, text.hash, embedder])
      }
    }
  }

  /// Drops the vectors that no passage has; tells how many there were.
  func dropUnused() throws -> Int {
    try inTransaction { db in
      try db.execute(
        sql: """
          DELETE FROM vector WHERE embedder = (SELECT id FROM embedder WHERE name = ?)
            AND NOT EXISTS (SELECT 1 FROM passage_vector WHERE vector = vector.id)
          """,
        arguments: [embedder])
      return db.changesCount
    }
  }

  private func write(_ vector: [Float], hash: String, _ db: Database) throws {
    guard VectorMatrix.lengths ~= vector.count, vector.allSatisfy(\.isFinite) else {
      throw EmbeddingError.unusable(embedder: embedder)
    }
    let embedder = try embedderRow(dimensions: vector.count, db)
    let unit = vector.normalized ?? vector.map { _ in 0 }
    let coded = CodedVector(unit)
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO vector (embedder, hash, scale, error, codes) VALUES (?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        embedder, hash, Double(coded.scale), Double(coded.error),
        coded.codes.withUnsafeBytes { Data($0) },
      ])
    // Another run may have written it in between.
    guard db.changesCount > 0 else { return }
    try db.cachedStatement(sql: "INSERT INTO full_vector (id, numbers) VALUES (?, ?)").execute(
      arguments: [db.lastInsertedRowID, StoredNumbers.data(of: unit)])
  }

  private func embedderRow(dimensions: Int, _ db: Database) throws -> Int64 {
    let known = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT id, dimensions FROM embedder WHERE name = ?"),
      arguments: [embedder])
    if let known {
      guard known["dimensions"] == dimensions else {
        throw EmbeddingError.wrongLength(
          embedder: embedder, expected: known["dimensions"], got: dimensions)
      }
      return known["id"]
    }
    try db.execute(
      sql: "INSERT INTO embedder (name, dimensions) VALUES (?, ?)",
      arguments: [embedder, dimensions])
    return db.lastInsertedRowID
  }

  /// Takes the lock at once: a transaction that reads first may find no way to write any more.
  private func inTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
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
}
