import Retrieval

// Embedders by the names that people give them.

/// Finds embedders by their names.
public struct Embedders: Sendable {
  private let folders: Folders

  public init(folders: Folders) { self.folders = folders }

  /// The embedder of a name; throws a sentence when there is none, or it can't be used.
  public func embedder(named name: String) throws -> any Embedder {
    guard name == StaticEmbedder.name else { throw UnknownEmbedderError(name: name) }
    guard let table = folders.staticEmbedding else { throw MissingEmbeddingError() }
    return try StaticEmbedder(path: table)
  }
}

/// There is no embedder of that name.
public struct UnknownEmbedderError: Error, CustomStringConvertible {
  let name: String

  public var description: String {
    "There is no embedder '\(name)': '\(StaticEmbedder.name)' is built in."
  }
}

/// What ships with whet can't be found.
public struct MissingEmbeddingError: Error, CustomStringConvertible {
  public var description: String {
    "The built-in embedding can't be found: set WHET_SHARE to the folder that holds 'embeddings'."
  }
}
