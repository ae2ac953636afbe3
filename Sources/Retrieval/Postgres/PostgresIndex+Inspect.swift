import Core

// What the inspector asks of an index in a PostgreSQL database.

extension PostgresIndex {
  public func explanations(
    of passages: [Int64], for query: String, chunking: Chunking?
  ) throws -> [Int64: [TermWeight]] {
    try read { connection in
      let chunking = try PostgresChunking.named(chunking, connection)
      return try PostgresQuery(terms(of: query), chunking: chunking, connection)
        .explanations(of: passages)
    }
  }

  public func standing(
    of passage: Int64, for query: String, filter: PassageFilter, isCancelled: () -> Bool
  ) throws -> Standing? {
    try read(isCancelled: isCancelled) { connection in
      guard let chunking = try chunking(of: passage, connection) else { return nil }
      return try PostgresQuery(
        terms(of: query), chunking: chunking, filter: filter, connection
      ).standing(of: passage, isCancelled: isCancelled)
    }
  }

  public func standing(
    of passage: Int64, for vector: [Float], of embedder: String, filter: PassageFilter,
    isCancelled: () -> Bool
  ) throws -> Standing? {
    try read(isCancelled: isCancelled) { connection in
      guard let chunking = try chunking(of: passage, connection) else { return nil }
      return try PostgresVectors(
        of: embedder, chunking: chunking.id, filter: filter, connection
      ).standing(of: passage, for: vector, isCancelled: isCancelled)
    }
  }

  private func chunking(
    of passage: Int64, _ connection: PostgresConnection
  ) throws -> PostgresChunking? {
    let rows = try connection.query(
      "SELECT chunking FROM whet.passage WHERE id = $1", [PostgresValue(passage)])
    guard rows.count > 0 else { return nil }
    return try PostgresChunking.all(connection).first { $0.id == rows.integer(0, 0) }
  }

  public func neighbours(of passage: Int64) throws -> (before: Passage?, after: Passage?) {
    try read { connection in
      func neighbour(_ comparison: String, _ order: String) throws -> Passage? {
        let rows = try connection.query(
          """
          SELECT \(StoredColumns.list) \(StoredColumns.tables)
          JOIN whet.passage AS here ON here.id = $1
            AND (passage.document, passage.chunking) = (here.document, here.chunking)
            AND passage.start_byte \(comparison) here.start_byte
          ORDER BY passage.start_byte \(order) LIMIT 1
          """, [PostgresValue(passage)])
        return rows.count > 0 ? StoredColumns.passage(rows, 0) : nil
      }
      return try (neighbour("<", "DESC"), neighbour(">", "ASC"))
    }
  }

  public func passages(
    in source: String?, line: Int?, phrase: String?, chunking: Chunking?, limit: Int,
    isCancelled: () -> Bool
  ) throws -> [Passage] {
    try read(isCancelled: isCancelled) { connection in
      let chunking = try PostgresChunking.named(chunking, connection)
      let rows = try connection.query(
        """
        SELECT \(StoredColumns.list) \(StoredColumns.tables)
        WHERE passage.chunking = $1
          AND ($2::text IS NULL OR source = $2 OR right(source, length($2) + 1) = '/' || $2)
          AND ($3::bigint IS NULL OR $3 BETWEEN first_line AND last_line)
          AND ($4::text IS NULL
            OR strpos(lower(text COLLATE "C"), lower($4 COLLATE "C")) > 0)
        ORDER BY passage.id LIMIT $5
        """,
        [
          PostgresValue(chunking.id), PostgresValue(source), PostgresValue(line),
          PostgresValue(phrase), PostgresValue(max(limit, 0)),
        ], isCancelled: isCancelled)
      return (0..<rows.count).map { StoredColumns.passage(rows, $0) }
    }
  }

  public func files(named name: String) throws -> [IndexedFile] {
    try read { connection in
      let rows = try connection.query(
        """
        SELECT source, path, skip_reason FROM whet.file
        WHERE path = $1 OR source = $1 OR right(path, length($1) + 1) = '/' || $1
        ORDER BY path LIMIT 100
        """, [PostgresValue(name)])
      return (0..<rows.count).map { row in
        IndexedFile(
          source: rows.text(row, 0) ?? "", path: rows.text(row, 1) ?? "",
          skipReason: rows.text(row, 2).map { SkipReason(rawValue: $0)?.description ?? $0 })
      }
    }
  }
}
