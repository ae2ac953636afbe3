// A damaged store, copied row by row into a new one as far as it can be read. The damaged file is kept.

import Core
import GRDB
import Glibc

/// What came of copying a damaged store.
public struct SalvageAccount: Hashable, Sendable {
  public struct Table: Hashable, Sendable {
    public var name: String
    /// That were copied.
    public var rows: Int
    /// Whether it could be read to its end.
    public var isWhole: Bool
  }

  public var tables: [Table]
  /// Where the damaged file is now.
  public var damagedPath: String
}

extension SessionStore {
  /// Puts a new store in the place of a damaged one, with all that can be read of it.
  ///
  /// Nobody may have the store open. Throws `busy` where somebody does, and `unreadable` where not
  /// even its tables are known.
  public static func salvage(path: String) throws(SessionError) -> SalvageAccount {
    let lock = try WriterLock(path: path + "-writers")
    do {
      guard !lock.isHeldByOthers else { throw SessionError.busy(path: path) }
      removeSalvage(of: path)
      let tables = try copy(from: path, to: salvaged(path))
      let damaged = try StoreFile.withFolderLocked(of: path) {
        guard !lock.isHeldByOthers else { throw SessionError.busy(path: path) }
        return try exchange(path)
      }
      return SalvageAccount(tables: tables, damagedPath: damaged)
    } catch {
      throw SessionError(error, path: path)
    }
  }

  /// Takes away what an earlier try left behind that was killed.
  static func removeSalvage(of path: String) {
    for ending in ["", "-wal", "-shm", "-writers"] { unlink(salvaged(path) + ending) }
  }

  private static func salvaged(_ path: String) -> String { path + ".salvaged" }

  /// Gives the damaged file and its log other names, and the new one its own.
  ///
  /// - Returns: where the damaged one is now.
  private static func exchange(_ path: String) throws -> String {
    let damaged = "\(path).\(Int(secondsSince1970())).damaged"
    // They have both names for a moment: there is no time at which the store isn't there.
    for ending in ["", "-wal"] {
      guard link(path + ending, damaged + ending) == 0 || errno == ENOENT else {
        throw SessionError(systemError: errno, path: damaged + ending)
      }
    }
    // Its log is not the new one's.
    for ending in ["-wal", "-shm"] { unlink(path + ending) }
    try StoreFile.synchronize(salvaged(path))
    guard rename(salvaged(path), path) == 0 else {
      throw SessionError(systemError: errno, path: path)
    }
    removeSalvage(of: path)
    return damaged
  }

  /// The tables in an order in which what is referred to comes first.
  private static let tablesInOrder = [
    "session", "run", "record", "event", "rating", "remark", "correction", "correction_draft",
    "preference", "version", "draft", "draft_text", "edit", "column_set", "token_ratio", "branch",
    "pruned", "evaluation", "evaluation_result", "kept_request", "kept_answer", "evaluation_batch",
    "diagnosis", "training_set", "training_example", "training_text", "training_action",
    "training_before", "training_job", "training_event", "training_checkpoint",
  ]

  private static func copy(
    from path: String, to new: String
  ) throws -> [SalvageAccount.Table] {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    let source: DatabaseQueue
    do {
      source = try DatabaseQueue(path: path, configuration: configuration)
      _ = try source.read { db in try db.columns(in: "run") }
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    {
      throw SessionError.unreadable(path: path, backup: StoreBackup.all(of: path).last?.path)
    }
    let target = try SessionStore(path: new)
    let tables = try source.inDatabase { source in
      try target.connection.writeWithoutTransaction { target in
        try target.execute(sql: "PRAGMA foreign_keys = OFF")
        return try tablesInOrder.map { name in
          var copy = try TableCopy(of: name, from: source, to: target)
          return try copy.run()
        }
      }
    }
    // What belongs to something that was lost goes, and what is left can be found again.
    try target.repairWithoutBackup()
    try target.connection.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    return tables
  }
}

/// One table's rows on their way out of a damaged database.
private struct TableCopy {
  let name: String
  let source: Database
  let target: Database
  /// Those that both have, and those by which rows are told apart, in SQL.
  private let columns: String
  private let keys: [String]
  private let insert: Statement
  private var isWhole = true

  init(of name: String, from source: Database, to target: Database) throws {
    (self.name, self.source, self.target) = (name, source, target)
    let known = try target.columns(in: name).map(\.name)
    let present = (try? source.columns(in: name).map(\.name)) ?? []
    // The index of words is made anew.
    let shared = known.filter { present.contains($0) && $0 != "is_indexed" }
    columns = shared.map { "\"\($0)\"" }.joined(separator: ", ")
    keys = try target.primaryKey(name).columns.map { "\"\($0)\"" }
    // A table that the source hasn't, or not yet, gives no rows.
    isWhole = !shared.isEmpty
    insert = try target.makeStatement(
      sql: shared.isEmpty
        ? "SELECT 1"
        : "INSERT OR IGNORE INTO \(name) (\(columns)) "
          + "VALUES (\(shared.map { _ in "?" }.joined(separator: ", ")))")
  }

  mutating func run() throws -> SalvageAccount.Table {
    if isWhole, try !copyRows(where: "true", order: "ASC") {
      isWhole = false
      if let last = try largestNumber() {
        try copyRows(numbered: 0...last)
      } else {
        _ = try copyRows(where: "true", order: "DESC")
      }
    }
    let rows = try Int.fetchOne(target, sql: "SELECT count(*) FROM \(name)") ?? 0
    return SalvageAccount.Table(name: name, rows: rows, isWhole: isWhole)
  }

  /// Copies the rows of some numbers; where these can't all be read, of each half by itself.
  private func copyRows(numbered numbers: ClosedRange<Int64>) throws {
    let (low, high) = (numbers.lowerBound, numbers.upperBound)
    if try copyRows(where: "\(keys[0]) BETWEEN \(low) AND \(high)", order: "ASC") { return }
    guard low < high else { return }
    let middle = low + (high - low) / 2
    try copyRows(numbered: low...middle)
    try copyRows(numbered: middle + 1...high)
  }

  /// The largest number of a run that any table still tells, or above it; nil for a table whose rows
  /// aren't told apart by runs.
  private func largestNumber() throws -> Int64? {
    guard ["\"run\"", "\"number\""].contains(keys[0]) else { return nil }
    let sources = [("run", "number"), ("record", "run"), ("event", "run")]
    let found = sources.compactMap { table, key in
      (try? Int64.fetchOne(source, sql: "SELECT max(\(key)) FROM \(table)")) ?? nil
    }
    // A page of garbage can have any number on it.
    return found.max().map { min(max(0, $0), 10_000_000) }
  }

  /// Copies rows in an order of their keys.
  ///
  /// - Returns: whether all could be read; those that were read before one that couldn't are kept.
  private func copyRows(where condition: String, order: String) throws -> Bool {
    var isRead = true
    try target.inTransaction {
      do {
        let rows = try Row.fetchCursor(
          source,
          sql: """
            SELECT \(columns) FROM \(name) WHERE \(condition)
            ORDER BY \(keys.map { "\($0) \(order)" }.joined(separator: ", "))
            """)
        while let row = try rows.next() {
          try keep(row)
        }
      } catch let error as DatabaseError
        where [.SQLITE_CORRUPT, .SQLITE_IOERR].contains(error.resultCode)
      {
        isRead = false
      }
      return .commit
    }
    return isRead
  }

  /// What garbage makes a row of is not kept where the table can't hold it.
  private func keep(_ row: Row) throws {
    do {
      try insert.execute(arguments: StatementArguments(row.databaseValues))
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {}
  }
}
