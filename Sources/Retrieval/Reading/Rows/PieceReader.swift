// Reads a file from its beginning, a piece at a time, whatever its size.

import Glibc

/// A file under way, with the digest of what was read of it.
struct PieceReader {
  private static let size = 256 << 10

  private let descriptor: CInt
  private(set) var digest = ContentDigest()
  private(set) var bytesRead = 0

  /// - Parameter descriptor: of the file, at its beginning; it stays open.
  init(descriptor: CInt) { self.descriptor = descriptor }

  /// The next bytes; none at the end. Throws `SkipReason.notReadable`.
  mutating func next() throws(SkipReason) -> [UInt8] {
    var count = 0
    let piece = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, filled in
      repeat {
        count = read(descriptor, buffer.baseAddress, Self.size)
      } while count < 0 && errno == EINTR
      filled = max(count, 0)
    }
    guard count >= 0 else { throw .notReadable }
    digest.update(piece)
    bytesRead += count
    return piece
  }
}
