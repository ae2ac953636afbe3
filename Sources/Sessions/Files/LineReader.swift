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
  /// Where the next line starts in the buffer.
  private var start = 0
  private var piece = [UInt8](repeating: 0, count: 256 << 10)

  /// Bytes in the longest line that is read.
  static let longestLine = 32 << 20

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
      if let end = lineFeed(from: searched) {
        defer { start = end + 1 }
        return try line(endingAt: end)
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      _ = try line(endingAt: searched)
      guard try readPiece() > 0 else {
        if buffer.isEmpty { return nil }
        wasTerminated = false
        defer { start = buffer.count }
        return buffer[...]
      }
    }
  }

  private func line(endingAt end: Int) throws(SessionError) -> ArraySlice<UInt8> {
    guard end - start <= Self.longestLine else {
      throw .badFile(
        path: path, line: number,
        problem: "the line is longer than \(Self.longestLine >> 20) MB, which no session's is")
    }
    return buffer[start..<end]
  }

  private func lineFeed(from index: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard index < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + index, Int32(UInt8(ascii: "\n")), bytes.count - index)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Reads more into the buffer; returns how many bytes, 0 at the end of the file.
  private mutating func readPiece() throws(SessionError) -> Int {
    var result = 0
    repeat {
      result = read(descriptor, &piece, piece.count)
    } while result < 0 && errno == EINTR
    guard result >= 0 else { throw SessionError(systemError: errno, path: path) }
    buffer += piece[..<result]
    return result
  }
}
