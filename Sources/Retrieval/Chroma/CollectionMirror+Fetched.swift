import Core
import GRDB

// Writes what was fetched of a collection into the mirror, and takes it out again.

extension CollectionMirror {
  /// Writes records that were fetched. One that is nil, or stands where another passage of its
  /// document does, is no passage, and only remembered.
  func insert(_ records: [(id: String, record: ChromaRecord?)]) throws {
    let writer = writer
    try writer.write { db in
      let tokenizer = try Tokenizer(db)
      let chunkings = try StoredChunking.all(db)
      let link = try db.cachedStatement(
        sql: """
          INSERT INTO record (id, passage, is_own)
          SELECT ?1, ?2, 0 WHERE NOT EXISTS (SELECT 1 FROM record WHERE id = ?1)
          """)
      for (id, record) in records {
        // Another program of ours may have fetched it meanwhile.
        let isKnown = try Bool.fetchOne(
          db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM record WHERE id = ?)"),
          arguments: [id])
        guard isKnown != true else { continue }
        let passage = try record.flatMap {
          try insert($0, chunkings, writer.lexical, tokenizer, db)
        }
        try link.execute(arguments: [id, passage ?? Self.noPassage])
      }
    }
  }

  func merge(isCancelled: () -> Bool) throws { try writer.merge(isCancelled: isCancelled) }

  private func insert(
    _ record: ChromaRecord, _ chunkings: [StoredChunking], _ lexical: LexicalBatch,
    _ tokenizer: Tokenizer, _ db: Database
  ) throws -> Int64? {
    guard let chunking = chunkings.first(where: { $0.chunking == record.chunking }) else {
      return nil
    }
    let document = try self.document(of: record, db)
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO passage
          (document, chunking, start_byte, end_byte, first_line, last_line, page, tokens, headings,
          text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        document, chunking.id, record.bytes.lowerBound, record.bytes.upperBound,
        record.lines.lowerBound, record.lines.upperBound, record.page, record.tokens,
        record.headings, record.text,
      ])
    guard db.changesCount > 0 else { return nil }
    let passage = db.lastInsertedRowID
    lexical.add(
      passage, chunking: chunking.id,
      IndexedText(
        source: record.source, title: record.title, headings: record.headings, text: record.text),
      tokenizer)
    try Self.count(passage, by: 1, db)
    return passage
  }

  private func document(of record: ChromaRecord, _ db: Database) throws -> Int64 {
    let path = "\(Self.fetched)\(record.document):\(record.source)"
    try db.cachedStatement(
      sql: """
        INSERT INTO file (path, source, size, modified, inode, hash) VALUES (?, ?, ?, 0, 0, 0)
        ON CONFLICT (path) DO UPDATE SET size = max(size, excluded.size)
        """
    ).execute(arguments: [path, record.source, record.bytes.upperBound])
    let known = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT document.id FROM document JOIN file ON file.id = document.file
          WHERE file.path = ? AND document.row IS ?
          """),
      arguments: [path, record.row])
    if let known { return known }
    var metadata: JSON.Object = [:]
    for (name, value) in record.fields.sorted(by: { $0.key < $1.key }) {
      metadata[name] = .string(value)
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO document (file, row, hash, title, metadata, passages, tokens)
        SELECT id, ?, 0, ?, ?, 0, 0 FROM file WHERE path = ?
        """
    ).execute(arguments: [record.row, record.title, JSON.object(metadata).text, path])
    return db.lastInsertedRowID
  }

  /// Takes out a passage, and its document and file where it was their last.
  static func remove(_ passage: Int64, _ db: Database) throws {
    let place = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT document.id, document.file FROM passage
          JOIN document ON document.id = passage.document WHERE passage.id = ?
          """),
      arguments: [passage])
    guard let place else { return }
    try count(passage, by: -1, db)
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO tombstone SELECT chunking, id FROM passage WHERE id = ?"
    ).execute(arguments: [passage])
    try db.cachedStatement(sql: "DELETE FROM passage WHERE id = ?").execute(arguments: [passage])
    try db.cachedStatement(
      sql: """
        DELETE FROM document WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM passage WHERE document = ?1)
        """
    ).execute(arguments: [place[0] as Int64])
    try db.cachedStatement(
      sql: "DELETE FROM file WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM document WHERE file = ?1)"
    ).execute(arguments: [place[1] as Int64])
  }

  /// Counts a passage in its document, as far as that counts it: those of the first chunking.
  private static func count(_ passage: Int64, by sign: Int, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        UPDATE document SET passages = document.passages + ?1,
          tokens = document.tokens + ?1 * passage.tokens
        FROM passage WHERE passage.id = ?2 AND document.id = passage.document
          AND passage.chunking = (SELECT min(id) FROM chunking)
        """
    ).execute(arguments: [sign, passage])
  }
}
