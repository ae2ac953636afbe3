// Reads a file whole, if it is one that can be indexed. A file that changes while it is read gives
// what was there, with the stamp from before, so that the next run reads it again.

import Glibc

struct TextFile {
  enum Content {
    case text([UInt8])
    case skipped(SkipReason)
  }

  /// The largest file that is read, in bytes.
  static let largest = 16 << 20
  /// Binary files are known by a NUL in this many first bytes, before the rest is read.
  private static let probe = 8192

  var content: Content
  var stamp: FileStamp
  /// Of the content; 0 where it was skipped.
  var hash: Int = 0
  var bytesRead = 0

  /// Nil when there is no regular file (any more) or it can't be read.
  init?(path: String) {
    // Nonblocking, since a pipe may have taken the file's place.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    stamp = FileStamp(status)
    guard stamp.size <= Self.largest else {
      content = .skipped(.tooLarge)
      return
    }
    guard var bytes = Self.read(descriptor, upTo: min(stamp.size, Self.probe)) else { return nil }
    if !bytes.contains(0), stamp.size > bytes.count {
      guard let rest = Self.read(descriptor, upTo: stamp.size - bytes.count) else { return nil }
      bytes += rest
    }
    bytesRead = bytes.count
    if bytes.contains(0) {
      content = .skipped(.binary)
    } else if !Self.isUTF8(bytes) {
      content = .skipped(.notUTF8)
    } else {
      content = .text(bytes)
      hash = Self.hash(bytes)
    }
    avoidRace()
  }

  /// Fewer bytes only at the end of the file; nil on an error.
  private static func read(_ descriptor: CInt, upTo count: Int) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        filled += got
      }
    }
    return failed ? nil : bytes
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }

  /// FNV-1a, 64 bits. It tells a touched file from a changed one; it is no defence against anyone.
  static func hash(_ bytes: [UInt8]) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash)
  }

  /// A file that changes twice within a tick of the file system's clock keeps its time. One that
  /// changed just now gets a time that never fits, so that the next run looks at its content.
  private mutating func avoidRace() {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let tick = 20_000_000
    if stamp.modified > Int(now.tv_sec) * 1_000_000_000 + Int(now.tv_nsec) - tick {
      stamp.modified = -1
    }
  }
}
