import Foundation
import Retrieval

// Opens indexes by their names, wherever they are kept.

extension IndexFolder {
  /// The address of an index that is kept by a server; nil for one in a file, and where there is none.
  public func address(of name: String) throws -> String? {
    guard let file = addressFile(of: name), FileManager.default.fileExists(atPath: file) else {
      return nil
    }
    return try PromptFiles.read(file, mostBytes: 4096)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// An index that is there; throws a sentence when there is none, or it can't be reached or read.
  public func open(_ name: String) throws -> any PassageStore {
    if let address = try address(of: name) {
      return try PostgresIndex(PostgresAddress(address))
    }
    guard let file = file(of: name), PassageIndex.exists(at: file) else {
      throw MissingIndexError(name: name)
    }
    return try PassageIndex(path: file)
  }

  /// Makes the index at an address where there is none, and remembers the address by a name.
  ///
  /// Throws a sentence, also where the name is taken by another index. An address that holds a password
  /// is refused, and written nowhere.
  public func make(_ name: String, at address: String) throws -> any PassageStore {
    guard let file = addressFile(of: name) else { throw MissingIndexError(name: name) }
    let checked = try PostgresAddress(address)
    if let existing = existingFile(of: name), try self.address(of: name) != checked.url {
      throw TakenIndexNameError(name: name, file: existing)
    }
    let index = try PostgresIndex.make(checked)
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data((checked.url + "\n").utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    return index
  }

  /// Throws a sentence where others have made no index at an address.
  public static func checkIndex(at address: String) throws {
    _ = try PostgresIndex(PostgresAddress(address))
  }
}

/// The name of an index is that of another.
public struct TakenIndexNameError: Error, CustomStringConvertible {
  let name: String
  let file: String

  public var description: String {
    "There is another index '\(name)' (\(file)): choose another name with --index, or remove that one "
      + "with `whet index remove \(name)`."
  }
}
