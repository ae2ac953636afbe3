// Reads a file line by line in bounded memory: what is held is one line, and no line may be longer
// than a limit.

import Glibc

struct LineReader: ~Copyable {
  let path: String
  /// The number of the line that was read last, from 1.
  private(set) var number = 0
  /// Whether that line ended with a line feed; the last of a file may not.
  private(set) var wasTerminated = true

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0

  /// Bytes in the longest line that is read.
  static let longestLine = 32 << 20
  private static let pieceSize = 256 << 10

  init(path: String) throws(SessionError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SessionError(systemError: errno, path: path) }
  }

  deinit { close(descriptor) }

  /// The next line without its line feed; nil after the last.
  mutating func next() throws(SessionError) -> ArraySlice<UInt8>? {
    number += 1
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return buffer[start..<end]
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      guard searched <= Self.longestLine else {
        throw .badFile(
          path: path, line: number,
          problem: "the line is longer than \(Self.longestLine >> 20) MB, which no session's is")
      }
      guard try readPiece() > 0 else {
        if buffer.isEmpty { return nil }
        wasTerminated = false
        defer { start = buffer.count }
        return buffer[...]
      }
    }
  }

  /// Reads more into the buffer; returns how many bytes, 0 at the end of the file.
  private mutating func readPiece() throws(SessionError) -> Int {
    let count = buffer.count
    var result = 0
    buffer.append(contentsOf: repeatElement(0, count: Self.pieceSize))
    buffer.withUnsafeMutableBytes { bytes in
      let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
      repeat {
        result = read(descriptor, piece.baseAddress, piece.count)
      } while result < 0 && errno == EINTR
    }
    let problem = errno
    buffer.removeLast(Self.pieceSize - max(result, 0))
    guard result >= 0 else { throw SessionError(systemError: problem, path: path) }
    return result
  }
}
