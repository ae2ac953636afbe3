// Reads a list in JSON item by item in bounded memory: what is held is one item. It looks for where
// items end and no further, so that a damaged one can be told and left out.

import Core
import Glibc

/// The items of a file that holds one list.
public struct JSONElementReader: ~Copyable {
  let path: String
  /// The number of the item that was read last, from 1.
  private(set) var number = 0

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// What has been read of the buffer.
  private var position = 0
  private var piece = [UInt8](repeating: 0, count: 1 << 20)
  private var line = 1
  private var (isOpen, isClosed) = (false, false)

  /// Bytes in the longest item that is read.
  static let longestItem = 128 << 20

  /// Opens a file whose first character is `[`.
  ///
  /// Throws `SessionError` where that can't be.
  public init(path: String) throws(SessionError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SessionError(systemError: errno, path: path) }
  }

  deinit { close(descriptor) }

  /// The next item's bytes, and the line on which it begins; nil after the last.
  ///
  /// Throws `badFile` where no item can be made out any more.
  public mutating func next() throws(SessionError) -> (bytes: ArraySlice<UInt8>, line: Int)? {
    while let byte = try peek() {
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        position += 1
      case 0x20, 0x09, 0x0D, UInt8(ascii: ","), 0xEF, 0xBB, 0xBF: position += 1
      case UInt8(ascii: "[") where !isOpen:
        isOpen = true
        position += 1
      case UInt8(ascii: "]") where !isClosed:
        isClosed = true
        position += 1
      case _ where isClosed, UInt8(ascii: "]"), UInt8(ascii: "}"):
        throw .badFile(path: path, line: line, problem: "an item was expected here")
      default: return try item()
      }
    }
    if isClosed { return nil }
    throw .badFile(path: path, line: line, problem: "the list has no end: the file was cut off")
  }

  /// The next byte that isn't read yet; nil at the end of the file.
  private mutating func peek() throws(SessionError) -> UInt8? {
    if position == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      position = 0
      guard try readPiece() > 0 else { return nil }
    }
    return buffer[position]
  }

  private mutating func item() throws(SessionError) -> (bytes: ArraySlice<UInt8>, line: Int) {
    let firstLine = line
    var (depth, index) = (0, position)
    var (isString, isEscaped) = (false, false)
    while true {
      if index == buffer.count {
        // What stands before the item goes only when there is more to read.
        buffer.removeFirst(position)
        index -= position
        position = 0
        guard index <= Self.longestItem else {
          throw .badFile(
            path: path, line: firstLine,
            problem: "an item of the list is larger than \(Self.longestItem >> 20) MB")
        }
        guard try readPiece() > 0 else {
          throw .badFile(
            path: path, line: firstLine, problem: "an item has no end: the file was cut off")
        }
      }
      let byte = buffer[index]
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
          if byte != UInt8(ascii: ",") { depth -= 1 }
          // At the depth of the list, a comma or its end ends an item that is no object.
          if depth < 0 || (depth == 0 && byte == UInt8(ascii: ",")) {
            return end(at: index, line: firstLine)
          }
          if depth == 0 { return end(at: index + 1, line: firstLine) }
        default: break
        }
      }
      index += 1
    }
  }

  private mutating func end(at index: Int, line: Int) -> (bytes: ArraySlice<UInt8>, line: Int) {
    number += 1
    defer { position = index }
    return (buffer[position..<index], line)
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
