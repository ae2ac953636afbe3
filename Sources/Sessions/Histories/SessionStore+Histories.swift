// Histories of other programs into the store. Each of their sessions is one transaction: all of it
// is taken, or nothing.

import Core
import GRDB

/// What an import of a file has done.
public struct HistoryOutcome: Hashable, Sendable {
  /// What became of each session, in the file's order.
  public var sessions: [ImportOutcome] = []
  /// What was left out or changed, each with its place; of many, the first.
  public var notes: [String] = []
  /// Sessions, runs and lines that were left out.
  public var leftOut = 0
}

extension SessionStore {
  /// Takes in a file: a session of whet's, or another program's history, whichever it holds.
  ///
  /// What the store has stays as it is, so that a file can be taken in again when it has grown. What
  /// can't be read is left out and told; a session file is refused as a whole.
  ///
  /// - Parameter isTrial: whether nothing is to be kept, and only told what would be.
  ///
  /// Throws `SessionError`, and `ImportError` for a history without an answer.
  public func importFile(_ path: String, isTrial: Bool = false) throws -> HistoryOutcome {
    let notes = HistoryNotes()
    var outcome = HistoryOutcome()
    switch try HistoryFile(path: path, copyingTo: StoreFile.folder(of: self.path), notes: notes) {
    case .session: outcome.sessions = [try importSession(from: path, isTrial: isTrial)]
    case .history(let source):
      while let session = try next(of: source, notes, isFirst: outcome.sessions.isEmpty) {
        if let taken = try take(session, notes, isTrial: isTrial) {
          outcome.sessions.append(taken)
        }
      }
    }
    outcome.notes = notes.notes
    outcome.leftOut = notes.leftOut
    return outcome
  }

  /// The next session; where a file can't be read any further, what was read before it counts.
  private func next(
    of source: any HistorySource, _ notes: HistoryNotes, isFirst: Bool
  ) throws -> HistorySession? {
    do {
      return try source.next()
    } catch  where !isFirst {
      notes.leaveOut("\(error)")
      return nil
    }
  }

  /// Bytes of all that the answers of a session were given and that they are, at most: the store
  /// keeps it for each of them.
  private static let largestSession = 1 << 30

  /// nil for a session that was left out.
  private func take(
    _ history: HistorySession, _ notes: HistoryNotes, isTrial: Bool
  ) throws(SessionError) -> ImportOutcome? {
    var outcome = ImportOutcome(session: history.session)
    var size = 0
    try write { db in
      try db.inSavepoint {
        outcome.session = try Self.find(history.session, orInsertInto: db)
        while size <= Self.largestSession, let run = try history.nextRun() {
          if try Self.isThere(run.run.id, in: db) {
            try Self.addOpinions(of: run, in: db)
            outcome.alreadyThere += 1
          } else {
            size += (run.run.promptText.utf8.count + run.answer.text.utf8.count) * 2
            try Self.insert(run, into: db)
            outcome.added += 1
          }
        }
        for branch in history.branches where outcome.added > 0 {
          try db.execute(
            sql: "INSERT OR REPLACE INTO branch (session, name, moment) VALUES (?, ?, ?)",
            arguments: [history.session.id, branch.name, branch.moment])
        }
        return isTrial || size > Self.largestSession ? .rollback : .commit
      }
    }
    guard size <= Self.largestSession else {
      notes.leaveOut(
        "'\(history.session.name)': with all that its answers were given it is larger than "
          + "\(Self.largestSession >> 30) GB.")
      return nil
    }
    return outcome
  }

  static func isThere(_ run: Identifier, in db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT true FROM run WHERE id = ?", arguments: [run]) == true
  }

  /// Takes what the other program's user thought of a run meanwhile, where nobody here thinks
  /// anything.
  private static func addOpinions(of run: RecordedRun, in db: Database) throws {
    guard run.rating != nil || !run.remark.isEmpty else { return }
    guard let stored = try record(of: run.run.id, in: db) else { return }
    if stored.rating == nil, let rating = run.rating { try rate(run.run.id, rating, in: db) }
    if stored.remark.isEmpty { try set(run.remark, of: run.run.id, in: db) }
  }

  /// The session of that id as it is stored.
  static func find(_ session: Session, orInsertInto db: Database) throws -> Session {
    let stored = try Row.fetchOne(
      db, sql: "SELECT name, created_at FROM session WHERE id = ?", arguments: [session.id])
    guard let stored else {
      try insert(session, into: db)
      return session
    }
    return Session(id: session.id, name: stored[0], createdAt: stored[1])
  }

  /// Does a piece of work in one transaction, which a trial takes back.
  func write(isTrial: Bool, _ body: (Database) throws -> Void) throws(SessionError) {
    try write { db in
      try db.inSavepoint {
        try body(db)
        return isTrial ? .rollback : .commit
      }
    }
  }
}
