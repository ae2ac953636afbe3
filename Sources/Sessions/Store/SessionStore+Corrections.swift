// What a person made of the answers: every correction is kept, beside an answer that never changes.

import Core
import GRDB

import struct Foundation.Data

extension SessionStore {
  /// Keeps a correction of a run's answer, which counts from now on; a draft of one is done with.
  ///
  /// One that says what the last one said is not kept twice. Throws `noRun` when there is none of
  /// that id.
  public func correct(_ run: Identifier, _ correction: Correction) throws(SessionError) {
    try write { db in
      let number = try Self.number(of: run, in: db)
      try db.execute(sql: "DELETE FROM correction_draft WHERE run = ?", arguments: [number])
      let last = try Self.corrections(of: number, in: db).last
      guard last.map({ $0.text.hasSameBytes(as: correction.text) }) != true else { return }
      try Self.reindexing(number, in: db) {
        try Self.insert(correction, run: number, into: db)
      }
    }
  }

  /// Keeps a correction that was begun, in place of the draft before; nil drops that.
  ///
  /// Throws `noRun` when there is none of that id.
  public func saveCorrectionDraft(
    _ text: String?, of run: Identifier
  ) throws(SessionError) {
    try write { db in
      let number = try Self.number(of: run, in: db)
      guard let text else {
        try db.execute(sql: "DELETE FROM correction_draft WHERE run = ?", arguments: [number])
        return
      }
      try db.execute(
        sql: "INSERT OR REPLACE INTO correction_draft (run, text) VALUES (?, ?)",
        arguments: [number, Data(text.utf8)])
    }
  }

  static func corrections(of run: Int64, in db: Database) throws -> [Correction] {
    try Row.fetchAll(
      db, sql: "SELECT text, made_at FROM correction WHERE run = ? ORDER BY number",
      arguments: [run]
    ).map { row in
      Correction(text: String(decoding: row[0] as Data, as: UTF8.self), madeAt: row[1])
    }
  }

  static func correctionDraft(of run: Int64, in db: Database) throws -> String? {
    try Data.fetchOne(
      db, sql: "SELECT text FROM correction_draft WHERE run = ?", arguments: [run]
    ).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Adds the corrections of a run that aren't known yet; of all, the last in time counts.
  static func addCorrections(
    of recorded: RecordedRun, beside known: [Correction], in db: Database
  ) throws {
    let new = recorded.corrections.filter { !known.contains($0) }
    guard !new.isEmpty else { return }
    let number = try number(of: recorded.run.id, in: db)
    try reindexing(number, in: db) {
      try db.execute(sql: "DELETE FROM correction WHERE run = ?", arguments: [number])
      for correction in (known + new).sorted(by: { $0.madeAt < $1.madeAt }) {
        try insert(correction, run: number, into: db)
      }
    }
  }

  private static func insert(
    _ correction: Correction, run: Int64, into db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO correction (run, number, made_at, text)
        VALUES (?, 1 + (SELECT ifnull(max(number), 0) FROM correction WHERE run = ?), ?, ?)
        """,
      arguments: [run, run, correction.madeAt, Data(correction.text.utf8)])
  }
}
