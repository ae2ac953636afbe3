import Glibc

// A file of lines, read once from its start in pieces of whole lines. It may be larger than memory, and
// may be a pipe.

/// Why a file of lines can't be read, in a sentence.
public struct LineFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(description: String) { self.description = description }

  /// - Parameter error: the errno.
  init(_ path: String, error: CInt) {
    let name = path == LineChunks.standardInput ? "The standard input" : path
    description = "\(name) can't be read: \(String(cString: strerror(error)).lowercased())."
  }
}

/// Reads a file's lines, many at a time.
public struct LineChunks: ~Copyable {
  /// What stands for the standard input in place of a path.
  public static let standardInput = "-"

  /// Whole lines that follow each other.
  public struct Chunk: Sendable {
    /// The lines with their ends; the last line of a file may have none.
    public let bytes: [UInt8]
    /// How many lines stand before it.
    public let start: Int
    /// How many lines it holds.
    public let count: Int
    /// Whether it stands for one line that is longer than is read, and holds none of it.
    public let isLongLine: Bool

    /// Gives each line without its end, and its number, from 1.
    public func forEachLine(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
      bytes.withUnsafeBufferPointer { bytes in
        var from = 0
        var number = start
        while from < bytes.count {
          let end = bytes[from...].firstIndex(of: 0x0A) ?? bytes.count
          number += 1
          body(UnsafeBufferPointer(rebasing: bytes[from..<end]), number)
          from = end + 1
        }
      }
    }
  }

  private let path: String
  private let descriptor: CInt
  /// How much is read before lines are given out, in bytes.
  private let size: Int
  private let longestLine: Int
  /// The beginning of a line whose end was not read.
  private var rest: [UInt8] = []
  private var isAtEnd = false
  private var lines = 0
  /// How much was read.
  public private(set) var position = 0
  /// How large the file is, in bytes; nil for a pipe.
  public let total: Int?

  /// Opens a file, or the standard input for `-`. Throws `LineFileError`.
  ///
  /// - Parameters:
  ///   - size: how much is read at a time, in bytes.
  ///   - longestLine: the longest line that is read, in bytes; the largest windows hold half of that.
  public init(
    path: String, size: Int = 1 << 20, longestLine: Int = 8 << 20
  ) throws(LineFileError) {
    self.path = path
    self.size = size
    self.longestLine = longestLine
    descriptor = path == Self.standardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LineFileError(path, error: errno) }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    total = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  /// The next lines; nil at the end. Throws `LineFileError`.
  public mutating func next() throws(LineFileError) -> Chunk? {
    var bytes = rest
    rest = []
    var searched = 0
    while !isAtEnd {
      let before = bytes.count
      bytes.reserveCapacity(before + size)
      try read(to: &bytes)
      if let end = Self.lastLineEnd(in: bytes, from: max(searched, 0)) {
        rest = Array(bytes[(end + 1)...])
        bytes.removeSubrange((end + 1)...)
        return chunk(bytes)
      }
      searched = bytes.count
      if bytes.count > longestLine { return try skipLine() }
    }
    return bytes.isEmpty ? nil : chunk(bytes)
  }

  private mutating func chunk(_ bytes: [UInt8]) -> Chunk {
    var count = bytes.withUnsafeBufferPointer { $0.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
    if bytes.last != 0x0A { count += 1 }
    defer { lines += count }
    return Chunk(bytes: bytes, start: lines, count: count, isLongLine: false)
  }

  /// Goes on behind the end of a line that is too long to be kept.
  private mutating func skipLine() throws(LineFileError) -> Chunk {
    while !isAtEnd {
      var bytes: [UInt8] = []
      try read(to: &bytes)
      if let end = bytes.firstIndex(of: 0x0A) {
        rest = Array(bytes[(end + 1)...])
        break
      }
    }
    defer { lines += 1 }
    return Chunk(bytes: [], start: lines, count: 1, isLongLine: true)
  }

  /// Appends what can be read, `size` bytes at most.
  private mutating func read(to bytes: inout [UInt8]) throws(LineFileError) {
    let before = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: size))
    var count = -1
    repeat {
      count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + before }, size)
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw LineFileError(path, error: errno) }
    bytes.removeSubrange((before + count)...)
    position += count
    if count == 0 { isAtEnd = true }
  }

  private static func lastLineEnd(in bytes: [UInt8], from start: Int) -> Int? {
    bytes[start...].lastIndex(of: 0x0A)
  }
}
