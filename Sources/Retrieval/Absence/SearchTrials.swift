import Core

// Searches that are really run, with what they make of a passage. Nothing is said to help that was not
// tried here.

/// Searches an index with one query and many settings.
struct SearchTrials {
  /// Settings, and a query, with what sets them apart from what was asked.
  struct Variant: Hashable {
    var query: String
    var settings: RetrievalSettings
    /// `vector-weight=0.6`; nothing for what was asked itself.
    var changes: [String] = []
  }

  /// What a prompt is given of a search, and what it isn't.
  struct Outcome {
    var variant: Variant
    /// Best first; more than the limit where that makes no difference to their order.
    var found: [Passage]
    var queries: [String]
    var method: RetrievalSettings.Method
    var embedder: String?
  }

  /// How far down a passage is looked for.
  static let depth = 100

  let index: any PassageStore
  let models: RememberedModels
  let isCancelled: () -> Bool

  /// Runs a search, and looks down to `depth` where its order doesn't depend on how much is asked for.
  func outcome(of variant: Variant) throws -> Outcome {
    var settings = variant.settings
    if !settings.isShortlisted { settings.limit = max(settings.limit, Self.depth) }
    let result = try search(variant.query, settings)
    return Outcome(
      variant: variant, found: result.passages, queries: result.queries, method: result.method,
      embedder: result.embedder)
  }

  func search(_ query: String, _ settings: RetrievalSettings) throws -> RetrievalResult {
    if isCancelled() { throw CancellationError() }
    return try Retriever(index, models: models)
      .search(query, with: settings, isCancelled: isCancelled)
  }

  /// What has to change beside a variant so that a passage is given: nothing, the limit, the budget, or
  /// both; nil where that doesn't help. What it gives was tried.
  func remedy(for passage: Passage, by outcome: Outcome) throws -> AbsentPassage.Remedy? {
    var variant = outcome.variant
    var found = outcome.found
    if outcome.place(of: passage) == nil, variant.settings.isShortlisted {
      var deeper = variant.settings
      deeper.limit = max(deeper.limit, Self.depth)
      found = try search(variant.query, deeper).passages
    }
    guard let place = found.place(of: passage) else { return nil }
    if place > variant.settings.limit {
      variant.settings.limit = place
      variant.changes.append("k=\(place)")
    }
    var rank = try self.rank(of: passage, given: variant)
    if rank == nil {
      // With room for all before it, it surely fits.
      let needed = found.prefix(place).reduce(0) { $0 + $1.tokens }
      guard needed > variant.settings.budget else { return nil }
      variant.settings.budget = needed
      variant.changes.append("budget=\(needed)")
      rank = try self.rank(of: passage, given: variant)
    }
    return rank.map {
      AbsentPassage.Remedy(
        changes: variant.changes, settings: variant.settings,
        query: variant.query, rank: $0)
    }
  }

  /// The place of a passage among those that a prompt is given; nil where it isn't among them.
  private func rank(of passage: Passage, given variant: Variant) throws -> Int? {
    try search(variant.query, variant.settings).passages
      .fitting(tokens: variant.settings.budget).kept.place(of: passage)
  }
}

extension SearchTrials.Outcome {
  /// The place of a passage among those found, from 1.
  func place(of passage: Passage) -> Int? { found.place(of: passage) }

  /// What the prompt is given.
  var given: [Passage] {
    found.prefix(variant.settings.limit).fitting(tokens: variant.settings.budget).kept
  }
}

extension RetrievalSettings {
  /// Whether the order of what is found depends on how much is asked for.
  var isShortlisted: Bool { reranker != nil || diversity > 0 }
}

extension Passage {
  /// Whether it is another one, or, cut in another way, has its beginning.
  func stands(for other: Passage) -> Bool {
    id == other.id
      || source == other.source && row == other.row && bytes.contains(other.bytes.lowerBound)
  }
}

extension [Passage] {
  /// The place of a passage, from 1.
  func place(of passage: Passage) -> Int? {
    firstIndex { $0.stands(for: passage) }.map { $0 + 1 }
  }
}
