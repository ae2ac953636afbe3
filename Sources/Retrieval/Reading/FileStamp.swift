// What a file system says of a file. It tells, without reading it, whether the file is the one that
// was read before.

import Glibc

/// What tells, without reading a file, that it is the same as before.
struct FileStamp: Equatable {
  var size: Int
  /// Nanoseconds since 1970; `unknown` fits no file.
  var modified: Int
  var inode: Int

  /// The time of a file that is to be looked at again.
  static let unknown = -1

  init(size: Int, modified: Int, inode: Int) {
    self.size = size
    self.modified = modified
    self.inode = inode
  }

  init(_ status: stat) {
    self.init(
      size: Int(status.st_size),
      modified: Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec),
      inode: Int(truncatingIfNeeded: status.st_ino))
  }

  /// Whether the file changed just now. It may do so again within the same tick of the file
  /// system's clock, and keep its time.
  var isRecent: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let tick = 20_000_000
    return modified > Int(now.tv_sec) &* 1_000_000_000 &+ Int(now.tv_nsec) &- tick
  }

  /// A stamp that fits no file, so that the next run looks at the content.
  var outdated: FileStamp {
    FileStamp(size: size, modified: Self.unknown, inode: inode)
  }
}
