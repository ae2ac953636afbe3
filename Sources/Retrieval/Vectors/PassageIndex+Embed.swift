import Core
import GRDB

// Giving passages their vectors: batch by batch, each one transaction, so that a run can be stopped,
// or die, at any moment, and the next one goes on.

/// How far an embedding run has come.
public struct EmbeddingProgress: Equatable, Sendable {
  /// Passages that have their vector, those from before included.
  public var done: Int
  /// Passages in the index.
  public var total: Int
}

/// What an embedding run did.
public struct EmbeddingReport: Equatable, Sendable {
  /// Texts that the embedder was asked for.
  public var embedded = 0
  /// Passages whose text had a vector already.
  public var reused = 0
  /// Vectors that belonged to no passage any more.
  public var dropped = 0
  public var wasCancelled = false
}

extension PassageIndex {
  /// Gives a vector to each passage, in all chunkings, that has none by this embedder.
  ///
  /// A text is embedded once, however many passages have it. Vectors of passages that are gone are
  /// kept until a run comes to its end, since they may be of use to those that took their place.
  /// `batch` is the number of passages a transaction. Throws `IndexError`, `EmbeddingError` and what
  /// the embedder throws; what was done before stays.
  @discardableResult
  public func embed(
    with embedder: some Embedder, batch: Int = 256,
    progress: (EmbeddingProgress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
  ) throws -> EmbeddingReport {
    var report = EmbeddingReport()
    do {
      let writer = try VectorWriter(openWriter(), embedder: embedder.name)
      var state = try writer.state()
      progress(state)
      var last: Int64 = 0
      while !isCancelled() {
        let passages = try writer.passagesWithout(after: last, limit: max(batch, 1))
        guard let end = passages.last?.passage else {
          report.dropped = try writer.dropUnused()
          return report
        }
        let texts = try writer.unknown(among: passages)
        let vectors =
          texts.isEmpty
          ? [] : try embedder.vectors(of: texts.map(\.text), as: .passage, isCancelled: isCancelled)
        guard vectors.count == texts.count else {
          throw EmbeddingError.wrongCount(
            embedder: embedder.name, expected: texts.count, got: vectors.count)
        }
        try writer.write(zip(texts.map(\.hash), vectors), for: passages)
        report.embedded += texts.count
        report.reused += passages.count - texts.count
        state.done += passages.count
        progress(state)
        last = end
      }
      report.wasCancelled = true
      return report
    } catch is CancellationError {
      report.wasCancelled = true
      return report
    } catch let error as DatabaseError {
      throw IndexError(error, index: path)
    }
  }

  /// Whether any passage has a vector.
  public func hasVectors() throws -> Bool {
    try read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM passage_vector)") ?? false }
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
