// Reads a file from its beginning, a piece at a time, whatever its size. It ends where the file ended
// when it was opened: one that grows all the while would have no end.

import Glibc

/// A file under way, with the digest of what was read of it.
struct PieceReader {
  private static let pieceSize = 256 << 10

  private let descriptor: CInt
  private let size: Int
  private(set) var digest = ContentDigest()
  private(set) var bytesRead = 0

  /// - Parameter file: at its beginning; it must stay open.
  init(_ file: borrowing SourceFile) {
    descriptor = file.descriptor
    size = file.stamp.size
  }

  /// The next bytes; none at the end. Throws `SkipReason.notReadable`.
  mutating func next() throws(SkipReason) -> [UInt8] {
    var count = 0
    let most = min(Self.pieceSize, size - bytesRead)
    let piece = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
      repeat {
        count = read(descriptor, buffer.baseAddress, most)
      } while count < 0 && errno == EINTR
      filled = max(count, 0)
    }
    guard count >= 0 else { throw .notReadable }
    digest.update(piece)
    bytesRead += count
    return piece
  }
}
