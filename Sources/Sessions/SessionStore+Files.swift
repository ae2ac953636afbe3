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
  /// Throws `noSession`, `fileExists` unless the file may be replaced, and what the disk says; a
  /// file that was there stays as it was then.
  public func exportSession(
    _ id: Identifier, to path: String, replacing: Bool = false
  ) throws(SessionError) {
    try readAside { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT id, name, created_at FROM session WHERE id = ?", arguments: [id])
      guard let row else { throw SessionError.noSession(named: id) }
      let writer = try SessionFileWriter(
        path: path, session: Session(id: row[0], name: row[1], createdAt: row[2]),
        replacing: replacing)
      let runs = try String.fetchCursor(
        db, sql: "SELECT id FROM run WHERE session = ? ORDER BY started_at, id", arguments: [id])
      while let run = try runs.next() {
        if let recorded = try Self.record(of: run, in: db) { try writer.append(recorded) }
      }
      for preference in try Self.preferences(ofSession: id, in: db) {
        try writer.append(preference)
      }
      try writer.finish()
    }
  }

  /// Takes in a session file: a session that isn't there is made, runs that aren't are added.
  ///
  /// To import a file twice changes nothing the second time. A file that can't be read to its end
  /// is refused as a whole, with the line: nothing of it is taken in. A session that is there keeps
  /// its name.
  public func importSession(from path: String) throws(SessionError) -> ImportOutcome {
    var reader = try SessionFileReader(path: path)
    var outcome = ImportOutcome(session: reader.session)
    try write { db in
      let stored = try Row.fetchOne(
        db, sql: "SELECT name, created_at FROM session WHERE id = ?",
        arguments: [reader.session.id])
      if let stored {
        outcome.session = Session(id: reader.session.id, name: stored[0], createdAt: stored[1])
      } else {
        try Self.insert(reader.session, into: db)
      }
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
    }
    outcome.unknownLines = reader.unknownLines
    return outcome
  }

  private static func insert(_ recorded: RecordedRun, into db: Database) throws {
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
