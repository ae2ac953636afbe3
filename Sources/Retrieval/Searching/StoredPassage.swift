// A passage as the tables have it.

import Core
import GRDB

enum StoredPassage {
  /// The passages that a condition over `passage`, `document` and `file` holds for.
  static func fetch(
    where condition: String, _ arguments: StatementArguments, _ db: Database
  ) throws -> [Passage] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT passage.*, document.row, file.source FROM passage
        JOIN document ON document.id = passage.document
        JOIN file ON file.id = document.file
        WHERE \(condition)
        """)
    return try Row.fetchAll(statement, arguments: arguments).map(passage)
  }

  /// The passage of a row that has all of its columns, its document's `row` and its file's `source`.
  static func passage(_ row: Row) -> Passage {
    let headings: String = row["headings"]
    return Passage(
      id: row["id"], source: row["source"], row: row["row"],
      headings: headings.split(separator: "\n").map(String.init),
      bytes: row["start_byte"]..<row["end_byte"], lines: row["first_line"]...row["last_line"],
      page: row["page"], text: row["text"], tokens: row["tokens"])
  }

  /// The passage of an id; nil when it is gone.
  static func fetch(_ id: Int64, _ db: Database) throws -> Passage? {
    try fetch(where: "passage.id = ?", [id], db).first
  }
}
