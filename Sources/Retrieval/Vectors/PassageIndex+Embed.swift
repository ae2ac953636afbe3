import Core
import GRDB

// Giving the passages of an index in a file their vectors.

extension PassageIndex {
  /// Gives a vector to each passage, in all chunkings, that has none by this embedder.
  ///
  /// A text is embedded once, however many passages have it. Vectors of passages that are gone are
  /// kept until a run comes to its end, since they may be of use to those that took their place.
  /// `batch` is the number of passages a transaction. Throws `IndexError`, `EmbeddingError` and what
  /// the embedder throws; what was done before stays.
  @discardableResult
  public func embed(
    with embedder: any Embedder, batch: Int = 256,
    progress: (EmbeddingProgress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
  ) throws -> EmbeddingReport {
    do {
      let writer = try VectorWriter(openWriter(), embedder: embedder.name)
      return try EmbeddingRun(writer: writer, embedder: embedder, batch: batch)
        .run(progress, isCancelled)
    } catch let error as DatabaseError {
      throw IndexError(error, index: path)
    }
  }

  /// The embedders whose vectors the index has, and how many passages have one, by name.
  public func embedders() throws -> [(name: String, passages: Int)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, (SELECT count(*) FROM passage_vector WHERE embedder = embedder.id) AS passages
          FROM embedder ORDER BY name
          """
      ).map { ($0["name"], $0["passages"]) }
    }
  }
}

/// Why vectors can't be used.
public enum EmbeddingError: Error, Equatable, CustomStringConvertible {
  case wrongCount(embedder: String, expected: Int, got: Int)
  case wrongLength(embedder: String, expected: Int, got: Int)
  /// It is empty, has more than 65,536 numbers, or infinite ones.
  case unusable(embedder: String)
  /// No passage has a vector of this embedder.
  case noVectors(embedder: String)

  public var description: String {
    switch self {
    case .wrongCount(let embedder, let expected, let got):
      "\(embedder) gave \(got) vectors for \(expected) texts; check its server and model"
    case .wrongLength(let embedder, let expected, let got):
      "\(embedder) gave a vector of \(got) numbers, and those in the index have \(expected): "
        + "another model has this name now; name it anew, or make a new index"
    case .unusable(let embedder):
      "\(embedder) gave a vector that is empty, too long, or no numbers; check its server and model"
    case .noVectors(let embedder):
      "the index has no vectors of \(embedder): `whet index embed --model \(embedder)` makes them"
    }
  }
}
