import Core
import Synchronization

// Many searches with one query, each a little different: what a server said once is not asked again,
// and a model that would say something else each time can't make two searches differ.

/// Models whose answers are remembered.
final class RememberedModels: RetrievalModels {
  private let models: any RetrievalModels
  private let memory = Mutex(Memory())

  struct Memory {
    var vectors: [String: [Float]] = [:]
    var scores: [String: Double] = [:]
    var queries: [String: [String]] = [:]
  }

  init(_ models: any RetrievalModels) { self.models = models }

  func embedder(named name: String) throws -> any Embedder {
    RememberedEmbedder(embedder: try models.embedder(named: name), memory: self)
  }

  func reranker(_ model: ModelReference) throws -> any Reranker {
    RememberedReranker(
      reranker: try models.reranker(model), model: model.description, memory: self)
  }

  func rewriter(
    _ rewriting: RetrievalSettings.Rewriting, by model: ModelReference?
  ) throws -> any QueryRewriter {
    RememberedRewriter(
      rewriter: try models.rewriter(rewriting, by: model),
      key: "\(rewriting.rawValue) \(model?.description ?? "")", memory: self)
  }

  /// Values by their keys; those that are not known are made, in one go.
  func remembered<Value>(
    _ keys: [String], in path: WritableKeyPath<Memory, [String: Value]> & Sendable,
    make: ([Int]) throws -> [Value]
  ) rethrows -> [Value] {
    let known = memory.withLock { memory in keys.map { memory[keyPath: path][$0] } }
    let missing = known.indices.filter { known[$0] == nil }
    guard !missing.isEmpty else { return known.compactMap(\.self) }
    let made = try make(missing)
    // A wrong number is for the one who asked to tell of.
    guard made.count == missing.count else { return made }
    var values = known
    for (place, value) in zip(missing, made) { values[place] = value }
    memory.withLock { memory in
      for (place, value) in zip(missing, made) { memory[keyPath: path][keys[place]] = value }
    }
    return values.compactMap(\.self)
  }
}

private struct RememberedEmbedder: Embedder {
  let embedder: any Embedder
  let memory: RememberedModels

  var name: String { embedder.name }
  var weight: Double { embedder.weight }

  func vectors(
    of texts: [String], as role: EmbeddingRole, isCancelled: () -> Bool
  ) throws -> [[Float]] {
    try memory.remembered(texts.map { "\(name) \(role) \($0)" }, in: \.vectors) { missing in
      try embedder.vectors(of: missing.map { texts[$0] }, as: role, isCancelled: isCancelled)
    }
  }
}

private struct RememberedReranker: Reranker {
  let reranker: any Reranker
  let model: String
  let memory: RememberedModels

  func scores(
    of passages: [String], for query: String, isCancelled: () -> Bool
  ) throws -> [Double] {
    try memory.remembered(passages.map { "\(model) \(query)\n\($0)" }, in: \.scores) { missing in
      try reranker.scores(
        of: missing.map { passages[$0] }, for: query, isCancelled: isCancelled)
    }
  }
}

private struct RememberedRewriter: QueryRewriter {
  let rewriter: any QueryRewriter
  let key: String
  let memory: RememberedModels

  func queries(for query: String, isCancelled: () -> Bool) throws -> [String] {
    try memory.remembered(["\(key) \(query)"], in: \.queries) { _ in
      [try rewriter.queries(for: query, isCancelled: isCancelled)]
    }.first ?? []
  }
}
