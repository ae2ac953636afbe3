// Making a store smaller: what was pruned goes for good, a slice at a time, so that another whet that
// writes is never kept waiting; then the file is packed, when nobody else has it open.

import Core
import GRDB
import Glibc

/// What `whet sessions gc` would take.
public struct Garbage: Hashable, Sendable {
  /// Moments that are pruned, with their runs and the bytes of these.
  public var moments = 0
  public var runs = 0
  public var runBytes = 0
  /// Names of moments that aren't there.
  public var branches = 0
  /// Rows of training sets that were removed, or whose import was cut off.
  public var examples = 0
  public var backups: [StoreBackup] = []
  /// Room in the file that nothing stands in.
  public var freeBytes = 0
}

extension SessionStore {
  /// What can be taken, without taking it.
  ///
  /// - Parameter withBackups: whether copies of the store count, too.
  public func garbage(withBackups: Bool) throws(SessionError) -> Garbage {
    let backups = withBackups ? StoreBackup.all(of: path) : []
    return try readAside { db in
      var garbage = Garbage()
      garbage.backups = backups
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT count(DISTINCT run.session || run.batch), count(*),
            coalesce(sum((SELECT length(run_json) + coalesce(length(answer_json), 0)
                FROM record WHERE run = run.number)
              + coalesce((SELECT sum(coalesce(length(content), 0) + 16)
                FROM event WHERE run = run.number), 0)), 0)
          FROM run WHERE NOT (\(Self.isNotPruned)) AND finish_reason IS NOT NULL
          """)
      if let row { (garbage.moments, garbage.runs, garbage.runBytes) = (row[0], row[1], row[2]) }
      garbage.branches =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM branch WHERE \(Self.isNowhere)") ?? 0
      garbage.examples = try Self.examplesOfNoSet(in: db)
      garbage.freeBytes =
        try Int.fetchOne(
          db,
          sql: "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size")
        ?? 0
      return garbage
    }
  }

  /// Takes what `garbage` tells of. To be killed at any moment leaves less of it.
  public func collect(_ garbage: Garbage) throws(SessionError) {
    while try deletePrunedRuns(limit: Self.sliceOfRuns) == Self.sliceOfRuns { letOthersWrite() }
    try write { db in
      try db.execute(
        sql: """
          DELETE FROM pruned WHERE NOT EXISTS (
            SELECT 1 FROM run WHERE run.session = pruned.session AND run.batch = pruned.moment);
          DELETE FROM branch WHERE \(Self.isNowhere);
          """)
    }
    try removeTrainingRemains()
    for backup in garbage.backups { try backup.remove() }
  }

  /// Gives the room in the file that nothing stands in back to the disk.
  ///
  /// - Returns: false where another whet has the store open, which would have to wait for it.
  public func pack() throws(SessionError) -> Bool {
    do {
      // Whoever opens the store meanwhile waits there, for as long as it takes.
      return try StoreFile.withFolderLocked(of: path) {
        guard !writerLock.isHeldByOthers else { return false }
        StoreBackup.removePart(of: path)
        Self.removeSalvage(of: path)
        try connection.writeWithoutTransaction { db in
          try db.execute(sql: "VACUUM")
          try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        return true
      }
    } catch {
      throw SessionError(error, path: path)
    }
  }

  private static let sliceOfRuns = 50

  /// Pauses between slices of work: SQLite gives the lock to whoever asks first, so that one that
  /// writes on and on keeps the others out until they give up.
  func letOthersWrite() { usleep(20_000) }

  private static let isNowhere = """
    NOT EXISTS (SELECT 1 FROM run WHERE run.session = branch.session AND run.batch = branch.moment)
    """

  /// Those that still stream stay: their writer isn't done with them.
  private func deletePrunedRuns(limit: Int) throws(SessionError) -> Int {
    try write { db in
      let runs = try Int64.fetchAll(
        db,
        sql: """
          SELECT number FROM run WHERE NOT (\(Self.isNotPruned)) AND finish_reason IS NOT NULL LIMIT ?
          """,
        arguments: [limit])
      for run in runs {
        try Self.unindex(run, in: db)
        try db.execute(sql: "DELETE FROM run WHERE number = ?", arguments: [run])
      }
      return runs.count
    }
  }
}
