import Core

// Scores of passages from a model that reads each with the query: `/rerank`, as llama.cpp, Jina and
// Cohere speak it.

/// Asks a reranking model how well passages fit a query.
public struct RerankClient: Sendable {
  private let model: ModelReference
  private let provider: Provider
  private let credentials: Credentials
  private let network: NetworkSettings

  /// - Parameter credentials: the provider's secrets; they are sent, and stored nowhere.
  public init(
    _ model: ModelReference, of provider: Provider, credentials: Credentials = Credentials(),
    network: NetworkSettings = .ofThisProcess
  ) {
    self.model = model
    self.provider = provider
    self.credentials = credentials
    self.network = network
  }

  /// A score for each passage, in their order, on the model's own scale; it waits for the server.
  ///
  /// Throws `CompletionError`, and `CancellationError` once `isCancelled` says so.
  public func scores(
    of passages: [String], for query: String, isCancelled: () -> Bool
  ) throws -> [Double] {
    guard !passages.isEmpty else { return [] }
    return try withoutActuallyEscaping(isCancelled) { isCancelled in
      let exchange = try JSONExchange(
        "/rerank", of: provider, model: model.model, credentials: credentials, network: network,
        isCancelled: isCancelled)
      var batches = TextBatches()
      return try batches.answers(about: passages) { passages in
        let answer = try exchange.post([
          "model": .string(model.model), "query": .string(query),
          "documents": .array(passages.map(JSON.string)), "top_n": .integer(passages.count),
        ])
        guard let scores = Self.scores(in: answer, count: passages.count) else {
          throw CompletionError(
            "\(exchange.authority) gives no scores for \(passages.count) passages: is "
              + "\(model.model) a model for reranking?")
        }
        return scores
      }
    }
  }

  /// Voyage has `data` where others have `results`. Nil unless there is a score for each.
  private static func scores(in answer: JSON, count: Int) -> [Double]? {
    guard let results = (answer["results"] ?? answer["data"])?.array else { return nil }
    var scores: [Double?] = Array(repeating: nil, count: count)
    for result in results {
      guard let index = result["index"]?.integer, scores.indices.contains(index),
        let score = result["relevance_score"]?.double, score.isFinite
      else { return nil }
      scores[index] = score
    }
    let found = scores.compactMap { $0 }
    return found.count == count ? found : nil
  }
}
