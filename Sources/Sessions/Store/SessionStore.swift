// The store of sessions and runs: one SQLite file, written while runs stream. It knows nothing of
// what a stream means; a run's answer is given to it.
//
// Durability: each call is one transaction in the write-ahead log, at `synchronous = NORMAL`. A
// committed transaction is in the kernel's hands, which no end of this process undoes (kill -9
// included), so a caller that appends every 250 ms loses no more than that. A power cut may take
// the last commits, never the file's integrity: the log is synchronized before it is copied into
// the database. A run's end, and what streams once a second, wait for the disk (`writeDurably`).

import Core
import GRDB
import Synchronization

/// All methods may be called from any thread; each returns when the work is done.
///
/// Several stores, also of several processes, may work on one file at once; a write waits for the
/// others', up to five seconds. All methods throw `SessionError`; one that throws has changed
/// nothing, and can be called again.
public final class SessionStore: Sendable {
  public let path: String
  let connection: DatabaseQueue
  let writerLock: WriterLock
  /// The store as it was before its tables were changed for this version, where that was just done.
  public let backup: StoreBackup?
  private let finder = Mutex<DatabaseQueue?>(nil)
  /// The version of each draft when it was last read or saved here, by which it is known whether
  /// somebody else saved it since.
  let draftVersions = Mutex<[String: Int]>([:])
  /// SQLite's number for what others had written when it was last asked for; 0 before that.
  private let dataVersion = Mutex(0)
  /// What was found in training sets, for the next part of a list of it.
  let searches = Mutex(ExampleSearches())
  private let lastSynchronization = Mutex(ContinuousClock.now)

  /// Makes identifiers for the store's sessions and runs.
  public let identifiers = IdentifierGenerator()

  /// Opens a store, or makes one: the file (mode 0600), and the folders above it (0700).
  ///
  /// Another program's file, a damaged one and one of a later version are refused, and left as
  /// they are.
  public init(path: String) throws(SessionError) {
    self.path = path
    try StoreFile.prepare(path: path)
    do {
      (connection, backup, writerLock) = try StoreFile.withFolderLocked(of: path) {
        let connection = try Self.connect(to: path)
        let backup = try StoreSchema.migrate(connection, path: path)
        return (connection, backup, try WriterLock(path: path + "-writers"))
      }
    } catch {
      throw SessionError(error, path: path)
    }
  }

  /// One connection stands for GRDB's pool: the pool writes to the disk, and waits for it, whenever
  /// it opens a file, and a second connection takes as long again; both before the first frame.
  private static func connect(to path: String) throws -> DatabaseQueue {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try StoreSchema.check(db, path: path)
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    do { return try connection.read(body) } catch { throw SessionError(error, path: path) }
  }

  /// Reads at length, on a connection that nobody else waits for.
  func readAside<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    do {
      return try Self.connect(to: path).read(body)
    } catch {
      throw SessionError(error, path: path)
    }
  }

  /// Reads what is looked for as one types: on a connection of its own that stays open, since the
  /// pages that one letter took are those of the next.
  func readToFind<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    do {
      let connection = try finder.withLock { finder in
        if let finder { return finder }
        let opened = try Self.connect(to: path)
        try opened.read { db in try db.execute(sql: "PRAGMA cache_size = -16000") }
        finder = opened
        return opened
      }
      return try connection.read(body)
    } catch {
      throw SessionError(error, path: path)
    }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    do { return try connection.write(body) } catch { throw SessionError(error, path: path) }
  }

  /// Whether another store, of this process or another, has written since the last call; false at the
  /// first.
  public func wasChangedByOthers() throws(SessionError) -> Bool {
    let now = try read { db in try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
    return dataVersion.withLock { before in
      defer { before = now }
      return before != 0 && before != now
    }
  }

  /// Writes, and waits until that and all that was written before is on the disk.
  func writeDurably<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    do {
      return try connection.writeWithoutTransaction { db in
        // It can't be changed in a transaction.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        defer { try? db.execute(sql: "PRAGMA synchronous = NORMAL") }
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
        guard let value else { throw SessionError.busy(path: path) }
        lastSynchronization.withLock { $0 = ContinuousClock.now }
        return value
      }
    } catch {
      throw SessionError(error, path: path)
    }
  }

  /// Writes what there is a little of many times a second; the disk is waited for once a second.
  func writeOften<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    let last = lastSynchronization.withLock { $0 }
    let isDue = ContinuousClock.now - last >= .seconds(1)
    return isDue ? try writeDurably(body) : try write(body)
  }
}
