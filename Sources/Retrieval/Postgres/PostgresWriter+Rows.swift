import Core

// Writes a file of rows, each a document. The file is known by its stamp only at the end, so that a
// run that was stopped, or died, reads it again.

extension PostgresWriter {
  func startRows(path: String, source: String) throws -> RowPass {
    let rows = try connection.query(
      """
      INSERT INTO whet.file (path, source, size, modified, inode, hash)
      VALUES ($1, $2, 0, $3, 0, 0)
      ON CONFLICT (path) DO UPDATE SET modified = excluded.modified, skip_reason = NULL
      RETURNING id, source
      """, [PostgresValue(path), PostgresValue(source), PostgresValue(FileStamp.unknown)])
    return RowPass(file: rows.id(0, 0), source: rows.text(0, 1) ?? source)
  }

  func write(_ rows: [SourceDocument], of pass: inout RowPass) throws -> WrittenRows {
    guard !rows.isEmpty else { return WrittenRows() }
    var seen = pass.seen
    let written = try connection.inTransaction { try write(rows, of: pass, &seen) }
    pass.seen = seen
    return written
  }

  private func write(
    _ rows: [SourceDocument], of pass: RowPass, _ seen: inout IdentifierSet
  ) throws -> WrittenRows {
    var written = WrittenRows()
    let known = try known(rows, of: pass)
    let cutter = try DocumentCutter(PostgresChunking.all(connection), reader)
    var new: [NewDocument] = []
    var names: Set<String> = []
    var replaced: [Int64] = []
    for row in rows {
      let name = PostgresValue.withoutNUL(row.row ?? "")
      let before = known[name]
      let isFirst = names.insert(name).inserted && before.map { seen.insert($0.id) } ?? true
      guard isFirst else {
        written.duplicates.append(row.linesInFile(1...1).lowerBound)
        continue
      }
      let hash = row.hash
      guard before?.hash != hash else {
        written.unchanged += 1
        continue
      }
      let cut = try cutter.cut(row, source: pass.source)
      new.append(
        NewDocument(file: pass.file, id: before?.id, document: row, hash: hash, cut: cut))
      written.passages += cut.counted
      if let before {
        replaced.append(before.id)
        written.changed += 1
      } else {
        written.added += 1
      }
    }
    try remove(replaced)
    for id in try insert(new) { _ = seen.insert(id) }
    return written
  }

  private func known(
    _ rows: [SourceDocument], of pass: RowPass
  ) throws -> [String: (id: Int64, hash: Int)] {
    let found = try connection.query(
      """
      SELECT row, id, hash FROM whet.document
      WHERE file = $1 AND md5(row) IN (SELECT md5(name) FROM unnest($2::text[]) AS name)
      """, [PostgresValue(pass.file), PostgresValue(texts: rows.map(\.row))])
    return Dictionary(
      (0..<found.count).map {
        (found.text($0, 0) ?? "", (found.id($0, 1), found.integer($0, 2)))
      }, uniquingKeysWith: { first, _ in first })
  }

  func finish(_ pass: RowPass, stamp: FileStamp, hash: Int) throws -> Int {
    let gone = try ids("SELECT id FROM whet.document WHERE file = $1", [PostgresValue(pass.file)])
      .filter { !pass.seen.contains($0) }
    for start in stride(from: 0, to: gone.count, by: 512) {
      try connection.inTransaction { try remove(Array(gone[start...].prefix(512))) }
    }
    try connection.query(
      "UPDATE whet.file SET size = $2, modified = $3, inode = $4, hash = $5 WHERE id = $1",
      [
        PostgresValue(pass.file), PostgresValue(stamp.size), PostgresValue(stamp.modified),
        PostgresValue(stamp.inode), PostgresValue(hash),
      ])
    return gone.count
  }
}
