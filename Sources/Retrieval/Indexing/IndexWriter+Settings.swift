// Remembers how the files below each path that was added are read.

import Core
import GRDB

extension IndexWriter {
  func rememberedSettings() throws -> RememberedSettings {
    try read { db in try Self.settings(db) }
  }

  /// Reads what is below some paths by other settings from now on; what these leave open stays as it
  /// was. Rows that are read by other fields are other documents: their files no longer count as
  /// known.
  func remember(_ settings: ReadingSettings, for roots: [String]) throws {
    try write { db in
      let remembered = try Self.settings(db)
      for root in roots {
        let before = remembered.settings(for: root)
        let now = settings.filled(from: before)
        guard remembered.roots[root] != now else { continue }
        try db.execute(
          sql: """
            INSERT INTO root (path, settings) VALUES (?, ?)
            ON CONFLICT (path) DO UPDATE SET settings = excluded.settings
            """,
          arguments: [root, now.json.text])
        guard !now.readsRows(like: before) else { continue }
        let below = PathsBelow(root)
        try db.execute(
          sql: "UPDATE file SET modified = ? WHERE \(PathsBelow.condition)",
          arguments: [FileStamp.unknown] + below.arguments)
      }
    }
  }

  /// Forgets the paths that are not a folder, or below it.
  func forget(allBut folder: String) throws {
    try write { db in
      try db.execute(
        sql: "DELETE FROM root WHERE NOT (\(PathsBelow.condition))",
        arguments: PathsBelow(folder).arguments)
    }
  }

  static func settings(_ db: Database) throws -> RememberedSettings {
    let rows = try Row.fetchAll(db, sql: "SELECT path, settings FROM root")
    return RememberedSettings(
      Dictionary(
        uniqueKeysWithValues: rows.map { row in
          // Settings that can't be read leave everything open.
          (row[0], (try? JSON(parsing: row[1] as String)).map(ReadingSettings.init) ?? .init())
        }))
  }
}
