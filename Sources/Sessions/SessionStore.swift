// The store of sessions and runs: one SQLite file, written while runs stream. It knows nothing of
// what a stream means; a run's answer is given to it.
//
// Durability: each call is one transaction in the write-ahead log, at `synchronous = NORMAL`. A
// committed transaction is in the kernel's hands, which no end of this process undoes (kill -9
// included), so a caller that appends every 250 ms loses no more than that. A power cut may take
// the last commits, never the file's integrity: the log is synchronized before it is copied into
// the database. FULL would make every batch wait for the disk to save those, too.

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
  /// The version of each draft when it was last read or saved here, by which it is known whether
  /// somebody else saved it since.
  let draftVersions = Mutex<[String: Int]>([:])

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
      connection = try StoreFile.withFolderLocked(of: path) {
        let connection = try Self.connect(to: path)
        try StoreSchema.migrate(connection)
        return connection
      }
    } catch {
      throw SessionError(error, path: path)
    }
    writerLock = try WriterLock(path: path + "-writers")
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

  func write<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    do { return try connection.write(body) } catch { throw SessionError(error, path: path) }
  }
}
