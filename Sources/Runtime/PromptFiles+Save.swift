import CFile
import Foundation
import Playground

// Prompts written to files. What a file holds that nobody here has seen is never lost, not even
// when it is written in the very moment of the save.

extension PromptFiles {
  /// What became of a prompt that was to be saved.
  public enum SaveOutcome: Hashable, Sendable {
    /// - Parameter aside: the file that now holds what was in this one before; nil for none.
    case saved(aside: String?)
    /// Nothing was written, since the file holds this in place of what was expected.
    case changedOutside(String)
  }

  /// Writes a prompt, as a whole or not at all. Throws `PromptFileError`.
  public static func save(_ save: PromptSave) throws -> SaveOutcome {
    // A link goes on to lead to the prompt: the file behind it is replaced.
    let path = URL(fileURLWithPath: save.path).resolvingSymlinksInPath().path
    guard exists(path) else {
      return try writing(save) { try create(path, with: save.text) ? .saved(aside: nil) : nil }
    }
    // By bytes: to Swift, two spellings of é are one text.
    let current = try read(path)
    if current.hasSameBytes(as: save.text) { return .saved(aside: nil) }
    guard let expected = save.expected else { throw alreadyThere(save.path) }
    guard current.hasSameBytes(as: expected) else { return .changedOutside(current) }
    return try writing(save) {
      let aside = save.keepsAside ? try keepAside(expected, of: path) : nil
      return try replace(path, with: save.text, expected: expected)
        ? .saved(aside: aside) : .changedOutside(try read(path))
    }
  }

  /// Says what the system won't do; nil is a file that came to be in the meantime.
  private static func writing(
    _ save: PromptSave, _ work: () throws -> SaveOutcome?
  ) throws -> SaveOutcome {
    do {
      guard let outcome = try work() else { throw alreadyThere(save.path) }
      return outcome
    } catch let error as PromptFileError {
      throw error
    } catch {
      throw PromptFileError(description: "\(save.path) can't be written: \(reason(error)).")
    }
  }

  private static func alreadyThere(_ path: String) -> PromptFileError {
    PromptFileError(
      description: "\(path) is there already: open it with M-o, or give another name.")
  }

  /// What the system says of a failure: `No space left on device`.
  private static func reason(_ error: any Error) -> String {
    let cause = (error as? CocoaError)?.underlying ?? error
    return (cause as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
      ?? error.localizedDescription
  }

  /// Makes a file that is whole from its first moment; false when there is one by now.
  ///
  /// - Parameter model: the file whose permissions it has; nil for the usual ones.
  private static func create(
    _ path: String, with text: String, permissionsOf model: String? = nil
  ) throws -> Bool {
    try withNewFile(beside: path, holding: text, permissionsOf: model) { new in
      // Unlike a rename, this overwrites nothing.
      if link(new, path) == 0 { return true }
      if errno == EEXIST { return false }
      // A file system without links.
      guard !exists(path) else { return false }
      guard rename(new, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      return true
    }
  }

  /// Puts a new file in place of one, with its permissions; what a crash leaves is one or the
  /// other. False when the old file held something else, which it then still does.
  private static func replace(
    _ path: String, with text: String, expected: String
  ) throws -> Bool {
    let expected = Data(expected.utf8)
    return try withNewFile(beside: path, holding: text, permissionsOf: path) { new in
      let problem = file_exchange(new, path)
      if problem == 0 { return try isExchange(of: path, with: new, text: text, for: expected) }
      // A file system that can't exchange: looking right before the rename is the next best.
      guard problem == EINVAL || problem == ENOSYS else {
        throw POSIXError(.init(rawValue: problem) ?? .EIO)
      }
      guard try Data(contentsOf: URL(filePath: path)) == expected else { return false }
      guard rename(new, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      return true
    }
  }

  /// Whether what was taken out of a file is what was expected there; if not, it is put back.
  ///
  /// - Parameters:
  ///   - new: where what was taken out is, which nobody else finds to write to.
  ///   - text: what was put in.
  private static func isExchange(
    of path: String, with new: String, text: String, for expected: Data
  ) throws -> Bool {
    let held = URL(filePath: new)
    if try Data(contentsOf: held) == expected { return true }
    // What comes back should be what was put in. Anything else was written in that moment: it is
    // the file's, and goes back in its turn.
    var put = Data(text.utf8)
    for _ in 0..<mostReturns {
      let taken = try Data(contentsOf: held)
      if taken == put { return false }
      let problem = file_exchange(new, path)
      guard problem == 0 else { throw POSIXError(.init(rawValue: problem) ?? .EIO) }
      put = taken
    }
    // Several are at this, and each finds another's text: what is left over stays beside the file.
    let left = try Data(contentsOf: held)
    if left != put { _ = try keepAside(String(decoding: left, as: UTF8.self), of: path) }
    return false
  }

  /// How often a text is put back that others wrote meanwhile: those who do the same at the same
  /// time could hand theirs round for ever.
  private static let mostReturns = 4

  /// Writes a file beside one, onto the disk, and removes what is under the new file's name in the
  /// end.
  private static func withNewFile(
    beside path: String, holding text: String, permissionsOf model: String?,
    _ work: (String) throws -> Bool
  ) throws -> Bool {
    let files = FileManager.default
    let url = URL(filePath: path)
    let new = url.deletingLastPathComponent().appending(
      path: ".\(url.lastPathComponent.prefix(50)).\(UUID().uuidString)")
    // Nobody reads the text who may not read the file: it has its permissions before it has text.
    try Data().write(to: new, options: .withoutOverwriting)
    defer { unlink(new.path) }
    if let model, let mode = try? files.attributesOfItem(atPath: model)[.posixPermissions] {
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: new.path)
    }
    let file = try FileHandle(forWritingTo: new)
    defer { try? file.close() }
    try file.write(contentsOf: Data(text.utf8))
    // A name that leads to a text that isn't on the disk yet is an empty file after a power cut.
    try file.synchronize()
    return try work(new.path)
  }

  /// Keeps what a file holds in a new file beside it, and gives that one's path.
  private static func keepAside(_ text: String, of path: String) throws -> String {
    let name = path.hasSuffix(".prompt") ? String(path.dropLast(".prompt".count)) : path
    let ending = path.hasSuffix(".prompt") ? ".prompt" : ""
    for number in 1...999 {
      let aside = name + ".theirs" + (number == 1 ? "" : "-\(number)") + ending
      if try create(aside, with: text, permissionsOf: path) { return aside }
    }
    throw PromptFileError(
      description: "\(path) has a thousand files of theirs beside it: remove some first.")
  }
}
