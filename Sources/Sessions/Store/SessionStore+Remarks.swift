// What a person says of the answers beside good and bad.

import Core
import GRDB

extension SessionStore {
  /// Keeps what a person says of a run, in place of what was said before; an empty remark takes that
  /// back.
  ///
  /// Throws `noRun` when there is none of that id.
  public func remark(_ remark: Remark, on run: Identifier) throws(SessionError) {
    try write { db in try Self.set(remark, of: run, in: db) }
  }

  /// The tags in use, those first that were given most often.
  public func tags() throws(SessionError) -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT tag.value FROM remark, json_each(remark.json, '$.tags') AS tag
          GROUP BY tag.value ORDER BY count(*) DESC, tag.value LIMIT 50
          """)
    }
  }

  static func set(_ remark: Remark, of run: Identifier, in db: Database) throws {
    let number = try number(of: run, in: db)
    try reindexing(number, in: db) {
      guard !remark.isEmpty else {
        try db.execute(sql: "DELETE FROM remark WHERE run = ?", arguments: [number])
        return
      }
      try db.execute(
        sql: "INSERT OR REPLACE INTO remark (run, json) VALUES (?, ?)",
        arguments: [number, JSON.object(remark.json).text])
    }
  }

  static func remark(of run: Int64, in db: Database) throws -> Remark {
    try remark(
      String.fetchOne(db, sql: "SELECT json FROM remark WHERE run = ?", arguments: [run]))
  }

  /// - Parameter text: what the table holds; nil where nothing is said.
  static func remark(_ text: String?) throws -> Remark {
    guard let text else { return Remark() }
    guard let remark = Remark(json: try JSON(parsing: text)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return remark
  }
}
