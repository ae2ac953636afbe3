// Sets of columns, kept for all prompts and sessions.

import Core
import GRDB

extension SessionStore {
  /// Keeps a set of columns, in place of one of the same name.
  ///
  /// - Parameter seconds: now, since 1970.
  public func saveColumnSet(_ set: ColumnSet, at seconds: Double) throws(SessionError) {
    try write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO column_set (name, saved_at, variants) VALUES (?, ?, ?)",
        arguments: [set.name, seconds, JSON.array(set.variants.map(\.json)).text])
    }
  }

  /// All sets, the one that was saved last first; without variants that a later whet wrote in a way
  /// that can't be read.
  public func columnSets() throws(SessionError) -> [ColumnSet] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT name, variants FROM column_set ORDER BY saved_at DESC, name")
      return try rows.map { row in
        let variants = try JSON(parsing: row[1] as String).array ?? []
        return ColumnSet(name: row[0], variants: variants.compactMap(Variant.init))
      }
    }
  }

  /// Does nothing where there is no set of that name.
  public func deleteColumnSet(named name: String) throws(SessionError) {
    try write { db in
      try db.execute(sql: "DELETE FROM column_set WHERE name = ?", arguments: [name])
    }
  }
}
