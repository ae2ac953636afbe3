import ArgumentParser
import Retrieval
import Runtime

// An index as it is named on a command line.

enum IndexOption {
  /// The file of an index, whether or not it is there.
  static func file(of name: String, in folders: Folders) throws -> String {
    guard let file = IndexFolder(folders.indexes).file(of: name) else {
      throw ValidationError(
        "'\(name)' can't name an index: use letters, digits, '-', '_' and '.', at most 100.")
    }
    return file
  }

  /// An index that is there.
  static func open(_ name: String, in surroundings: Surroundings) throws -> any PassageStore {
    _ = try file(of: name, in: surroundings.folders)
    return try IndexFolder(surroundings.folders.indexes)
      .open(name, models: surroundings.searchModels)
  }
}
