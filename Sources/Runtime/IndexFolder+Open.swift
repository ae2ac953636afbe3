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
  public func open(_ name: String, models: SearchModels) throws -> any PassageStore {
    if let address = try address(of: name) {
      if ChromaAddress.isOne(address) {
        return try chromaIndex(name, at: ChromaAddress(address), models: models)
      }
      return try PostgresIndex(PostgresAddress(address))
    }
    guard let file = file(of: name), PassageIndex.exists(at: file) else {
      throw MissingIndexError(name: name)
    }
    return try PassageIndex(path: file)
  }

  /// Makes the index at an address where there is none, and remembers the address by a name. A
  /// collection of Chroma is made by what is first added to it.
  ///
  /// Throws a sentence, also where the name is taken by another index. An address that holds a password
  /// is refused, and written nowhere.
  public func make(
    _ name: String, at address: String, models: SearchModels
  ) throws -> any PassageStore {
    guard ChromaAddress.isOne(address) else {
      let checked = try PostgresAddress(address)
      return try make(name, at: checked.url) { try PostgresIndex.make(checked) }
    }
    let checked = try ChromaAddress(address)
    return try make(name, at: "\(checked)") {
      let index = try chromaIndex(name, at: checked, models: models)
      try index.checkServer()
      return index
    }
  }

  /// Removes the name of an index that is kept by a server, and what this machine has of it.
  ///
  /// - Parameter withData: whether its passages go, too, for everybody.
  public func removeAddress(
    of name: String, withData: Bool, models: SearchModels
  ) throws {
    guard let address = try address(of: name), let file = addressFile(of: name) else {
      throw MissingIndexError(name: name)
    }
    let isChroma = ChromaAddress.isOne(address)
    if withData {
      if isChroma {
        try chromaIndex(name, at: ChromaAddress(address), models: models).removeAll()
      } else {
        try PostgresIndex(PostgresAddress(address)).removeAll()
      }
    }
    let mirror = isChroma ? mirrorFile(of: name) : nil
    let files = [file] + ["", "-wal", "-shm"].compactMap { ending in mirror.map { $0 + ending } }
    for file in files where FileManager.default.fileExists(atPath: file) {
      try FileManager.default.removeItem(atPath: file)
    }
  }

  private func make(
    _ name: String, at address: String, index: () throws -> any PassageStore
  ) throws -> any PassageStore {
    guard let file = addressFile(of: name) else { throw MissingIndexError(name: name) }
    if let existing = existingFile(of: name), try self.address(of: name) != address {
      throw TakenIndexNameError(name: name, file: existing)
    }
    let index = try index()
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data((address + "\n").utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    return index
  }

  private func chromaIndex(
    _ name: String, at address: ChromaAddress, models: SearchModels
  ) throws -> ChromaIndex {
    guard let mirror = mirrorFile(of: name) else { throw MissingIndexError(name: name) }
    return try ChromaIndex(
      address, mirror: mirror,
      service: ChromaServer(address, environment: models.environment), models: models)
  }

  /// Throws a sentence where others have made no index at an address.
  public static func checkIndex(at address: String, models: SearchModels) throws {
    if ChromaAddress.isOne(address) {
      let address = try ChromaAddress(address)
      try ChromaIndex.check(
        address, service: ChromaServer(address, environment: models.environment))
    } else {
      _ = try PostgresIndex(PostgresAddress(address))
    }
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
