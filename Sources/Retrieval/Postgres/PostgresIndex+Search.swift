import Core

// The legs of a search in a PostgreSQL database, and the passages that they found.

extension PostgresIndex {
  public func embedder(for settings: RetrievalSettings) throws -> String? {
    guard settings.method != .bm25 else { return nil }
    let wanted = settings.embedder?.description
    let found: String? = try read { connection in
      guard try PostgresSchema.hasVectors(connection) else { return nil }
      let chunking = try PostgresChunking.named(settings.chunking, connection)
      let rows = try connection.query(
        """
        SELECT name FROM whet.embedder WHERE ($1::text IS NULL OR name = $1) AND EXISTS (
          SELECT 1 FROM whet.vector
          WHERE embedder = embedder.id AND chunking = $2::integer AND passage IS NOT NULL)
        ORDER BY id DESC LIMIT 1
        """, [PostgresValue(wanted), PostgresValue(chunking.id)])
      return rows.count > 0 ? rows.text(0, 0) : nil
    }
    if found == nil, settings.method != nil {
      throw EmbeddingError.noVectors(embedder: wanted ?? StaticEmbedder.name)
    }
    return found
  }

  public func rankings(
    for queries: [String], vectors: [[Float]], of embedder: String?, limit: Int,
    _ settings: RetrievalSettings, isCancelled: () -> Bool
  ) throws -> [Ranking] {
    try read(isCancelled: isCancelled) { connection in
      let chunking = try PostgresChunking.named(settings.chunking, connection)
      var rankings = try queries.map { query in
        let best = try PostgresQuery(
          terms(of: query), chunking: chunking, filter: settings.filter, connection
        ).best(limit, isCancelled: isCancelled)
        return Ranking(leg: .bm25, passages: best)
      }
      guard let embedder, !vectors.isEmpty else { return rankings }
      let search = try PostgresVectors(
        of: embedder, chunking: chunking.id, filter: settings.filter, connection)
      for vector in vectors {
        let best = try search.nearest(to: vector, limit: limit, isCancelled: isCancelled)
        rankings.append(Ranking(leg: .vector, passages: best))
      }
      return rankings
    }
  }

  public func passages(
    _ ids: [Int64], matching queries: [String], isCancelled: () -> Bool
  ) throws -> [Passage] {
    guard !ids.isEmpty else { return [] }
    let found = try read(isCancelled: isCancelled) { connection in
      let rows = try connection.query(
        "SELECT \(StoredColumns.list) \(StoredColumns.tables) WHERE passage.id = ANY ($1)",
        [PostgresValue(ids)], isCancelled: isCancelled)
      return Dictionary(
        uniqueKeysWithValues: (0..<rows.count).map { row in
          (rows.id(row, 0), StoredColumns.passage(rows, row))
        })
    }
    return try words.read { tokenizer in
      let terms = Set(
        queries.flatMap { QueryTerms($0, tokenizer: tokenizer).terms.map(\.term) })
      return ids.compactMap { id in
        guard var passage = found[id] else { return nil }
        passage.matches = PassageIndex.matches(of: terms, in: tokenizer.tokens(in: passage.text))
        return passage
      }
    }
  }

  public func vectors(of passages: [Int64], by embedder: String) throws -> [Int64: [Float]] {
    try read { connection in
      guard try PostgresSchema.hasVectors(connection) else { return [:] }
      let rows = try connection.query(
        """
        SELECT passage, numbers FROM whet.vector
        WHERE passage = ANY ($1) AND embedder = (SELECT id FROM whet.embedder WHERE name = $2)
        """, [PostgresValue(passages), PostgresValue(embedder)])
      return Dictionary(
        uniqueKeysWithValues: (0..<rows.count).map { (rows.id($0, 0), rows.vector($0, 1)) })
    }
  }

  func terms(of query: String) throws -> QueryTerms {
    try words.read { QueryTerms(query, tokenizer: $0) }
  }
}
