// Copies of a store beside it, from before its tables were changed or it was repaired: what a later
// version did can be gone back on.

import Core
import GRDB
import Glibc

/// A copy of a store, by its file.
public struct StoreBackup: Hashable, Sendable {
  public var path: String
  /// Bytes.
  public var size: Int

  /// As many are kept; an older one goes once a newer one is whole.
  static let mostKept = 2
  private static let ending = ".backup"

  /// The backups of a store, oldest first.
  public static func all(of path: String) -> [StoreBackup] {
    let name = StoreFile.name(of: path)
    var found: [StoreBackup] = []
    for file in StoreFile.files(besides: path)
    where file.hasPrefix(name + ".") && file.hasSuffix(ending) {
      let path = StoreFile.folder(of: path) + "/" + file
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      found.append(StoreBackup(path: path, size: Int(status.st_size)))
    }
    return found.sorted { $0.path < $1.path }
  }

  /// Copies a store as it is, with what its log holds; and lets go of the oldest copies.
  ///
  /// - Parameter seconds: now, since 1970; it names the copy.
  ///
  /// Throws `noRoomForBackup`: a store isn't changed without one.
  static func make(
    of connection: DatabaseQueue, path: String, at seconds: Double = secondsSince1970()
  ) throws -> StoreBackup {
    let size = try connection.read { db in
      try Int.fetchOne(
        db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        ?? 0
    }
    var room = statvfs()
    let folder = StoreFile.folder(of: path)
    if statvfs(folder, &room) == 0, Double(room.f_bavail) * Double(room.f_frsize) < Double(size) {
      throw SessionError.noRoomForBackup(path: path, bytes: size)
    }
    let target = "\(path).\(Int(max(0, min(seconds, 1e11))))\(ending)"
    // One name for all: what an earlier try left behind, killed, is taken away by the next.
    let part = part(of: path)
    removePart(of: path)
    do {
      let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw SessionError(systemError: errno, path: part) }
      close(descriptor)
      let copy = try DatabaseQueue(path: part)
      try connection.backup(to: copy)
      try copy.close()
      // It must be on the disk before the first change of the store is.
      try StoreFile.synchronize(part)
      guard rename(part, target) == 0 else { throw SessionError(systemError: errno, path: target) }
      try StoreFile.synchronize(folder)
    } catch {
      removePart(of: path)
      throw error
    }
    for backup in all(of: path).dropLast(mostKept) { unlink(backup.path) }
    return StoreBackup(path: target, size: size)
  }

  private static func part(of path: String) -> String { "\(path)\(ending).part" }

  /// Takes away a copy that isn't whole.
  static func removePart(of path: String) {
    for ending in ["", "-wal", "-shm", "-journal"] { unlink(part(of: path) + ending) }
  }

  /// Takes it away.
  public func remove() throws(SessionError) {
    guard unlink(path) == 0 else { throw SessionError(systemError: errno, path: path) }
  }
}
