import Core
import GRDB

// What of this machine's own passages is to be written to the collection, and what is to go there.

extension CollectionMirror {
  /// An own passage, and the record that it is.
  struct OwnPassage {
    var passage: PassageToEmbed
    var record: ChromaRecord
    var id: String
  }

  /// The next own passages, by their ids, that are no records yet.
  func unwritten(after passage: Int64, limit: Int) throws -> [OwnPassage] {
    try writer.read { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT passage.*, document.row, document.title, document.hash, document.metadata,
              file.source, chunking.name AS chunking_name
            FROM passage JOIN document ON document.id = passage.document
            JOIN file ON file.id = document.file JOIN chunking ON chunking.id = passage.chunking
            WHERE passage.id > ? AND file.path LIKE '/%'
              AND NOT EXISTS (SELECT 1 FROM record WHERE record.passage = passage.id)
            ORDER BY passage.id LIMIT ?
            """),
        arguments: [passage, limit])
      return rows.compactMap(Self.ownPassage)
    }
  }

  func unwrittenCount() throws -> Int {
    let count = try writer.read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM passage JOIN document ON document.id = passage.document
          JOIN file ON file.id = document.file
          WHERE file.path LIKE '/%'
            AND NOT EXISTS (SELECT 1 FROM record WHERE record.passage = passage.id)
          """)
    }
    return count ?? 0
  }

  /// The ids among some that are records already.
  func known(among ids: [String]) throws -> Set<String> {
    try writer.read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM record WHERE id = ?)")
      return Set(try ids.filter { try Bool.fetchOne(statement, arguments: [$0]) == true })
    }
  }

  /// Notes that own passages are records now. What was fetched of the same ids was the same.
  func link(_ passages: [OwnPassage]) throws {
    try writer.write { db in
      let fetched = try db.cachedStatement(
        sql: "SELECT passage FROM record WHERE id = ? AND NOT is_own")
      let unlink = try db.cachedStatement(sql: "DELETE FROM record WHERE id = ? AND NOT is_own")
      let link = try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO record (id, passage, is_own) VALUES (?, ?, 1)")
      for own in passages {
        for passage in try Int64.fetchAll(fetched, arguments: [own.id]) {
          try Self.remove(passage, db)
        }
        try unlink.execute(arguments: [own.id])
        try link.execute(arguments: [own.id, own.passage.passage])
      }
    }
  }

  /// Records that were of own passages which are gone.
  func obsolete() throws -> [String] {
    try writer.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT id FROM record WHERE is_own AND NOT EXISTS (
            SELECT 1 FROM record AS other JOIN passage ON passage.id = other.passage
            WHERE other.id = record.id)
          """)
    }
  }

  /// Forgets own passages that are gone.
  func forgetObsolete() throws {
    try writer.write { db in
      try db.execute(
        sql: """
          DELETE FROM record WHERE is_own
            AND NOT EXISTS (SELECT 1 FROM passage WHERE passage.id = record.passage)
          """)
    }
  }

  private static func ownPassage(_ row: Row) -> OwnPassage? {
    guard let chunking = Chunking(row["chunking_name"] as String) else { return nil }
    let metadata = (try? JSON(parsing: row["metadata"] as String))?.object
    let fields = (metadata?.members ?? []).map { ($0.name, $0.value.string ?? "") }
    let start: Int = row["start_byte"]
    let firstLine: Int = row["first_line"]
    let record = ChromaRecord(
      source: row["source"], row: row["row"], title: row["title"], headings: row["headings"],
      bytes: start..<max(start, row["end_byte"]),
      lines: firstLine...max(firstLine, row["last_line"]),
      page: row["page"], tokens: row["tokens"], chunking: chunking,
      document: String(UInt(bitPattern: row["hash"] as Int), radix: 16),
      fields: Dictionary(fields, uniquingKeysWith: { $1 }), text: row["text"])
    let text = EmbeddedText.text(
      title: record.title, source: record.source, headings: record.headings, text: record.text)
    return OwnPassage(
      passage: PassageToEmbed(passage: row["id"], hash: ContentHash.of(text), text: text),
      record: record, id: record.id)
  }
}
