// A session's tree: read without any text of its runs, and its moments one at a time.

import Core
import GRDB

extension SessionStore {
  /// The tree of a session, pruned moments left out. Throws `noSession`.
  public func tree(of id: Identifier) throws(SessionError) -> SessionTree {
    let (session, runs, versions, branches, pruned) = try read { db in
      (
        try Self.session(id, in: db),
        try runSummaries(db, where: "session = ? ORDER BY started_at, id", [id]),
        try Self.versionLabels(ofSession: id, in: db),
        try Self.branches(of: id, in: db),
        try Self.pruned(in: id, db)
      )
    }
    return SessionTree(
      session,
      runs: runs.map { run in
        Moment.Run(
          id: run.id, parent: run.parent, batch: run.batch, startedAt: run.startedAt,
          column: run.column, step: run.step, model: run.model,
          version: run.version.flatMap { versions[$0] } ?? "", finishReason: run.state.finishReason,
          beginning: run.firstLine, rating: run.rating, remark: run.remark, cost: run.cost)
      },
      branches: branches, pruned: pruned)
  }

  /// The runs of a moment, without their streams; none where the session has no such moment.
  public func runs(
    ofMoment moment: Identifier, in session: Identifier
  ) throws(SessionError) -> [RecordedRun] {
    try read { db in
      try Identifier.fetchAll(
        db,
        sql: """
          SELECT id FROM run WHERE batch = ? AND session = ?
          ORDER BY "column", repetition, step, id
          """,
        arguments: [moment, session]
      ).compactMap { try Self.record(of: $0, in: db, withEvents: false) }
    }
  }

  /// Whether a run is there, and of that session.
  public func isRun(_ run: Identifier, in session: Identifier) throws(SessionError) -> Bool {
    try read { db in try Self.isRun(run, in: session, db) }
  }

  static func isRun(_ run: Identifier, in session: Identifier, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT true FROM run WHERE id = ? AND session = ?", arguments: [run, session])
      ?? false
  }

  static func session(_ id: Identifier, in db: Database) throws -> Session {
    let row = try Row.fetchOne(
      db, sql: "SELECT id, name, created_at FROM session WHERE id = ?", arguments: [id])
    guard let row else { throw SessionError.noSession(named: id) }
    return Session(id: row[0], name: row[1], createdAt: row[2])
  }

  /// How the versions of the prompts that were run in a session are called, by their hashes.
  private static func versionLabels(
    ofSession id: Identifier, in db: Database
  ) throws -> [String: String] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT hash, number, name FROM version
        WHERE hash IN (SELECT DISTINCT version FROM run WHERE session = ?)
        """,
      arguments: [id])
    var labels: [String: String] = [:]
    while let row = try rows.next() {
      labels[row[0]] = row[2] as String? ?? "v\(row[1] as Int)"
    }
    return labels
  }
}
