// Sessions in the store: made, renamed, listed and found. Their runs are in SessionStore+Runs.

import Core
import GRDB

/// A session as a list shows it.
public struct SessionSummary: Hashable, Sendable {
  public var session: Session
  public var runCount: Int
  /// When its last run began, or it was made itself; seconds since 1970.
  public var lastActivity: Double
  /// Of its runs that have ended.
  public var cost: Cost
}

/// What a person thinks of a run, and what it cost.
public struct RunOpinion: Hashable, Sendable {
  /// From 1 to 5; good counts as 5 and bad as 1 where there is no score. Nil where nobody said.
  public var score: Double?
  /// Nil where that isn't known.
  public var dollars: Double?
}

extension SessionStore {
  /// Makes a session that has no runs.
  ///
  /// - Parameter seconds: when, since 1970; nil for now.
  @discardableResult
  public func createSession(
    name: String, at seconds: Double? = nil
  ) throws(SessionError) -> Session {
    let now = seconds ?? secondsSince1970()
    let session = Session(id: identifiers.next(now: now), name: name, createdAt: now)
    try write { db in try Self.insert(session, into: db) }
    return session
  }

  /// Throws `noSession` when there is none of that id.
  public func renameSession(_ id: Identifier, to name: String) throws(SessionError) {
    try write { db in
      try db.execute(sql: "UPDATE session SET name = ? WHERE id = ?", arguments: [name, id])
      if db.changesCount == 0 { throw SessionError.noSession(named: id) }
    }
  }

  /// All sessions, the one with the latest activity first.
  public func sessions() throws(SessionError) -> [SessionSummary] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, name, created_at,
            (SELECT count(*) FROM run WHERE session = session.id),
            max(created_at, coalesce(
              (SELECT max(started_at) FROM run WHERE session = session.id), created_at)) AS last
          FROM session ORDER BY last DESC, id DESC
          """
      ).map { row in
        SessionSummary(
          session: Session(id: row[0], name: row[1], createdAt: row[2]), runCount: row[3],
          lastActivity: row[4], cost: try Self.cost(of: row[0], in: db))
      }
    }
  }

  /// What people think of the last runs of each session, and what these cost, oldest first.
  public func histories(limit: Int) throws(SessionError) -> [Identifier: [RunOpinion]] {
    try read { db in
      let sessions = try Identifier.fetchAll(db, sql: "SELECT id FROM session")
      let statement = try db.makeStatement(
        sql: """
          SELECT (SELECT json ->> '$.score' FROM remark WHERE run = run.number),
            (SELECT value FROM rating WHERE run = run.number), cost
          FROM run WHERE session = ? AND \(Self.isNotPruned)
          ORDER BY started_at DESC, id DESC LIMIT ?
          """)
      return try sessions.reduce(into: [:]) { histories, session in
        histories[session] = try Row.fetchAll(statement, arguments: [session, limit]).reversed()
          .map { row in
            let rating = (row[1] as Int?).map { $0 > 0 ? 5.0 : 1.0 }
            return RunOpinion(
              score: (row[0] as Int?).map(Double.init) ?? rating,
              dollars: (row[2] as Int?).map { Money(picodollars: $0).dollars })
          }
      }
    }
  }

  /// The session of that id, of that name, or whose id alone starts so.
  ///
  /// Throws `noSession`, and `ambiguous` when several have the name or the beginning.
  public func findSession(_ text: String) throws(SessionError) -> Session {
    try read { db in
      for condition in ["id = ?", "name = ?", Self.idStartsWith] {
        let found = try Row.fetchAll(
          db, sql: "SELECT id, name, created_at FROM session WHERE \(condition) LIMIT 5",
          arguments: [text]
        ).map { Session(id: $0[0], name: $0[1], createdAt: $0[2]) }
        if found.count > 1 {
          throw SessionError.ambiguous(name: text, matches: found.map(\.id))
        }
        if let session = found.first { return session }
      }
      throw SessionError.noSession(named: text)
    }
  }

  /// The condition that an id starts with a text, as it is or in capitals. An index serves it, and
  /// the text has no pattern characters; all that ids are made of sorts before '~'.
  static let idStartsWith = """
    ?1 <> '' AND (id BETWEEN ?1 AND ?1 || '~' OR id BETWEEN upper(?1) AND upper(?1) || '~')
    """

  static func insert(_ session: Session, into db: Database) throws {
    try db.execute(
      sql: "INSERT INTO session (id, name, created_at) VALUES (?, ?, ?)",
      arguments: [session.id, session.name, session.createdAt])
  }
}
