// Sessions out of the store into files, and back. Runs pass one by one, so that memory is bounded
// by the largest of them.

import Core
import GRDB

/// What an import has done.
public struct ImportOutcome: Hashable, Sendable {
  public var session: Session
  public var added = 0
  /// Runs that the store had, just as they are in the file.
  public var alreadyThere = 0
  /// Runs of which the store has another form; it was kept, and the file's was not taken in.
  public var differing: [Identifier] = []
  /// Lines of kinds that this version doesn't know; they were left out.
  public var unknownLines = 0
}

extension SessionStore {
  /// Writes a session with all its runs to a file, those that still stream as far as they are.
  ///
  /// - Parameter redaction: what is to be left out; nil for nothing.
  ///
  /// Throws `noSession`, `fileExists` unless the file may be replaced, and what the disk says; a
  /// file that was there stays as it was then.
  public func exportSession(
    _ id: Identifier, to path: String, replacing: Bool = false, redaction: Redaction? = nil
  ) throws(SessionError) {
    try readAside { db in
      let session = try Self.session(id, in: db)
      let writer = try SessionFileWriter(
        path: path, session: redaction?.redacted(session) ?? session, replacing: replacing)
      let runs = try String.fetchCursor(db, sql: Self.exportedRuns, arguments: [id])
      while let run = try runs.next() {
        guard let recorded = try Self.record(of: run, in: db) else { continue }
        try writer.append(redaction?.redacted(recorded) ?? recorded)
      }
      for preference in try Self.preferences(ofSession: id, in: db) {
        try writer.append(redaction?.redacted(preference) ?? preference)
      }
      let branches = try Self.exportedBranches(of: id, in: db)
      for branch in redaction?.redacted(branches) ?? branches { try writer.append(branch) }
      try writer.finish()
    }
  }

  /// A session as a file has it, in memory. Throws `noSession`.
  ///
  /// - Parameter withEvents: whether the raw streams are read, too; a run without an end needs its own
  ///   to be read.
  public func recordedSession(
    _ id: Identifier, withEvents: Bool
  ) throws(SessionError) -> RecordedSession {
    try readAside { db in
      RecordedSession(
        session: try Self.session(id, in: db),
        runs: try String.fetchAll(db, sql: Self.exportedRuns, arguments: [id]).compactMap { run in
          try Self.record(of: run, in: db, withEvents: withEvents)
        },
        preferences: try Self.preferences(ofSession: id, in: db),
        branches: try Self.exportedBranches(of: id, in: db))
    }
  }

  private static let exportedRuns =
    "SELECT id FROM run WHERE session = ? AND \(isNotPruned) ORDER BY started_at, id"

  private static func exportedBranches(
    of id: Identifier, in db: Database
  ) throws -> [Branch] {
    let moments = try Set(
      Identifier.fetchAll(db, sql: "SELECT batch FROM run WHERE session = ?", arguments: [id]))
    let shown = moments.subtracting(try pruned(in: id, db))
    return try branches(of: id, in: db).filter { shown.contains($0.moment) }
  }

  /// Takes in a session file: a session that isn't there is made, runs that aren't are added.
  ///
  /// To import a file twice changes nothing the second time. A file that can't be read to its end
  /// is refused as a whole, with the line: nothing of it is taken in. A session that is there keeps
  /// its name.
  ///
  /// - Parameter isTrial: whether nothing is to be kept, and only told what would be.
  public func importSession(
    from path: String, isTrial: Bool = false
  ) throws(SessionError) -> ImportOutcome {
    var reader = try SessionFileReader(path: path)
    var outcome = ImportOutcome(session: reader.session)
    try write(isTrial: isTrial) { db in
      outcome.session = try Self.find(reader.session, orInsertInto: db)
      while let recorded = try reader.next() {
        var stored = try Self.record(of: recorded.run.id, in: db)
        // Ratings are given and taken back after a run, by each reader of it.
        if stored != nil, stored?.rating != recorded.rating {
          if stored?.rating == nil { try Self.rate(recorded.run.id, recorded.rating, in: db) }
          stored?.rating = recorded.rating
        }
        if stored != nil, stored?.remark != recorded.remark {
          if stored?.remark.isEmpty == true {
            try Self.set(recorded.remark, of: recorded.run.id, in: db)
          }
          stored?.remark = recorded.remark
        }
        if let known = stored?.corrections {
          try Self.addCorrections(of: recorded, beside: known, in: db)
          stored?.corrections = recorded.corrections
          stored?.correctionDraft = nil
        }
        switch stored {
        case nil:
          try Self.insert(recorded, into: db)
          outcome.added += 1
        case recorded: outcome.alreadyThere += 1
        default: outcome.differing.append(recorded.run.id)
        }
      }
      for preference in reader.preferences { try Self.add(preference, to: db) }
      for branch in reader.branches {
        try db.execute(
          sql: "INSERT OR IGNORE INTO branch (session, name, moment) VALUES (?, ?, ?)",
          arguments: [reader.session.id, branch.name, branch.moment])
      }
    }
    outcome.unknownLines = reader.unknownLines
    return outcome
  }

  static func insert(_ recorded: RecordedRun, into db: Database) throws {
    let number = try insert(recorded.run, writer: nil, into: db)
    try EventRow.insert(recorded.events, run: number, from: 0, into: db)
    if recorded.answer.isFinished { try finish(number, answer: recorded.answer, in: db) }
    if let rating = recorded.rating { try rate(recorded.run.id, rating, in: db) }
    try set(recorded.remark, of: recorded.run.id, in: db)
    try addCorrections(of: recorded, beside: [], in: db)
    if let prompt = recorded.run.promptPath {
      _ = try record(
        text: recorded.run.promptText, of: prompt, at: recorded.run.startedAt, parent: nil, in: db)
    }
  }
}
