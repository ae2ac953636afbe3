// Tells the runs that are being written from those whose writer is gone. A store that writes runs
// holds a lock on one byte of a file beside the database, and each of its unfinished runs names
// that byte. The kernel lets go of the lock however the process ends, so that no process id, which
// another process may have by now, has to be believed; containers that share a folder see each
// other's locks, too.
//
// The locks belong to an open file description (fcntl(2), F_OFD_SETLK), not to the process, which
// would lose them at any close of the file. The database itself is never locked here: SQLite's own
// locks on it are the process's, and a close would drop those.

import Core
import Glibc

final class WriterLock: Sendable {
  private let descriptor: Int32
  /// The offset of the byte that this writer holds.
  let offset: Int64

  /// Opens the file, which stays empty, and takes a byte of it.
  init(path: String) throws(SessionError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SessionError(systemError: errno, path: path) }
    // A random one of 2^62 bytes; should two writers draw the same, the kernel tells the second.
    var offset: Int64
    var problem: Int32?
    repeat {
      offset = Int64.random(in: 1..<1 << 62)
      problem = Self.call(Self.setLock, descriptor, offset).problem
    } while problem == EAGAIN || problem == EACCES
    if let problem {
      close(descriptor)
      throw SessionError(systemError: problem, path: path)
    }
    self.descriptor = descriptor
    self.offset = offset
  }

  /// Lets go of the byte by name: to close the file does so only once a child that is just being
  /// started has closed its copy.
  deinit {
    _ = Self.call(Self.setLock, descriptor, offset, type: F_UNLCK)
    close(descriptor)
  }

  /// Whether the writer that took a byte still runs. When the kernel won't say, it is believed to:
  /// a run that is still written must not be ended.
  func isHeld(_ offset: Int64) -> Bool {
    // The kernel tells of others' locks only.
    if offset == self.offset { return true }
    let answer = Self.call(Self.getLock, descriptor, offset)
    return answer.problem != nil || answer.type != Int16(F_UNLCK)
  }

  /// Whether another store, of this process or another, may write.
  var isHeldByOthers: Bool {
    // From the first byte to the last: one's own lock is not told of.
    let answer = Self.call(Self.getLock, descriptor, 1, length: 0)
    return answer.problem != nil || answer.type != Int16(F_UNLCK)
  }

  // F_OFD_GETLK and F_OFD_SETLK of Linux's <fcntl.h>, which Swift doesn't import.
  private static let getLock: Int32 = 36
  private static let setLock: Int32 = 37

  private static func call(
    _ command: Int32, _ descriptor: Int32, _ offset: Int64, type: Int32 = F_WRLCK,
    length: Int64 = 1
  ) -> (type: Int16, problem: Int32?) {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(offset)
    lock.l_len = off_t(length)
    let result = fcntl(descriptor, command, &lock)
    return (lock.l_type, result == 0 ? nil : errno)
  }
}
