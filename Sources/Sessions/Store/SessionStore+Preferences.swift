// Which answers people and judge models preferred.

import Core
import GRDB

extension SessionStore {
  /// Keeps what was preferred. Throws `noRun` when the run of the first answer isn't there.
  ///
  /// - Parameter seconds: now, since 1970.
  public func add(_ preferences: [Preference], at seconds: Double) throws(SessionError) {
    try write { db in
      for preference in preferences {
        _ = try Self.number(of: preference.first.run, in: db)
        let id = identifiers.next(now: seconds)
        try Self.add(RecordedPreference(id: id, madeAt: seconds, preference), to: db)
      }
    }
  }

  /// What was preferred among answers to any version of a prompt, in the order of time.
  ///
  /// - Parameters:
  ///   - prompt: what its draft is kept under.
  ///   - versions: the hashes of texts; other prompts that have one of them count, too.
  public func preferences(
    of prompt: String, orVersions versions: [String] = []
  ) throws(SessionError) -> [RecordedPreference] {
    try read { db in
      try Self.preferences(
        where: """
          run.version IN (
            SELECT hash FROM version WHERE prompt = ? OR prompt IN (
              SELECT prompt FROM version WHERE hash IN (SELECT value FROM json_each(?))))
          """,
        [
          try Self.prompt(ofDraft: prompt, in: db), JSON.array(versions.map(JSON.string)).text,
        ], in: db)
    }
  }

  /// What was preferred among answers of a session, in the order of time.
  public func preferences(ofSession id: Identifier) throws(SessionError) -> [RecordedPreference] {
    try read { db in try Self.preferences(ofSession: id, in: db) }
  }

  static func preferences(
    ofSession id: Identifier, in db: Database
  ) throws -> [RecordedPreference] {
    try preferences(where: "run.session = ? AND \(isNotPruned)", [id], in: db)
  }

  private static func preferences(
    where condition: String, _ arguments: StatementArguments, in db: Database
  ) throws -> [RecordedPreference] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT preference.id, preference.made_at, preference.json
        FROM preference JOIN run ON run.number = preference.run
        WHERE \(condition) ORDER BY preference.made_at, preference.id
        """,
      arguments: arguments)
    // One that a later whet wrote in a way that can't be read is left out.
    return try rows.compactMap { row in
      Preference(json: try JSON(parsing: row[2] as String)).map {
        RecordedPreference(id: row[0], madeAt: row[1], $0)
      }
    }
  }

  /// Adds one unless it is there; one whose first answer isn't in the store is left out.
  static func add(_ recorded: RecordedPreference, to db: Database) throws {
    let run = recorded.preference.first.run
    guard
      let number = try Int64.fetchOne(
        db, sql: "SELECT number FROM run WHERE id = ?", arguments: [run])
    else { return }
    try db.execute(
      sql: "INSERT OR IGNORE INTO preference (id, run, made_at, json) VALUES (?, ?, ?, ?)",
      arguments: [
        recorded.id, number, recorded.madeAt, JSON.object(recorded.preference.json).text,
      ])
  }
}
