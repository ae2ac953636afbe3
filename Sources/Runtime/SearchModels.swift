import Completion
import Core
import Foundation
import Retrieval
import Synchronization

// The models that a search asks for, by the names that people give them: what is built in, and what
// servers have. Joins the room that searches with the one that talks to servers.

/// Finds embedders, rerankers and rewriters by their names. Called from worker threads.
public final class SearchModels: RetrievalModels {
  private let folders: Folders
  let environment: [String: String]
  private let providers: [Provider]
  private let catalog: ModelCatalog
  private let budget: SearchBudget?
  /// Of providers whose secrets commands have printed, by name.
  private let known = Mutex<[String: Credentials]>([:])

  /// - Parameters:
  ///   - environment: holds secrets; commands that print some see it, too.
  ///   - providers: the servers that are known.
  ///   - budget: what they may cost together; nil for no limit.
  public init(
    folders: Folders, environment: [String: String], providers: [Provider],
    catalog: ModelCatalog = ModelCatalog(), budget: SearchBudget? = nil
  ) {
    self.folders = folders
    self.environment = environment
    self.providers = providers
    self.catalog = catalog
    self.budget = budget
  }

  public func embedder(named name: String) throws -> any Embedder {
    if name == StaticEmbedder.name {
      guard let table = folders.staticEmbedding else { throw MissingEmbeddingError() }
      return try StaticEmbedder(path: table)
    }
    guard let model = ModelReference(name) else { throw UnknownModelError(name: name) }
    let provider = try provider(of: model)
    return ServerEmbedder(
      name: name,
      client: EmbeddingClient(model, of: provider, credentials: try credentials(of: provider)),
      prefixes: catalog.profile(of: model).embeddingPrefixes
        ?? EmbeddingPrefixes(ofModel: model.model),
      spend: charge(by: model))
  }

  /// A model whose name says that it reranks, or is a cross-encoder, is asked at `/rerank`; any other
  /// is asked in words.
  public func reranker(_ model: ModelReference) throws -> any Reranker {
    let name = model.model.lowercased()
    guard name.contains("rerank") || name.contains("cross-encoder") else {
      return ChatReranker(model: try chatModel(model), spend: charge(by: model))
    }
    let provider = try provider(of: model)
    return ServerReranker(
      client: RerankClient(model, of: provider, credentials: try credentials(of: provider)),
      spend: charge(by: model))
  }

  public func rewriter(
    _ rewriting: RetrievalSettings.Rewriting, by model: ModelReference?
  ) throws -> any QueryRewriter {
    guard let model else { throw MissingRewriterError(rewriting: rewriting) }
    return ChatRewriter(
      model: try chatModel(model), rewriting: rewriting, spend: charge(by: model))
  }

  /// Counts what a model is about to be asked.
  private func charge(by model: ModelReference) -> Charge {
    guard let budget else { return { _, _ in } }
    return { [catalog] texts, answers in
      try budget.spend(
        on: texts, answerTokens: answers * ChatModel.mostAnswerTokens, by: model, catalog)
    }
  }

  private func chatModel(_ model: ModelReference) throws -> ChatModel {
    if model.isBuiltin { return ChatModel(model, of: nil) }
    let provider = try provider(of: model)
    return ChatModel(
      model, of: provider, profile: catalog.profile(of: model),
      credentials: try credentials(of: provider))
  }

  private func provider(of model: ModelReference) throws -> Provider {
    guard let provider = providers.first(where: { $0.name == model.provider }) else {
      throw UnknownModelError(name: model.description)
    }
    return provider
  }

  /// Waits for the commands that print secrets; what they printed is kept in memory.
  func credentials(of provider: Provider) throws -> Credentials {
    if let known = known.withLock({ $0[provider.name] }) { return known }
    let keys = KeyRing(environment: environment)
    var waiting = keys.startCommands(for: provider)
    while !waiting.isEmpty {
      var polled = pollfd(fd: keys.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&polled, 1, -1)
      for ended in keys.collect() {
        if let failure = ended.failure { throw failure }
        waiting.remove(ended.command)
      }
    }
    let credentials = keys.credentials(of: provider)
    known.withLock { $0[provider.name] = credentials }
    return credentials
  }
}

/// Takes the texts that are sent, and the number of answers in words that are asked for.
private typealias Charge = @Sendable ([String], Int) throws -> Void

private final class ServerEmbedder: Embedder {
  let name: String
  private let client: EmbeddingClient
  private let prefixes: EmbeddingPrefixes
  private let spend: Charge
  private let cut = Mutex(0)

  init(
    name: String, client: EmbeddingClient, prefixes: EmbeddingPrefixes, spend: @escaping Charge
  ) {
    self.name = name
    self.client = client
    self.prefixes = prefixes
    self.spend = spend
  }

  var cutTexts: Int { cut.withLock { $0 } }

  func vectors(
    of texts: [String], as role: EmbeddingRole, isCancelled: () -> Bool
  ) throws -> [[Float]] {
    let prefix = role == .query ? prefixes.query : prefixes.passage
    let texts = texts.map { prefix + $0 }
    try spend(texts, 0)
    let embedding = try client.embedding(of: texts, isCancelled: isCancelled)
    cut.withLock { $0 += embedding.cutTexts }
    return embedding.vectors
  }
}

private struct ServerReranker: Reranker {
  let client: RerankClient
  let spend: Charge

  func scores(
    of passages: [String], for query: String, isCancelled: () -> Bool
  ) throws -> [Double] {
    // Each passage is read with the query.
    try spend(passages + passages.map { _ in query }, 0)
    return try client.scores(of: passages, for: query, isCancelled: isCancelled)
  }
}

private struct ChatReranker: Reranker {
  let model: ChatModel
  let spend: Charge

  func scores(
    of passages: [String], for query: String, isCancelled: () -> Bool
  ) throws -> [Double] {
    try spend(ChatModel.ratingPrompts(for: passages, query: query), passages.count)
    return try model.scores(of: passages, for: query, isCancelled: isCancelled)
  }
}

private struct ChatRewriter: QueryRewriter {
  let model: ChatModel
  let rewriting: RetrievalSettings.Rewriting
  let spend: Charge

  func queries(for query: String, isCancelled: () -> Bool) throws -> [String] {
    try spend(ChatModel.rewritingPrompts(for: query, by: rewriting), 1)
    return try model.queries(for: query, by: rewriting, isCancelled: isCancelled)
  }
}

/// No server is known that has a model of that name.
public struct UnknownModelError: Error, CustomStringConvertible {
  let name: String

  public var description: String {
    "There is no server for '\(name)': write provider/model, with a provider that is configured, or "
      + "'\(StaticEmbedder.name)', which is built in."
  }
}

/// What ships with whet can't be found.
public struct MissingEmbeddingError: Error, CustomStringConvertible {
  public var description: String {
    "The built-in embedding can't be found: set WHET_SHARE to the folder that holds 'embeddings'."
  }
}

/// A query is to be rewritten, and nothing says by what.
public struct MissingRewriterError: Error, CustomStringConvertible {
  let rewriting: RetrievalSettings.Rewriting

  public var description: String {
    "The rewriting '\(rewriting.rawValue)' needs a model: name one with rewrite-model, as in "
      + "--rewrite-model ollama/llama3.2."
  }
}
