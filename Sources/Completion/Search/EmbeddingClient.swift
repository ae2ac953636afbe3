import Core

// Vectors of texts from a server: `/v1/embeddings` as OpenAI defines it, and most servers speak it, or
// Ollama's `/api/embed`.

/// Asks one model of a server for the vectors of texts.
public struct EmbeddingClient: Sendable {
  /// Texts a request at most, and their bytes together: servers have limits for both.
  private static let batch = (texts: 64, bytes: 256 << 10)

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

  /// A vector for each text, in their order; it waits for the server.
  ///
  /// Throws `CompletionError`, and `CancellationError` once `isCancelled` says so.
  public func vectors(of texts: [String], isCancelled: () -> Bool) throws -> [[Float]] {
    guard provider.wire != .messages else {
      throw CompletionError(
        "\(provider.name) gives no embeddings: its protocol has none. Name another server.")
    }
    return try withoutActuallyEscaping(isCancelled) { isCancelled in
      let exchange = try JSONExchange(
        provider.wire == .ollamaChat ? "/api/embed" : "/embeddings", of: provider,
        model: model.model, credentials: credentials, network: network, isCancelled: isCancelled)
      var vectors: [[Float]] = []
      var rest = texts[...]
      while !rest.isEmpty {
        if isCancelled() { throw CancellationError() }
        let batch = Self.firstBatch(of: rest)
        rest = rest.dropFirst(batch.count)
        let answer = try exchange.post(
          ["model": .string(model.model), "input": .array(batch.map(JSON.string))])
        guard let batchVectors = Self.vectors(in: answer, count: batch.count) else {
          throw CompletionError(
            "\(exchange.authority) gives no vectors for \(batch.count) texts: is \(model.model) a "
              + "model for embeddings?")
        }
        vectors += batchVectors
      }
      return vectors
    }
  }

  private static func firstBatch(of texts: ArraySlice<String>) -> ArraySlice<String> {
    var bytes = 0
    let fitting = texts.prefix(batch.texts).prefix { text in
      bytes += text.utf8.count
      return bytes <= batch.bytes
    }
    return fitting.isEmpty ? texts.prefix(1) : fitting
  }

  /// The vectors of an answer in the order of the texts; nil unless there is one for each.
  private static func vectors(in answer: JSON, count: Int) -> [[Float]]? {
    var vectors: [[Float]?] = Array(repeating: nil, count: count)
    if let data = answer["data"]?.array {
      for (place, item) in data.enumerated() {
        let index = item["index"]?.integer ?? place
        guard vectors.indices.contains(index) else { return nil }
        vectors[index] = vector(item["embedding"])
      }
    } else if let data = answer["embeddings"]?.array, data.count == count {
      vectors = data.map(vector)
    }
    let found = vectors.compactMap { $0 }
    return found.count == count ? found : nil
  }

  private static func vector(_ json: JSON?) -> [Float]? {
    guard let numbers = json?.array, !numbers.isEmpty else { return nil }
    let vector = numbers.compactMap { $0.double.map { Float($0) } }
    return vector.count == numbers.count && vector.allSatisfy(\.isFinite) ? vector : nil
  }
}
