// What turns texts into vectors. The built-in table is one; servers are others, and are asked by
// rooms that may talk to them.

/// Turns texts into vectors of the same length, so that texts of like meaning point the same way.
///
/// Called from a worker thread, one call at a time.
public protocol Embedder: Sendable {
  /// `builtin/static`, `local/all-minilm`: vectors of one name can be compared.
  var name: String { get }

  /// How much its vectors count beside words, from 0 to 1, where nobody says otherwise.
  var weight: Double { get }

  /// Texts so far that were too long for it, so that only their beginnings count.
  var cutTexts: Int { get }

  /// A vector for each text, in their order, of any length but 0.
  ///
  /// Throws what a person can act on, and `CancellationError` once `isCancelled` says so.
  func vectors(
    of texts: [String], as role: EmbeddingRole, isCancelled: () -> Bool
  ) throws -> [[Float]]
}

extension Embedder {
  public var weight: Double { 0.6 }
  public var cutTexts: Int { 0 }
}

/// What a text is to an embedder: some models want to be told.
public enum EmbeddingRole: Hashable, Sendable {
  case query, passage
}

/// Reads a query with each of some passages, and tells how well they fit.
///
/// Called from a worker thread, one call at a time.
public protocol Reranker: Sendable {
  /// A score for each passage, in their order; larger is better.
  func scores(
    of passages: [String], for query: String, isCancelled: () -> Bool
  ) throws -> [Double]
}

/// Makes other queries of a query.
///
/// Called from a worker thread, one call at a time.
public protocol QueryRewriter: Sendable {
  /// What to search with in place of the query, the query itself included where it still counts.
  func queries(for query: String, isCancelled: () -> Bool) throws -> [String]
}
