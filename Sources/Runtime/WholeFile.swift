import Foundation
import Sessions

// A text written to a file: whole or not at all, and over nothing that was not to be replaced.

/// Why a file was not written, in a sentence.
public struct WholeFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

public enum WholeFile {
  /// Writes a file beside the path, and moves it there.
  ///
  /// - Parameter overwrites: whether it takes another's place; without, one that has come to be there
  ///   meanwhile stays.
  static func place(_ text: String, at path: String, overwrites: Bool) throws(WholeFileError) {
    try place(at: path, overwrites: overwrites) { write in try write(text) }
  }

  /// The same for a text that comes in pieces, which are never in memory together.
  ///
  /// - Parameter pieces: is given what writes a piece.
  public static func place(
    at path: String, overwrites: Bool, _ pieces: ((String) throws -> Void) throws -> Void
  ) throws(WholeFileError) {
    guard let unfinished = UnfinishedFile(for: path) else { throw failure(path) }
    let temporary = unfinished.path
    let file = FileHandle(fileDescriptor: unfinished.descriptor, closeOnDealloc: false)
    // It is closed last, since its lock goes with that.
    defer {
      unlink(temporary)
      try? file.close()
    }
    do {
      var buffer = Data()
      try pieces { piece in
        buffer.append(contentsOf: piece.utf8)
        guard buffer.count >= pieceBytes else { return }
        try file.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
      }
      try file.write(contentsOf: buffer)
      try file.synchronize()
    } catch {
      throw failure(path, error)
    }
    // Unlike a rename, a link takes no other file's place; some file systems have none.
    if !overwrites, link(temporary, path) == 0 { return }
    guard overwrites || errno != EEXIST else {
      throw WholeFileError(
        description: "\(path) has come to be there meanwhile: give another name.")
    }
    guard rename(temporary, path) == 0 else { throw failure(path) }
  }

  /// So much is gathered before it is written.
  private static let pieceBytes = 1 << 16

  private static func failure(_ path: String, _ error: (any Error)? = nil) -> WholeFileError {
    let reason =
      ((error as? CocoaError)?.underlying as? POSIXError).map {
        String(cString: strerror($0.code.rawValue))
      } ?? error?.localizedDescription ?? String(cString: strerror(errno))
    return WholeFileError(description: "\(path) can't be written: \(reason).")
  }
}
