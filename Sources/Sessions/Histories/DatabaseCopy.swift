// A copy of another program's database, to be read in its place. Even to read a database of SQLite
// can write beside it and keep its own program waiting; a copy does neither.

import Core
import GRDB
import Glibc

struct DatabaseCopy {
  let connection: DatabaseQueue

  /// Copies a database with what is in its log, opens the copy, and takes its name away, so that
  /// nothing of it stays when this process ends, however it does.
  ///
  /// - Parameter folder: where it is made, in a folder of its own that nobody else can read.
  ///
  /// Throws `SessionError`: `busy` where the file doesn't stand still for long enough.
  init(of path: String, in folder: String) throws {
    var template = Array("\(folder)/import-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SessionError(systemError: errno, path: folder) }
    let own = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let copy = "\(own)/copy.db"
    defer {
      for ending in ["", "-wal", "-shm", "-journal"] { unlink(copy + ending) }
      rmdir(own)
    }
    try Self.copy(path, to: copy)
    do {
      var configuration = GRDB.Configuration()
      configuration.label = "whet.import"
      connection = try DatabaseQueue(path: copy, configuration: configuration)
      // All files are open once something has been read; they need no names from then on.
      try connection.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA query_only = 1")
        _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
      }
    } catch {
      throw SessionError(error, path: path)
    }
  }

  /// As often as the file may change while it is copied.
  private static let mostTries = 5

  private static func copy(_ path: String, to copy: String) throws(SessionError) {
    let endings = ["", "-wal", "-journal"]
    for _ in 0..<mostTries {
      let before = endings.map { stamp(path + $0) }
      for ending in endings {
        unlink(copy + ending)
        if stamp(path + ending) != nil { try copyFile(path + ending, to: copy + ending) }
      }
      if before == endings.map({ stamp(path + $0) }) { return }
    }
    throw .busy(path: path)
  }

  /// What changes when a file does; nil where there is none.
  private static func stamp(_ path: String) -> [Int]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return [
      Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
    ]
  }

  private static func copyFile(_ path: String, to copy: String) throws(SessionError) {
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw SessionError(systemError: errno, path: path) }
    defer { close(source) }
    let target = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw SessionError(systemError: errno, path: copy) }
    defer { close(target) }
    while true {
      let sent = sendfile(target, source, nil, 1 << 26)
      if sent < 0, errno == EINTR { continue }
      guard sent >= 0 else { throw SessionError(systemError: errno, path: copy) }
      if sent == 0 { return }
    }
  }
}
