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

  /// Writes a prompt, as a whole or not at all. Throws `PromptFileError`, also where the file holds
  /// anything but what is expected.
  public static func save(_ save: PromptSave) throws {
    if FileManager.default.fileExists(atPath: save.path) {
      // By bytes: to Swift, two spellings of é are one text.
      let current = try read(save.path).utf8
      if current.elementsEqual(save.text.utf8) { return }
      guard let expected = save.expected else {
        throw PromptFileError(
          description: "\(save.path) is there already: open it with M-o, or give another name.")
      }
      guard current.elementsEqual(expected.utf8) else {
        throw PromptFileError(
          description: "\(save.path) was changed outside since it was opened: nothing was written. "
            + "M-w saves your text under another name.")
      }
    }
    do {
      // A link goes on to lead to the prompt: the file behind it is replaced.
      try replace(URL(fileURLWithPath: save.path).resolvingSymlinksInPath(), with: save.text)
    } catch {
      throw PromptFileError(description: "\(save.path) can't be written: \(reason(error)).")
    }
  }

  /// What the system says of a failure: `No space left on device`.
  private static func reason(_ error: any Error) -> String {
    let cause = (error as? CocoaError)?.underlying ?? error
    return (cause as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
      ?? error.localizedDescription
  }

  /// Puts a new file in place of one, with its permissions; what a crash leaves is one or the other.
  private static func replace(_ url: URL, with text: String) throws {
    let files = FileManager.default
    let new = url.deletingLastPathComponent().appending(
      path: ".\(url.lastPathComponent.prefix(50)).\(UUID().uuidString)")
    // Nobody reads the text who may not read the file: it has its permissions before it has text.
    try Data().write(to: new, options: .withoutOverwriting)
    do {
      if let mode = try? files.attributesOfItem(atPath: url.path)[.posixPermissions] {
        try files.setAttributes([.posixPermissions: mode], ofItemAtPath: new.path)
      }
      try Data(text.utf8).write(to: new)
      guard rename(new.path, url.path) == 0 else {
        throw POSIXError(.init(rawValue: errno) ?? .EIO)
      }
    } catch {
      try? files.removeItem(at: new)
      throw error
    }
  }
}
