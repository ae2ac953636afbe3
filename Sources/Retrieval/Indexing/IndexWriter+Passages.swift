// Writes the passages of one document, and takes them out again, in both tables that hold them.

import Core
import GRDB

extension IndexWriter {
  func insert(
    _ document: SourceDocument, of file: Int64, hash: Int, source: String, _ db: Database
  ) throws -> (id: Int64, passages: Int) {
    try db.cachedStatement(
      sql: """
        INSERT INTO document (file, row, hash, title, metadata, passages, tokens)
        VALUES (?, ?, ?, ?, '{}', 0, 0)
        """
    ).execute(arguments: [file, document.row, hash, document.title])
    let id = db.lastInsertedRowID
    return (id, try replace(id, by: document, hash: hash, source: source, db))
  }

  /// Puts another text in the place of a document's; gives the number of its passages.
  func replace(
    _ id: Int64, by document: SourceDocument, hash: Int, source: String, _ db: Database
  ) throws -> Int {
    try removePassages(of: id, db)
    let written = try insertPassages(of: document, id: id, source: source, db)
    var metadata: JSON.Object = [:]
    for (name, value) in document.metadata.sorted(by: { $0.key < $1.key }) {
      metadata[name] = .string(value)
    }
    try db.cachedStatement(
      sql: """
        UPDATE document SET hash = ?, title = ?, metadata = ?, passages = ?, tokens = ?
        WHERE id = ?
        """
    ).execute(
      arguments: [
        hash, document.title, JSON.object(metadata).text, written.passages, written.tokens, id,
      ])
    return written.passages
  }

  /// Cuts a document in each of the ways of the index. What is told is of the first one.
  private func insertPassages(
    of document: SourceDocument, id: Int64, source: String, _ db: Database
  ) throws -> (passages: Int, tokens: Int) {
    let chunkings = try StoredChunking.all(db)
    let written = try chunkings.map {
      try insertPassages(of: document, id: id, by: $0, source: source, db)
    }
    return written.first ?? (0, 0)
  }

  private func insertPassages(
    of document: SourceDocument, id: Int64, by chunking: StoredChunking, source: String,
    _ db: Database
  ) throws -> (passages: Int, tokens: Int) {
    let insertPassage = try db.cachedStatement(
      sql: """
        INSERT INTO passage
          (document, chunking, start_byte, end_byte, first_line, last_line, page, tokens, headings,
          text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let tokenizer = try Tokenizer(db)
    var written = (passages: 0, tokens: 0)
    for cut in PassageCuts(of: document.text, as: document.syntax, by: chunking.chunking) {
      let text = String(decoding: document.text[cut.bytes], as: UTF8.self)
      let headings = cut.headings.joined(separator: "\n")
      let tokens = TokenEstimate.tokens(in: text)
      let lines = document.linesInFile(cut.lines)
      try insertPassage.execute(
        arguments: [
          id, chunking.id, cut.bytes.lowerBound, cut.bytes.upperBound, lines.lowerBound,
          lines.upperBound, document.page(at: cut.bytes.lowerBound), tokens, headings, text,
        ])
      let indexed = IndexedText(
        source: source, title: document.title, headings: headings, text: text)
      lexical.add(db.lastInsertedRowID, chunking: chunking.id, indexed, tokenizer)
      written.passages += 1
      written.tokens += tokens
    }
    return written
  }

  func removeDocuments(of file: Int64, _ db: Database) throws {
    let documents = try Int64.fetchAll(
      db, sql: "SELECT id FROM document WHERE file = ?", arguments: [file])
    for id in documents { try remove(id, db) }
  }

  func remove(_ document: Int64, _ db: Database) throws {
    try removePassages(of: document, db)
    try db.execute(sql: "DELETE FROM document WHERE id = ?", arguments: [document])
  }

  private func removePassages(of document: Int64, _ db: Database) throws {
    try lexical.remove(passagesOf: document, db)
    try db.cachedStatement(sql: "DELETE FROM passage WHERE document = ?").execute(
      arguments: [document])
  }
}
