import Core

// Vectors of texts from a server: `/v1/embeddings` as OpenAI defines it, and most servers speak it, or
// Ollama's `/api/embed`.

/// Asks one model of a server for the vectors of texts.
public struct EmbeddingClient: Sendable {
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

  /// What a server gave for some texts.
  public struct Embedding: Equatable, Sendable {
    /// A vector for each text, in their order.
    public var vectors: [[Float]]
    /// Texts that were too long for the model, so that only their beginnings were embedded.
    public var cutTexts = 0
  }

  /// A vector for each text; it waits for the server.
  ///
  /// `TextBatches` tells what is done where the server refuses a request for its size. Throws
  /// `CompletionError`, and `CancellationError` once `isCancelled` says so.
  public func embedding(of texts: [String], isCancelled: () -> Bool) throws -> Embedding {
    guard provider.wire != .messages else {
      throw CompletionError(
        "\(provider.name) gives no embeddings: its protocol has none. Name another server.")
    }
    return try withoutActuallyEscaping(isCancelled) { isCancelled in
      let exchange = try JSONExchange(
        provider.wire == .ollamaChat ? "/api/embed" : "/embeddings", of: provider,
        model: model.model, credentials: credentials, network: network, isCancelled: isCancelled)
      var batches = TextBatches()
      let vectors = try batches.answers(about: texts) { try self.vectors(of: $0, exchange) }
      return Embedding(vectors: vectors, cutTexts: batches.cutTexts)
    }
  }

  private func vectors(of texts: [String], _ exchange: JSONExchange) throws -> [[Float]] {
    let answer = try exchange.post(
      ["model": .string(model.model), "input": .array(texts.map(JSON.string))])
    guard let vectors = Self.vectors(in: answer, count: texts.count) else {
      throw CompletionError(
        "\(exchange.authority) gives no vectors for \(texts.count) texts: is \(model.model) a "
          + "model for embeddings?")
    }
    return vectors
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
