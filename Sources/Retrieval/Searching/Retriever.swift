import Core

// A search from the settings to the passages: rewriting, the legs, fusion, reranking, diversity, limit.
// It knows the order of the steps; each of them is somebody else's.

/// Finds the models that a search asks for, by their names.
public protocol RetrievalModels: Sendable {
  /// Throws a sentence when there is none of that name, or it can't be used.
  func embedder(named name: String) throws -> any Embedder
  func reranker(_ model: ModelReference) throws -> any Reranker
  /// - Parameter model: nil when the settings name none.
  func rewriter(
    _ rewriting: RetrievalSettings.Rewriting, by model: ModelReference?
  ) throws -> any QueryRewriter
}

/// What a search found, and how.
public struct RetrievalResult: Hashable, Sendable {
  /// The best first. Each has its standing in every leg that found it; `score` is that of the last.
  public var passages: [Passage]
  /// What was searched with: the query, or what was made of it.
  public var queries: [String]
  public var method: RetrievalSettings.Method
  /// Whose vectors were searched; nil when none were.
  public var embedder: String?
  /// How much vectors counted beside words; nil where they weren't searched both.
  public var vectorWeight: Double?
}

/// Searches an index as its settings say.
public struct Retriever {
  /// Passages that a reranker or a choice of unlike ones begins with, unless more are asked for.
  static let shortlist = 50

  private let index: any PassageStore
  private let models: any RetrievalModels

  public init(_ index: any PassageStore, models: any RetrievalModels) {
    self.index = index
    self.models = models
  }

  /// The passages that fit a query best, the best first; the budget isn't applied.
  ///
  /// - Parameter marksMatches: whether passages tell where the words of the query stand in them,
  ///   which takes longer than to find them.
  ///
  /// It may wait for servers: call it on a worker thread. Throws `IndexError`, `EmbeddingError`,
  /// what the models throw, and `CancellationError` once `isCancelled` says so.
  public func search(
    _ query: String, with settings: RetrievalSettings, marksMatches: Bool = true,
    isCancelled: () -> Bool = { false }
  ) throws -> RetrievalResult {
    let embedder = try index.embedder(for: settings)
    let method = settings.method ?? (embedder == nil ? .bm25 : .hybrid)
    let queries = try rewritten(query, settings, isCancelled)
    var result = RetrievalResult(
      passages: [], queries: queries, method: method, embedder: method == .bm25 ? nil : embedder)
    guard settings.limit > 0 else { return result }

    var vectors: [[Float]] = []
    var settings = settings
    if let name = result.embedder {
      let embedder = try models.embedder(named: name)
      settings.vectorWeight = settings.vectorWeight ?? embedder.weight
      vectors = try embedder.vectors(of: queries, as: .query, isCancelled: isCancelled)
      guard vectors.count == queries.count else {
        throw EmbeddingError.wrongCount(
          embedder: name, expected: queries.count, got: vectors.count)
      }
    }
    if method == .hybrid { result.vectorWeight = settings.vectorWeight }
    let isShortened = settings.reranker != nil || settings.diversity > 0
    let count = isShortened ? max(settings.limit, Self.shortlist) : settings.limit
    let isFused = method == .hybrid || queries.count > 1
    let rankings = try index.rankings(
      for: method == .vector ? [] : queries, vectors: vectors, of: result.embedder,
      limit: isFused ? max(settings.limit, Fusion.depth) : count, settings,
      isCancelled: isCancelled)
    var passages = try passages(
      best: count, of: rankings, embedder: result.embedder, marksMatches ? queries : [], settings,
      isCancelled)
    if let reranker = settings.reranker, !passages.isEmpty {
      try rerank(&passages, for: query, by: models.reranker(reranker), isCancelled)
    }
    if let minimum = settings.minimumScore { passages.removeAll { $0.score < minimum } }
    if settings.diversity > 0 {
      passages = try unlike(passages, embedder: result.embedder, settings)
    }
    if isCancelled() { throw CancellationError() }
    result.passages = Array(passages.prefix(settings.limit))
    return result
  }

  private func rewritten(
    _ query: String, _ settings: RetrievalSettings, _ isCancelled: () -> Bool
  ) throws -> [String] {
    guard settings.rewriting != .none else { return [query] }
    let queries = try models.rewriter(settings.rewriting, by: settings.rewriter)
      .queries(for: query, isCancelled: isCancelled)
    return queries.isEmpty ? [query] : queries
  }

  /// The best passages of some rankings, with their standings in each.
  private func passages(
    best count: Int, of rankings: [Ranking], embedder: String?, _ queries: [String],
    _ settings: RetrievalSettings, _ isCancelled: () -> Bool
  ) throws -> [Passage] {
    let best: ArraySlice<RankedPassage>
    if rankings.count == 1, let only = rankings.first {
      best = only.passages.prefix(count)
    } else {
      best = try fused(rankings, embedder: embedder, settings).prefix(count)
    }
    if isCancelled() { throw CancellationError() }
    let standings = Ranking.standings(in: rankings, of: best.map(\.id))
    var passages = try index.passages(best.map(\.id), matching: queries, isCancelled: isCancelled)
    let scores = Dictionary(uniqueKeysWithValues: best.map { ($0.id, $0.score) })
    for place in passages.indices {
      let id = passages[place].id
      passages[place].score = scores[id] ?? 0
      passages[place].standings = standings[id] ?? [:]
    }
    if rankings.count > 1 { passages.setStandings(in: .fused) }
    return passages
  }

  private func fused(
    _ rankings: [Ranking], embedder: String?, _ settings: RetrievalSettings
  ) throws -> [RankedPassage] {
    let weight = settings.vectorWeight ?? 1
    let fused = Fusion.fused(rankings, by: settings.fusion, vectorWeight: weight)
    // At either end of the weight one leg has its way.
    guard let embedder, settings.fusion == .scores, 0 < weight, weight < 1 else { return fused }
    return ScoreSmoothing.smoothed(
      fused,
      vectors: try index.vectors(of: fused.prefix(ScoreSmoothing.depth).map(\.id), by: embedder))
  }

  private func rerank(
    _ passages: inout [Passage], for query: String, by reranker: any Reranker,
    _ isCancelled: () -> Bool
  ) throws {
    let scores = try reranker.scores(
      of: passages.map { ($0.headings + [$0.text]).joined(separator: "\n") }, for: query,
      isCancelled: isCancelled)
    guard scores.count == passages.count, scores.allSatisfy(\.isFinite) else {
      throw RerankingError(expected: passages.count, got: scores.count)
    }
    for (place, score) in scores.enumerated() { passages[place].score = score }
    // By place among equals: what the legs found better stays first.
    passages = passages.enumerated()
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
    passages.setStandings(in: .reranked)
  }

  private func unlike(
    _ passages: [Passage], embedder: String?, _ settings: RetrievalSettings
  ) throws -> [Passage] {
    let likeness = try Likeness(
      of: passages, vectors: embedder.map { try index.vectors(of: passages.map(\.id), by: $0) })
    return Diversity.order(
      of: passages.map(\.score), limit: settings.limit, diversity: settings.diversity,
      similarity: likeness.between
    ).map { passages[$0] }
  }
}

extension [Passage] {
  /// Notes their places and scores as those in a leg.
  fileprivate mutating func setStandings(in leg: Leg) {
    for place in indices {
      self[place].standings[leg] = Standing(rank: place + 1, score: self[place].score)
    }
  }
}

/// A reranker gave no use of itself.
public struct RerankingError: Error, Equatable, CustomStringConvertible {
  public let expected: Int
  public let got: Int

  public var description: String {
    expected == got
      ? "the reranker gave scores that are no numbers; check its server and model"
      : "the reranker gave \(got) scores for \(expected) passages; check its server and model"
  }
}
