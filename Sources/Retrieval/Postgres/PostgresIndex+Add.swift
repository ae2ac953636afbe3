import Core

// Bringing an index in a PostgreSQL database up to date. One writes at a time, which a lock of the
// server's sees to; searches go on meanwhile, and see each batch once it is whole.

extension PostgresIndex {
  @discardableResult
  public func add(
    _ paths: [String], reading settings: ReadingSettings, by chunkings: [Chunking],
    progress: (IndexProgress) -> Void, isCancelled: () -> Bool
  ) throws -> IndexReport {
    try withWriter { connection in
      try PostgresSchema.migrate(connection)
      return try IndexingRun.add(
        paths, reading: settings, by: chunkings, except: [],
        isShared: true, to: PostgresWriter(connection: connection, reader: words), progress,
        isCancelled)
    }
  }

  @discardableResult
  public func embed(
    with embedder: any Embedder, batch: Int, progress: (EmbeddingProgress) -> Void,
    isCancelled: () -> Bool
  ) throws -> EmbeddingReport {
    try withWriter { connection in
      try PostgresSchema.addVectors(connection)
      let writer = PostgresVectorWriter(connection: connection, embedder: embedder.name)
      return try EmbeddingRun(writer: writer, embedder: embedder, batch: batch)
        .run(progress, isCancelled)
    }
  }
}
