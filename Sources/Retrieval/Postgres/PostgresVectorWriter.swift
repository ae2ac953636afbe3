import Core

// Writes the vectors of one embedder into a PostgreSQL database. A vector lies with its passage; one
// whose passage is gone stays for another with the same text, until a run comes to its end.

struct PostgresVectorWriter: EmbeddingWriter {
  let connection: PostgresConnection
  let embedder: String

  /// The embedder's number, where it is known.
  private static let id = "(SELECT id FROM whet.embedder WHERE name = $1)"

  private var name: PostgresValue { PostgresValue(embedder) }

  func state() throws -> EmbeddingProgress {
    let rows = try connection.query(
      """
      SELECT (SELECT count(passage) FROM whet.vector WHERE embedder = \(Self.id)),
        (SELECT count(*) FROM whet.passage)
      """, [name])
    return EmbeddingProgress(done: rows.integer(0, 0), total: rows.integer(0, 1))
  }

  func passagesWithout(after passage: Int64, limit: Int) throws -> [PassageToEmbed] {
    let rows = try connection.query(
      """
      SELECT passage.id, title, source, headings, text \(StoredColumns.tables)
      WHERE passage.id > $2 AND NOT EXISTS (
        SELECT 1 FROM whet.vector WHERE vector.passage = passage.id AND embedder = \(Self.id))
      ORDER BY passage.id LIMIT $3
      """, [name, PostgresValue(passage), PostgresValue(limit)])
    return (0..<rows.count).map { row in
      let text = EmbeddedText.text(
        title: rows.text(row, 1), source: rows.text(row, 2) ?? "",
        headings: rows.text(row, 3) ?? "", text: rows.text(row, 4) ?? "")
      return PassageToEmbed(passage: rows.id(row, 0), hash: ContentHash.of(text), text: text)
    }
  }

  func unknown(among texts: [PassageToEmbed]) throws -> [PassageToEmbed] {
    let rows = try connection.query(
      "SELECT DISTINCT hash FROM whet.vector WHERE embedder = \(Self.id) AND hash = ANY ($2)",
      [name, PostgresValue(texts: texts.map(\.hash))])
    var known = Set((0..<rows.count).compactMap { rows.text($0, 0) })
    return texts.filter { known.insert($0.hash).inserted }
  }

  func write(
    _ vectors: [(hash: String, vector: [Float])], for passages: [PassageToEmbed]
  ) throws {
    try connection.inTransaction {
      for (_, vector) in vectors {
        guard VectorMatrix.lengths ~= vector.count, vector.allSatisfy(\.isFinite) else {
          throw EmbeddingError.unusable(embedder: embedder)
        }
      }
      if let length = vectors.first?.vector.count {
        try prepare(dimensions: length, vectors.map(\.vector))
      }
      try connection.query(
        "CREATE TEMPORARY TABLE fresh (hash text, numbers vector) ON COMMIT DROP")
      var rows = PostgresCopy()
      for (hash, vector) in vectors {
        rows.append(hash)
        rows.append(PostgresValue(vector: vector.normalized ?? vector.map { _ in 0 }).text)
        rows.endRow()
      }
      try connection.copy(rows, into: "fresh")
      // A passage may be gone since it was read. Texts that had a vector take it from one that has.
      try connection.query(
        """
        INSERT INTO whet.vector (embedder, chunking, passage, hash, numbers)
        SELECT \(Self.id), passage.chunking, passage.id, given.hash, coalesce(fresh.numbers, (
          SELECT numbers FROM whet.vector
          WHERE embedder = \(Self.id) AND vector.hash = given.hash LIMIT 1))
        FROM unnest($2::bigint[], $3::text[]) AS given (passage, hash)
        JOIN whet.passage ON passage.id = given.passage
        LEFT JOIN fresh ON fresh.hash = given.hash
        ON CONFLICT DO NOTHING
        """,
        [
          name, PostgresValue(passages.map(\.passage)),
          PostgresValue(texts: passages.map(\.hash)),
        ])
    }
  }

  /// Makes the embedder known; throws where its vectors have another length than before.
  private func prepare(dimensions: Int, _ vectors: [[Float]]) throws {
    let rows = try connection.query(
      """
      INSERT INTO whet.embedder (name, dimensions) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING dimensions
      """, [name, PostgresValue(dimensions)])
    let expected = rows.integer(0, 0)
    if let other = vectors.first(where: { $0.count != expected }) {
      throw EmbeddingError.wrongLength(embedder: embedder, expected: expected, got: other.count)
    }
  }

  func dropUnused() throws -> Int {
    try connection.query(
      """
      WITH dropped AS (
        DELETE FROM whet.vector WHERE embedder = \(Self.id) AND passage IS NULL RETURNING 1)
      SELECT count(*) FROM dropped
      """, [name]
    ).integer(0, 0)
  }
}
