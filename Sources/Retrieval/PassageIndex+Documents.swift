// The documents of an index by the names that judgments and runs have for them.

import Core
import GRDB

/// A document that an index holds.
public struct IndexedDocument: Hashable, Sendable {
  let key: Int64
  /// The path of its file, as it was given to the index.
  public var source: String
  /// The row's own id; nil for a file that is one document.
  public var row: String?

  /// As `Passage.document`.
  public var id: String { row ?? source }
}

extension PassageIndex {
  /// All documents, in the order in which they were indexed.
  public func documents() throws -> [IndexedDocument] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT document.id, file.source, document.row
          FROM document JOIN file ON file.id = document.file ORDER BY document.id
          """
      ).map { IndexedDocument(key: $0[0], source: $0[1], row: $0[2]) }
    }
  }

  /// The text of a document as it was indexed, from its passages: every byte that isn't white space
  /// is in its place, and what is between passages is spaces.
  public func text(of document: IndexedDocument) throws -> [UInt8] {
    try read { db in
      let passages = try Row.fetchCursor(
        db,
        sql: """
          SELECT start_byte, text FROM passage
          WHERE document = ? AND chunking = (SELECT min(id) FROM chunking) ORDER BY start_byte
          """,
        arguments: [document.key])
      var text = DocumentText()
      while let passage = try passages.next() { text.append(passage[1], at: passage[0]) }
      return text.bytes
    }
  }

  public func readingSettings() throws -> [String: ReadingSettings] {
    try read { try IndexWriter.settings($0) }.roots
  }

  public func forEachPassage(
    of chunking: Chunking?, start: (Int) throws -> Void,
    _ body: (_ passage: Passage, _ document: Int64) throws -> Void
  ) throws {
    try read { db in
      let chunking = try StoredChunking.named(chunking, db)
      let total = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM passage WHERE chunking = ?", arguments: [chunking.id])
      try start(total ?? 0)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT passage.*, document.row, file.source
          FROM document
          JOIN passage ON passage.document = document.id AND passage.chunking = ?
          JOIN file ON file.id = document.file
          ORDER BY document.id, passage.start_byte
          """,
        arguments: [chunking.id])
      while let row = try rows.next() { try body(StoredPassage.passage(row), row["document"]) }
    }
  }
}

extension PassageStore {
  /// Makes an index of the same paths at a path where there is none, for documents cut in another
  /// way; `add` with no paths fills it.
  public func makeCompanion(at path: String, chunking: Chunking) throws -> PassageIndex {
    let companion = try PassageIndex(path: path)
    let settings = try readingSettings()
    do {
      try companion.openWriter().write { db in
        try db.execute(sql: "UPDATE chunking SET name = ?", arguments: [chunking.name])
        for (root, settings) in settings {
          try db.execute(
            sql: "INSERT INTO root (path, settings) VALUES (?, ?)",
            arguments: [root, settings.json.text])
        }
      }
    } catch {
      throw IndexError(error, index: path)
    }
    return companion
  }
}
