import Core

// Writes files, their documents and passages into a PostgreSQL database, many rows at once: COPY where
// they are new, arrays where they may be known. Every call is one transaction.

struct PostgresWriter: DocumentWriter {
  let connection: PostgresConnection
  let reader: WordReader

  func files(below roots: [String]) throws -> [String: KnownFile] {
    var files: [String: KnownFile] = [:]
    for root in roots {
      let rows = try connection.query(
        """
        SELECT path, size, modified, inode, hash, skip_reason,
          (SELECT count(*) FROM whet.document WHERE document.file = file.id)
        FROM whet.file WHERE \(Self.isBelow)
        """, Self.below(root))
      for row in 0..<rows.count {
        files[rows.text(row, 0) ?? ""] = KnownFile(
          stamp: FileStamp(
            size: rows.integer(row, 1), modified: rows.integer(row, 2),
            inode: rows.integer(row, 3)), hash: rows.integer(row, 4),
          skipReason: rows.text(row, 5).flatMap(SkipReason.init), documents: rows.integer(row, 6))
      }
    }
    return files
  }

  func remove(_ paths: [String]) throws {
    for start in stride(from: 0, to: paths.count, by: 512) {
      try connection.inTransaction {
        let files = try ids(
          "SELECT id FROM whet.file WHERE path = ANY ($1)",
          [PostgresValue(texts: Array(paths[start...].prefix(512)))])
        try removeDocuments(of: files)
        try connection.query("DELETE FROM whet.file WHERE id = ANY ($1)", [PostgresValue(files)])
      }
    }
  }

  func write(_ files: [ReadFile]) throws -> [WriteOutcome] {
    guard !files.isEmpty else { return [] }
    return try connection.inTransaction {
      let known = try known(files.map(\.path))
      var outcomes: [WriteOutcome] = []
      var written: [ReadFile] = []
      var new: [NewDocument] = []
      let cutter = try DocumentCutter(PostgresChunking.all(connection), reader)
      var replaced: [Int64] = []
      for file in files {
        let before = known[file.path]
        var file = file
        // A file keeps the name that it was first given.
        file.source = before?.source ?? file.source
        let isKnown = before.map { !$0.isSkipped && $0.hash == file.hash } ?? false
        switch file.content {
        case .skipped(let reason):
          outcomes.append(.skipped(reason))
          if let before { replaced.append(before.id) }
        case _ where isKnown: outcomes.append(.unchanged)
        case .unchanged:
          // Somebody else has dropped it meanwhile: the next run reads it.
          file.stamp = file.stamp.outdated
          outcomes.append(.unchanged)
          if let before { replaced.append(before.id) }
        case .document(let document):
          let cut = try cutter.cut(document, source: file.source)
          new.append(NewDocument(path: file.path, document: document, hash: file.hash, cut: cut))
          outcomes.append(
            before.map { !$0.isSkipped } ?? false
              ? .changed(passages: cut.counted) : .added(passages: cut.counted))
          if let before { replaced.append(before.id) }
        }
        written.append(file)
      }
      try removeDocuments(of: replaced)
      let ids = try upsert(written)
      for place in new.indices { new[place].file = ids[new[place].path] ?? 0 }
      try insert(new)
      return outcomes
    }
  }

  /// There is nothing to do: PostgreSQL keeps its indexes in order by itself.
  func merge(isCancelled: () -> Bool) throws {}

  // MARK: Files

  private struct StoredFile {
    var id: Int64
    var source: String
    var hash: Int
    var isSkipped: Bool
  }

  private func known(_ paths: [String]) throws -> [String: StoredFile] {
    let rows = try connection.query(
      "SELECT path, id, source, hash, skip_reason FROM whet.file WHERE path = ANY ($1)",
      [PostgresValue(texts: paths)])
    return Dictionary(
      uniqueKeysWithValues: (0..<rows.count).map { row in
        (
          rows.text(row, 0) ?? "",
          StoredFile(
            id: rows.id(row, 1), source: rows.text(row, 2) ?? "", hash: rows.integer(row, 3),
            isSkipped: rows.text(row, 4) != nil)
        )
      })
  }

  /// Writes files with their stamps; gives their numbers by their paths.
  private func upsert(_ files: [ReadFile]) throws -> [String: Int64] {
    let reasons = files.map { file -> String? in
      if case .skipped(let reason) = file.content { reason.rawValue } else { nil }
    }
    let rows = try connection.query(
      """
      INSERT INTO whet.file (path, source, size, modified, inode, hash, skip_reason)
      SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[],
        $6::bigint[], $7::text[])
      ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
        inode = excluded.inode, hash = excluded.hash, skip_reason = excluded.skip_reason
      RETURNING path, id
      """,
      [
        PostgresValue(texts: files.map(\.path)), PostgresValue(texts: files.map(\.source)),
        PostgresValue(files.map(\.stamp.size)), PostgresValue(files.map(\.stamp.modified)),
        PostgresValue(files.map(\.stamp.inode)), PostgresValue(files.map(\.hash)),
        PostgresValue(texts: reasons),
      ])
    return Dictionary(
      uniqueKeysWithValues: (0..<rows.count).map { (rows.text($0, 0) ?? "", rows.id($0, 1)) })
  }

  func ids(_ sql: String, _ parameters: [PostgresValue]) throws -> [Int64] {
    let rows = try connection.query(sql, parameters)
    return (0..<rows.count).map { rows.id($0, 0) }
  }

  /// The condition by which the index on paths finds one and all below it.
  static let isBelow = "path = $1 OR (path >= $2 AND path < $3)"

  static func below(_ root: String) -> [PostgresValue] {
    let folder = root == "/" ? "/" : root + "/"
    // "0" follows "/": the paths between are all that begin with the folder's.
    return [PostgresValue(root), PostgresValue(folder), PostgresValue(folder.dropLast() + "0")]
  }
}
