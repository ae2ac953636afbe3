// What is wrong with a store, and what can be mended without losing anything.

import Core
import GRDB

/// What a look through a store found.
public struct StoreReport: Hashable, Sendable {
  /// One thing, as a sentence.
  public struct Finding: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// Nothing is to be done.
      case fine
      /// `repair` mends it.
      case mendable
      /// It takes another store: the damaged one is copied as far as it can be read.
      case damage
    }

    public var kind: Kind
    public var text: String
  }

  public var findings: [Finding] = []

  public var isDamaged: Bool { findings.contains { $0.kind == .damage } }
  public var isMendable: Bool { findings.contains { $0.kind == .mendable } }

  mutating func add(_ kind: Finding.Kind, _ text: String) {
    findings.append(Finding(kind: kind, text: text))
  }
}

extension SessionStore {
  /// Looks through all of the store; a large one takes a while.
  public func check() throws(SessionError) -> StoreReport {
    var report = StoreReport()
    let interrupted = try interruptedRuns().count
    try readAside { db in
      let problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(5)")
      if problems == ["ok"] {
        report.add(.fine, "SQLite finds the file whole")
      } else {
        report.add(.damage, "SQLite finds damage: \(problems.joined(separator: "; "))")
      }
      let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
      if orphans > 0 { report.add(.mendable, "\(orphans) rows belong to what isn't there") }
      let bare =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM run WHERE number NOT IN (SELECT run FROM record)") ?? 0
      if bare > 0 { report.add(.mendable, "\(bare) runs have no record of what they asked") }
      let gaps =
        try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM
              (SELECT 1 FROM event GROUP BY run HAVING max(number) + 1 <> count(*))
            """) ?? 0
      // The pieces that are there are still the best that there is.
      if gaps > 0 {
        report.add(.fine, "\(gaps) runs have a gap in their stream; they stay as they are")
      }
      let unindexed =
        try Int.fetchOne(
          db,
          sql: "SELECT count(*) FROM run WHERE is_indexed IS NULL AND finish_reason IS NOT NULL")
        ?? 0
      if unindexed > 0 {
        report.add(.mendable, "\(unindexed) runs can't be found by their words yet")
      }
      let isIndexed = try Bool.fetchOne(
        db,
        sql: """
          SELECT NOT EXISTS (
            SELECT number FROM run WHERE is_indexed = 1 EXCEPT SELECT id FROM finding_docsize)
            AND (SELECT count(*) FROM run WHERE is_indexed = 1)
              = (SELECT count(*) FROM finding_docsize)
          """)
      if isIndexed == false {
        report.add(.mendable, "the index of words has other runs than these")
      }
      try Self.checkTraining(&report, in: db)
      let runs = try Int.fetchOne(db, sql: "SELECT count(*) FROM run") ?? 0
      let size =
        try Int.fetchOne(
          db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
      report.add(.fine, "\(runs) runs in \(size / 1_000_000) MB")
    }
    if interrupted > 0 {
      report.add(.mendable, "\(interrupted) runs were cut off, and have no end yet")
    }
    do throws(SessionError) {
      try checkIndex()
    } catch .damaged {
      report.add(.mendable, "the index of words is damaged")
    }
    for backup in StoreBackup.all(of: path) {
      report.add(.fine, "backup \(backup.path), \(backup.size / 1_000_000) MB")
    }
    return report
  }

  /// Mends what `check` calls mendable, after a backup. Runs that were cut off are for a decoder to end.
  ///
  /// - Returns: the backup.
  @discardableResult
  public func repair() throws(SessionError) -> StoreBackup {
    do {
      let backup = try StoreBackup.make(of: connection, path: path)
      try repairWithoutBackup()
      return backup
    } catch {
      throw SessionError(error, path: path)
    }
  }

  func repairWithoutBackup() throws(SessionError) {
    do {
      try connection.write { db in
        // Runs first: what belongs to those that go is then taken with the rest that belongs to nothing.
        try db.execute(
          sql: """
            DELETE FROM run WHERE number NOT IN (SELECT run FROM record);
            INSERT INTO session (id, name, created_at)
              SELECT session, 'recovered', min(started_at) FROM run
              WHERE session NOT IN (SELECT id FROM session) GROUP BY session;
            """)
        for table in [
          "record", "event", "rating", "remark", "correction", "correction_draft", "preference",
        ] {
          try db.execute(
            sql: "DELETE FROM \(table) WHERE run NOT IN (SELECT number FROM run)")
        }
        try db.execute(
          sql: """
            DELETE FROM branch WHERE session NOT IN (SELECT id FROM session);
            DELETE FROM pruned WHERE session NOT IN (SELECT id FROM session);
            INSERT INTO finding (finding) VALUES ('delete-all');
            UPDATE run SET is_indexed = NULL;
            """)
        try Self.repairTraining(db)
      }
      while try indexEarlierRuns(limit: 500) > 0 { letOthersWrite() }
    } catch {
      throw SessionError(error, path: path)
    }
  }
}
