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

  /// What came of a variant.
  struct Outcome {
    var variant: Variant
    /// Best first; more than the limit where their order doesn't depend on it.
    var found: [Passage]
    /// With a larger limit, where the order depends on it; else the same.
    var deeplyFound: [Passage]
    var queries: [String]
    var method: RetrievalSettings.Method
    var embedder: String?
    /// Whether the passages that are looked for are cut in another way.
    fileprivate var isRecut: Bool
  }

  /// How far down a passage is looked for.
  static let depth = 100

  let index: any PassageStore
  let models: RememberedModels
  /// That of the passages that are looked for; nil for the index's first.
  let chunking: Chunking?
  let standardChunking: Chunking?
  let isCancelled: () -> Bool

  /// Runs a search, and one that looks deeper.
  func outcome(of variant: Variant) throws -> Outcome {
    var settings = variant.settings
    settings.limit = max(settings.limit, Self.depth)
    let deep = try search(variant.query, settings)
    let found =
      settings.isShortlisted ? try search(variant.query, variant.settings).passages : deep.passages
    return Outcome(
      variant: variant, found: found, deeplyFound: deep.passages, queries: deep.queries,
      method: deep.method, embedder: deep.embedder, isRecut: isRecut(by: variant.settings))
  }

  private func isRecut(by settings: RetrievalSettings) -> Bool {
    settings.chunking ?? standardChunking != chunking ?? standardChunking
  }

  func search(_ query: String, _ settings: RetrievalSettings) throws -> RetrievalResult {
    if isCancelled() { throw CancellationError() }
    return try Retriever(index, models: models)
      .search(query, with: settings, isCancelled: isCancelled)
  }

  /// Runs a variant; nil when it doesn't give a passage to the prompt.
  func remedy(for passage: Passage, by variant: Variant) throws -> AbsentPassage.Remedy? {
    try search(variant.query, variant.settings).passages
      .fitting(tokens: variant.settings.budget).kept
      .place(of: passage, isRecut: isRecut(by: variant.settings))
      .map {
        AbsentPassage.Remedy(
          changes: variant.changes, settings: variant.settings, query: variant.query, rank: $0)
      }
  }
}

extension SearchTrials.Outcome {
  /// The place of a passage among those found, from 1.
  func place(of passage: Passage) -> Int? { place(of: passage, among: found) }

  /// The place of a passage among some of them, from 1.
  func place(of passage: Passage, among passages: [Passage]) -> Int? {
    passages.place(of: passage, isRecut: isRecut)
  }

  /// What the prompt is given.
  var given: [Passage] {
    found.prefix(variant.settings.limit).fitting(tokens: variant.settings.budget).kept
  }

  /// The variant with as large a limit and a budget as should give a passage to the prompt; nil where
  /// the search doesn't find it.
  func variant(giving passage: Passage) -> SearchTrials.Variant? {
    var variant = variant
    let passages = place(of: passage) == nil ? deeplyFound : found
    guard let place = self.place(of: passage, among: passages) else { return nil }
    if place > variant.settings.limit {
      variant.settings.limit = place
      variant.changes.append("k=\(place)")
    }
    let before = passages.prefix(variant.settings.limit)
    let kept = before.fitting(tokens: variant.settings.budget).kept
    if self.place(of: passage, among: kept) == nil {
      // With room for all before it, it surely fits.
      let needed = before.prefix(place).reduce(0) { $0 + $1.tokens }
      variant.settings.budget = needed
      variant.changes.append("budget=\(needed)")
    }
    return variant
  }
}

extension RetrievalSettings {
  /// Whether the order of what is found depends on how much is asked for.
  var isShortlisted: Bool { reranker != nil || diversity > 0 }
}

extension [Passage] {
  /// The place of a passage, from 1; where it is cut in another way, that of the one with its
  /// beginning.
  func place(of passage: Passage, isRecut: Bool = false) -> Int? {
    firstIndex { other in
      guard isRecut else { return other.id == passage.id }
      return other.document == passage.document && other.source == passage.source
        && other.bytes.contains(passage.bytes.lowerBound)
    }.map { $0 + 1 }
  }
}
