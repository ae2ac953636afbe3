// Writes the passages of one document, and takes them out again, in both tables that hold them.

import Core
import GRDB

extension IndexWriter {
  func insertPassages(
    of bytes: [UInt8], document: Int64, source: String, _ db: Database
  ) throws -> (passages: Int, tokens: Int) {
    let insertPassage = try db.cachedStatement(
      sql: """
        INSERT INTO passage
          (document, start_byte, end_byte, first_line, last_line, tokens, headings, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let insertText = try db.cachedStatement(
      sql: "INSERT INTO passage_text (rowid, name, headings, text, parts) VALUES (?, ?, ?, ?, ?)")
    var written = (passages: 0, tokens: 0)
    for cut in PassageCuts(of: bytes, as: Syntax(path: source)) {
      let text = String(decoding: bytes[cut.bytes], as: UTF8.self)
      let headings = cut.headings.joined(separator: "\n")
      let tokens = TokenEstimate.tokens(in: text)
      try insertPassage.execute(
        arguments: [
          document, cut.bytes.lowerBound, cut.bytes.upperBound, cut.lines.lowerBound,
          cut.lines.upperBound, tokens, headings, text,
        ])
      let indexed = IndexedText(source: source, headings: headings, text: text)
      try insertText.execute(
        arguments: [
          db.lastInsertedRowID, indexed.name, indexed.headings, indexed.text, indexed.parts,
        ])
      written.passages += 1
      written.tokens += tokens
    }
    return written
  }

  func removePassages(of document: Int64, source: String, _ db: Database) throws {
    let passages = try Row.fetchCursor(
      db, sql: "SELECT id, headings, text FROM passage WHERE document = ?", arguments: [document])
    let removeText = try db.cachedStatement(
      sql: """
        INSERT INTO passage_text (passage_text, rowid, name, headings, text, parts)
        VALUES ('delete', ?, ?, ?, ?, ?)
        """)
    while let row = try passages.next() {
      let indexed = IndexedText(source: source, headings: row["headings"], text: row["text"])
      try removeText.execute(
        arguments: [
          row["id"] as Int64, indexed.name, indexed.headings, indexed.text, indexed.parts,
        ])
    }
    try db.execute(sql: "DELETE FROM passage WHERE document = ?", arguments: [document])
  }
}
