import Foundation
import Playground

// Prompts read from and written to files, so that nothing that was changed outside is overwritten.

/// What went wrong with a prompt's file, in one sentence.
public struct PromptFileError: Error, CustomStringConvertible {
  public let description: String
}

/// Reads and writes prompt files; each call may wait for the disk.
public enum PromptFiles {
  /// Larger files are no prompts.
  public static let mostBytes = 16 << 20

  /// A path as typed, from the root: `~` is the home folder.
  public static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: (path as NSString).expandingTildeInPath).standardizedFileURL.path
  }

  /// The text of a prompt file. Throws `PromptFileError`.
  ///
  /// - Parameters:
  ///   - mayWait: whether it may be a pipe, which tells its text when it likes to.
  ///   - mostBytes: what it may hold.
  public static func read(
    _ path: String, mayWait: Bool = false, mostBytes: Int = mostBytes
  ) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw PromptFileError(description: "There is no file \(path).")
    }
    guard mayWait || status.st_mode & S_IFMT == S_IFREG else {
      throw PromptFileError(description: "\(path) is no file of text.")
    }
    // A named pipe tells no size, so that all are read to their end.
    guard let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: mostBytes + 1) ?? Data()
    else {
      throw PromptFileError(description: "\(path) can't be read: is it a file, and yours?")
    }
    guard data.count <= mostBytes else {
      throw PromptFileError(description: "\(path) is too large: over \(mostBytes >> 20) MB.")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw PromptFileError(description: "\(path) is not UTF-8 text.")
    }
    return text
  }

  /// Whether a file is there, whatever it is.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }
}
