import Core

// What an index in a PostgreSQL database remembers of how it is to be made: its chunkings, and how the
// files below each path are read.

extension PostgresWriter {
  func add(_ chunkings: [Chunking]) throws -> Bool {
    guard !chunkings.isEmpty else { return false }
    return try connection.inTransaction {
      let hasFiles = try connection.query("SELECT EXISTS (SELECT 1 FROM whet.file)").text(0, 0)
      if hasFiles != "t" { try connection.query("DELETE FROM whet.chunking") }
      let known = try PostgresChunking.all(connection).map(\.chunking)
      let new = chunkings.filter { !known.contains($0) }
      for chunking in new {
        try connection.query(
          "INSERT INTO whet.chunking (name) VALUES ($1) ON CONFLICT DO NOTHING",
          [PostgresValue(chunking.name)])
      }
      guard !new.isEmpty else { return false }
      try connection.query(
        "UPDATE whet.file SET modified = $1, hash = 0 WHERE skip_reason IS NULL",
        [PostgresValue(FileStamp.unknown)])
      try connection.query("UPDATE whet.document SET hash = 0")
      return true
    }
  }

  func rememberedSettings() throws -> RememberedSettings { try Self.settings(connection) }

  func remember(_ settings: ReadingSettings, for roots: [String]) throws {
    try connection.inTransaction {
      let remembered = try Self.settings(connection)
      for root in roots {
        let before = remembered.settings(for: root)
        let now = settings.filled(from: before)
        guard remembered.roots[root] != now else { continue }
        try connection.query(
          """
          INSERT INTO whet.root (path, settings) VALUES ($1, $2)
          ON CONFLICT (path) DO UPDATE SET settings = excluded.settings
          """, [PostgresValue(root), PostgresValue(now.json.text)])
        guard !now.readsRows(like: before) else { continue }
        try connection.query(
          "UPDATE whet.file SET modified = $4 WHERE \(Self.isBelow)",
          Self.below(root) + [PostgresValue(FileStamp.unknown)])
      }
    }
  }

  static func settings(_ connection: PostgresConnection) throws -> RememberedSettings {
    let rows = try connection.query("SELECT path, settings FROM whet.root")
    return RememberedSettings(
      Dictionary(
        uniqueKeysWithValues: (0..<rows.count).map { row in
          // Settings that can't be read leave everything open.
          (
            rows.text(row, 0) ?? "",
            (try? JSON(parsing: rows.text(row, 1) ?? "")).map(ReadingSettings.init) ?? .init()
          )
        }))
  }
}
