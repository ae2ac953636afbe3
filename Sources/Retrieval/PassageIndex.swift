// An index of passages: one SQLite file. This opens it and tells what it holds; Indexing writes it
// and Searching reads it. Reading has a connection of its own, so it never waits for a writer.

import Core
import Foundation
import GRDB
import Synchronization

/// The passages of files and folders, searchable by their words.
///
/// May be used from several threads at once, and one file by several processes.
public final class PassageIndex: PassageStore {
  /// The index's file.
  public let path: String
  public var place: String { path }
  let reader: DatabaseQueue
  let matrices = MatrixCache()
  let lengths = LengthCache()
  /// What the index held, and the version (SQLite's `data_version`) of which that is true: counting
  /// the rows of a large file takes longer than a search.
  private let counted = Mutex<(version: Int64, statistics: IndexStatistics)?>(nil)

  /// Opens the index at a path; makes it, readable by its owner only, where there is none.
  ///
  /// Throws `IndexError`. A file that is no index, is damaged or was made by a later version is
  /// left as it is.
  public init(path: String) throws {
    self.path = path
    do {
      try Self.prepareFile(path)
      reader = try DatabaseQueue(path: path, configuration: Self.configuration())
      switch try reader.read(IndexSchema.state) {
      case .current: break
      case .empty, .outdated: try Self.migrate(path)
      case .later: throw IndexError.laterVersion(index: path)
      case .foreign: throw IndexError.notAnIndex(index: path)
      }
    } catch {
      throw IndexError(error, index: path)
    }
  }

  /// Whether there is a file at a path; it may still not be an index.
  public static func exists(at path: String) -> Bool {
    access(path, F_OK) == 0
  }

  public func statistics() throws -> IndexStatistics {
    try read { db in
      let version = try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0
      if let counted = counted.withLock({ $0 }), counted.version == version {
        return counted.statistics
      }
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT count(*), ifnull(sum(passages), 0), ifnull(sum(tokens), 0),
            (SELECT ifnull(sum(size), 0) FROM file WHERE skip_reason IS NULL)
          FROM document
          """)
      let statistics = IndexStatistics(
        documents: row?[0] ?? 0, passages: row?[1] ?? 0, tokens: row?[2] ?? 0, bytes: row?[3] ?? 0)
      counted.withLock { $0 = (version, statistics) }
      return statistics
    }
  }

  /// The ways in which each document is cut; the first is searched when nobody names one.
  public func chunkings() throws -> [Chunking] {
    try read { try StoredChunking.all($0).map(\.chunking) }
  }

  /// The absolute path of the file that a passage is from; nil when the index no longer has it.
  public func path(of passage: Passage) throws -> String? {
    try read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT path FROM file JOIN document ON document.file = file.id
          JOIN passage ON passage.document = document.id
          WHERE passage.id = ?
          """,
        arguments: [passage.id])
    }
  }

  // MARK: Connections

  func read<Value>(_ value: (Database) throws -> Value) throws -> Value {
    do {
      return try reader.read(value)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      throw CancellationError()
    } catch let error
      where error is CancellationError || error is EmbeddingError || error is MissingChunkingError
    {
      throw error
    } catch {
      throw IndexError(error, index: path)
    }
  }

  /// A connection for writing. It is no part of the index's own, so that a search never waits.
  func openWriter() throws -> DatabaseQueue {
    try Self.openWriter(path)
  }

  private static func openWriter(_ path: String) throws -> DatabaseQueue {
    var configuration = configuration()
    configuration.prepareDatabase { db in
      // In WAL mode this keeps the file consistent; a power cut may lose the last batches, which
      // the next run reads again.
      try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func configuration() -> GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(10)
    return configuration
  }

  private static func migrate(_ path: String) throws {
    let writer = try openWriter(path)
    try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    do {
      try IndexSchema.migrator.migrate(writer)
    } catch {
      // Another program may have done it at the same moment.
      guard try writer.read(IndexSchema.migrator.hasCompletedMigrations) else { throw error }
    }
  }

  /// Makes the file where there is none, readable by its owner only; SQLite's journals take its
  /// permissions. Refuses a file of a few bytes, which SQLite would take for an empty database.
  ///
  /// The file is never opened here: closing it would drop the locks (fcntl(2)) that another
  /// connection of this process has on it.
  private static func prepareFile(_ path: String) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      let isTooSmall = status.st_mode & S_IFMT == S_IFREG && (1..<512).contains(status.st_size)
      if isTooSmall { throw IndexError.notAnIndex(index: path) }
      return
    }
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    if mknod(path, S_IFREG | 0o600, 0) != 0, errno != EEXIST {
      throw IndexError.unreadable(index: path, reason: String(cString: strerror(errno)))
    }
  }
}
