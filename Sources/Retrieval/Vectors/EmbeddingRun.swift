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
  /// Texts among them that were too long for the embedder, so that only their beginnings count.
  public var cut = 0
  /// Vectors that belonged to no passage any more.
  public var dropped = 0
  public var wasCancelled = false
}

/// Writes the vectors of one embedder, and the passages that they belong to, wherever they are kept.
/// Every call that writes is one transaction.
protocol EmbeddingWriter {
  func state() throws -> EmbeddingProgress
  /// The next passages, by their ids, that have no vector.
  func passagesWithout(after passage: Int64, limit: Int) throws -> [PassageToEmbed]
  /// The texts, each once, that have no vector yet.
  func unknown(among texts: [PassageToEmbed]) throws -> [PassageToEmbed]
  /// Writes vectors by the hashes of their texts, and joins passages to theirs; one may be gone since
  /// it was read.
  func write(_ vectors: [(hash: String, vector: [Float])], for passages: [PassageToEmbed]) throws
  /// Drops the vectors that no passage has; tells how many there were.
  func dropUnused() throws -> Int
}

/// A passage and its text as it is embedded, by its hash.
struct PassageToEmbed {
  var passage: Int64
  var hash: String
  var text: String
}

struct EmbeddingRun {
  let writer: any EmbeddingWriter
  let embedder: any Embedder
  /// Passages a transaction.
  let batch: Int

  /// Throws what the writer and the embedder throw; what was done before stays.
  func run(
    _ tell: (EmbeddingProgress) -> Void, _ isCancelled: () -> Bool
  ) throws -> EmbeddingReport {
    var report = EmbeddingReport()
    let cutBefore = embedder.cutTexts
    do {
      var state = try writer.state()
      tell(state)
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
        try writer.write(Array(zip(texts.map(\.hash), vectors)), for: passages)
        report.embedded += texts.count
        report.cut = embedder.cutTexts - cutBefore
        report.reused += passages.count - texts.count
        state.done += passages.count
        tell(state)
        last = end
      }
    } catch is CancellationError {
      // As when it was noticed here.
    }
    report.wasCancelled = true
    return report
  }
}
