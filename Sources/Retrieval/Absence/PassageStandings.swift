import Core

// Where a passage stands in each leg, however far down that is; and what else there is to say of it.

/// Tells of passages how a search sees them.
public struct PassageStandings {
  /// How deep the fusion is looked through for a passage that is not among those that are fused.
  private static let fusionDepth = 2000

  let index: any PassageStore
  let models: any RetrievalModels
  let isCancelled: () -> Bool

  public init(
    _ index: any PassageStore, models: any RetrievalModels,
    isCancelled: @escaping () -> Bool = { false }
  ) {
    self.index = index
    self.models = models
    self.isCancelled = isCancelled
  }

  /// Why a passage stands where it stands for a query, and what is around it.
  ///
  /// Its standings are those of each leg that the settings use, as far as it has none yet.
  ///
  /// - Parameters:
  ///   - passage: as a search found it, or its neighbour.
  ///   - start: where the passage of the same document begins that is meant; nil for itself.
  public func details(
    of passage: Passage, beginningAt start: Int? = nil, query: String,
    settings: RetrievalSettings
  ) throws -> PassageDetails? {
    guard let meant = try self.passage(beside: passage, beginningAt: start) else { return nil }
    var settings = settings
    settings.filter = PassageFilter()
    let found = try index.passages([meant.id], matching: [query], isCancelled: isCancelled).first
    guard var shown = found else { return nil }
    shown.score = meant.score
    shown.standings = meant.standings
    if !query.isEmpty {
      let legs = try standings(of: shown, query: query, settings)
      shown.standings.merge(legs) { known, _ in known }
    }
    let neighbours = try index.neighbours(of: shown.id)
    return PassageDetails(
      passage: shown,
      terms: try index.explanations(of: [shown.id], for: query, chunking: settings.chunking)[
        shown.id] ?? [],
      indexSize: try index.statistics().passages, before: neighbours.before,
      after: neighbours.after)
  }

  /// The passage of the same document and chunking that begins at a byte, reached over neighbours.
  private func passage(beside passage: Passage, beginningAt start: Int?) throws -> Passage? {
    guard let start, start != passage.bytes.lowerBound else { return passage }
    var current = passage
    while current.bytes.lowerBound != start {
      if isCancelled() { throw CancellationError() }
      let neighbours = try index.neighbours(of: current.id)
      let isBefore = start < current.bytes.lowerBound
      guard let next = isBefore ? neighbours.before : neighbours.after,
        isBefore ? next.bytes.lowerBound >= start : next.bytes.lowerBound <= start
      else { return nil }
      current = next
    }
    return current
  }

  /// Where a passage stands in the legs that some settings use.
  private func standings(
    of passage: Passage, query: String, _ settings: RetrievalSettings
  ) throws -> [Leg: Standing] {
    let embedder = try index.embedder(for: settings)
    return try standings(
      of: passage, queries: [query], embedder: settings.method == .bm25 ? nil : embedder, settings)
  }

  /// Where a passage stands by words, and by vectors where an embedder is named; with several queries,
  /// where it stands best.
  func standings(
    of passage: Passage, queries: [String], embedder: String?, _ settings: RetrievalSettings
  ) throws -> [Leg: Standing] {
    var standings: [Leg: Standing] = [:]
    func note(_ standing: Standing?, in leg: Leg) {
      guard let standing else { return }
      if let known = standings[leg], known.rank <= standing.rank { return }
      standings[leg] = standing
    }
    for query in queries {
      let standing = try index.standing(
        of: passage.id, for: query, filter: settings.filter, isCancelled: isCancelled)
      note(standing, in: .bm25)
    }
    guard let embedder else { return standings }
    let vectors = try models.embedder(named: embedder)
      .vectors(of: queries, as: .query, isCancelled: isCancelled)
    for vector in vectors {
      let standing = try index.standing(
        of: passage.id, for: vector, of: embedder, filter: settings.filter,
        isCancelled: isCancelled)
      note(standing, in: .vector)
    }
    return standings
  }

  /// Where passages stand once the legs are fused, by their ids; a note says so where that isn't exact.
  func fused(
    _ passages: [Passage], query: String, _ settings: RetrievalSettings
  ) throws -> [Int64: (standing: Standing, note: String?)] {
    var settings = settings
    settings.reranker = nil
    settings.diversity = 0
    settings.minimumScore = nil
    var standings: [Int64: (standing: Standing, note: String?)] = [:]
    for depth in [Fusion.depth, Self.fusionDepth] where standings.count < passages.count {
      settings.limit = depth
      let found = try Retriever(index, models: models)
        .search(query, with: settings, isCancelled: isCancelled).passages
      let note =
        "approximately: as if the best \(Numbers.grouped(depth)) of each leg were fused; "
        + "a search fuses the best \(Fusion.depth)"
      for passage in passages where standings[passage.id] == nil {
        guard let place = found.place(of: passage) else { continue }
        standings[passage.id] = (
          Standing(rank: place, score: found[place - 1].score),
          depth == Fusion.depth ? nil : note
        )
      }
    }
    return standings
  }
}
