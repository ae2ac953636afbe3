// Names for moments of a session, and which of its moments are pruned: out of sight until that is
// undone, or `whet sessions gc` takes them away.

import Core
import GRDB

extension SessionStore {
  /// Gives a moment a name, which another moment of the session may have had until now.
  ///
  /// Throws `noSession`.
  public func name(
    _ moment: Identifier, _ name: String, in session: Identifier
  ) throws(SessionError) {
    try write { db in
      _ = try Self.session(session, in: db)
      try db.execute(
        sql: "INSERT OR REPLACE INTO branch (session, name, moment) VALUES (?, ?, ?)",
        arguments: [session, name, moment])
    }
  }

  /// Takes a name away; the moment stays. False where the session has none of that name.
  @discardableResult
  public func deleteBranch(
    named name: String, in session: Identifier
  ) throws(SessionError) -> Bool {
    try write { db in
      try db.execute(
        sql: "DELETE FROM branch WHERE session = ? AND name = ?", arguments: [session, name])
      return db.changesCount > 0
    }
  }

  /// Puts moments out of sight, as one step that `undoPruning` takes back.
  public func prune(_ moments: [Identifier], in session: Identifier) throws(SessionError) {
    try write { db in
      _ = try Self.session(session, in: db)
      let cut = try Int.fetchOne(
        db, sql: "SELECT coalesce(max(cut), 0) + 1 FROM pruned WHERE session = ?",
        arguments: [session])
      for moment in moments {
        try db.execute(
          sql: "INSERT OR IGNORE INTO pruned (session, moment, cut) VALUES (?, ?, ?)",
          arguments: [session, moment, cut])
      }
    }
  }

  /// Brings back what was pruned last.
  ///
  /// - Returns: how many moments; 0 where none is pruned.
  @discardableResult
  public func undoPruning(in session: Identifier) throws(SessionError) -> Int {
    try write { db in
      try db.execute(
        sql: """
          DELETE FROM pruned WHERE session = ?1
            AND cut = (SELECT max(cut) FROM pruned WHERE session = ?1)
          """,
        arguments: [session])
      return db.changesCount
    }
  }

  static func branches(of session: Identifier, in db: Database) throws -> [Branch] {
    try Row.fetchAll(
      db, sql: "SELECT name, moment FROM branch WHERE session = ? ORDER BY name",
      arguments: [session]
    ).map { Branch(name: $0[0], moment: $0[1]) }
  }

  static func pruned(in session: Identifier, _ db: Database) throws -> Set<Identifier> {
    try Set(
      Identifier.fetchAll(
        db, sql: "SELECT moment FROM pruned WHERE session = ?", arguments: [session]))
  }

  /// The condition that a run isn't pruned.
  static let isNotPruned = """
    NOT EXISTS (SELECT 1 FROM pruned WHERE pruned.session = run.session AND moment = run.batch)
    """

  /// Has the names of the moment that a run was made from move on to its own.
  static func moveBranches(to run: Run, in db: Database) throws {
    guard let parent = run.parent else { return }
    try db.execute(
      sql: """
        UPDATE branch SET moment = ?1
        WHERE session = ?2 AND moment <> ?1
          AND moment = (SELECT batch FROM run WHERE id = ?3 AND session = ?2)
        """,
      arguments: [run.batch, run.session, parent])
  }
}
