import Core

// The passages that the prompt is given, and those that the budget or a person keeps from it.

/// The passages of the prompt, and the search that brings them.
public struct ContextPane: Hashable, Sendable {
  /// The index that is searched; nil for none.
  public var index: String?
  public var settings: RetrievalSettings
  /// What the settings were when whet was started, drafts apart.
  public let initialSettings: RetrievalSettings
  /// What a person has changed about the passages, for this prompt on this index.
  public var curation = PassageCuration()
  /// What the prompt is given, what it isn't, and why.
  public private(set) var curated = CuratedPassages()
  /// How that differs from before the last turn of a setting.
  public private(set) var changes = PassageChanges()
  /// What the passages were found with, and how; nil for those that no search found.
  public private(set) var result: SearchResult?
  /// What the last search was asked for.
  var request: SearchRequest?
  /// What `result` is the answer to.
  public private(set) var answered: SearchRequest?
  /// Passages as they were found, or brought along, best first.
  private var brought: [Passage] = []
  /// Passages in the whole index; nil until a search has told.
  public var indexSize: Int?
  /// The search that is under way.
  public var pendingSearch: Int?
  /// What the passages were found with; nil before the first search.
  public var query: String?
  /// The passages that a case brought along, in place of a search; nil for none.
  public var givenPassages: [Passage]?
  /// Why there are none, when something is wrong.
  public var problem: String?
  /// The selected passage's place in `found`, from 0.
  public private(set) var selection = 0
  /// The first passage that is shown.
  public private(set) var top = 0

  /// Passages that say something of the sentence at the cursor in an answer, best first; of a run,
  /// which may have been given others than those that are listed.
  public private(set) var lit: [LitPassage] = []

  /// - Parameter initialSettings: nil for the settings themselves.
  public init(
    index: String?, settings: RetrievalSettings, initialSettings: RetrievalSettings? = nil
  ) {
    self.index = index
    self.settings = settings
    self.initialSettings = initialSettings ?? settings
  }

  /// What the prompt is given, in that order. Setting it shows passages that no search found.
  public internal(set) var passages: [Passage] {
    get { curated.given }
    set {
      result = nil
      answered = nil
      changes = PassageChanges()
      brought = newValue
      curate()
    }
  }

  /// What was found, but does not fit the budget.
  public var cut: [Passage] { curated.cut }

  /// All that is listed: what is given and what was dropped, then what was cut.
  public var found: [Passage] { curated.entries.map(\.passage) }

  /// The selected passage, and what becomes of it.
  public var selected: CuratedPassages.Entry? {
    let entries = curated.entries
    return entries.indices.contains(selection) ? entries[selection] : nil
  }

  /// The estimated tokens of what the prompt is given.
  public var tokens: Int { passages.reduce(0) { $0 + $1.tokens } }

  /// The legs that were searched; fused ranks are none of their own.
  public var legs: [Leg] {
    var legs = Set(curated.entries.flatMap(\.passage.standings.keys))
    switch result?.method {
    case .bm25: legs.insert(.bm25)
    case .vector: legs.insert(.vector)
    case .hybrid: legs.formUnion([.bm25, .vector])
    case nil: break
    }
    legs.remove(.fused)
    return legs.sorted()
  }

  /// What was searched with in place of the question; empty where it was searched with itself.
  public var rewrittenQueries: [String] {
    guard let result, result.queries != [answered?.query].compactMap(\.self) else { return [] }
    return result.queries
  }

  // MARK: Passages that come

  /// Takes in what a search found, and compares it with what there was where only settings differ.
  mutating func take(_ result: SearchResult, height: Int) {
    let before = passages
    let selected = selected?.original.origin
    let isSameQuestion =
      answered != nil && answered?.query == request?.query && answered?.index == request?.index
    let isTurned = isSameQuestion && answered?.retrieval != request?.retrieval
    problem = nil
    indexSize = result.indexSize
    self.result = result
    answered = request
    brought = result.passages
    curate()
    if isTurned {
      changes = PassageChanges(from: before, to: passages)
    } else if !isSameQuestion {
      changes = PassageChanges()
    }
    select(isSameQuestion ? selected : nil, height: height)
  }

  /// A search came to nothing: nothing is given, not even what is pinned, until one succeeds.
  mutating func fail(_ problem: String) {
    passages = []
    curated = CuratedPassages()
    self.problem = problem
    (selection, top) = (0, 0)
  }

  /// Applies another budget to what was found.
  mutating func turn(budget: Int, height: Int) {
    let before = passages
    let selected = selected?.original.origin
    settings.budget = budget
    curate()
    changes = PassageChanges(from: before, to: passages)
    select(selected, height: height)
  }

  /// Changes what is given by hand; the selection stays on its passage.
  mutating func curate(height: Int, _ change: (inout PassageCuration) -> Void) {
    let selected = selected?.original.origin
    change(&curation)
    curate()
    select(selected, height: height)
  }

  private mutating func curate() {
    curated = curation.applied(to: brought, budget: result == nil ? nil : settings.budget)
  }

  // MARK: The selection

  /// Lights passages, and scrolls as little as shows the first that is listed; the selection stays.
  mutating func light(_ passages: [LitPassage], height: Int) {
    lit = passages
    let places = passages.compactMap { lit in
      curated.entries.firstIndex { $0.original.origin == lit.passage.origin }
    }
    if let place = places.first { top = self.top(showing: place, height: height) }
  }

  /// What of a listed passage is lit; nil where it isn't.
  ///
  /// A passage that was edited since has no stretches in common with the run's.
  public func litSpans(of entry: CuratedPassages.Entry) -> [Range<Int>]? {
    guard let lit = lit.first(where: { $0.passage.origin == entry.original.origin }) else {
      return nil
    }
    return lit.passage.text == entry.passage.text ? lit.spans : []
  }

  private mutating func select(_ origin: PassageOrigin?, height: Int) {
    let place = origin.flatMap { origin in
      curated.entries.firstIndex { $0.original.origin == origin }
    }
    select(place ?? (origin == nil ? 0 : selection), height: height)
  }

  /// Selects a passage, and scrolls as little as shows it.
  ///
  /// - Parameter height: the rows of the pane.
  public mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, curated.entries.count - 1))
    top = top(showing: selection, height: height)
  }

  /// The first passage that is to be shown, for another one to be in sight.
  private func top(showing place: Int, height: Int) -> Int {
    // One row may go to the line above what the budget cuts.
    let room = listHeight(in: height) - (cut.isEmpty ? 0 : 1)
    let shown = max(1, room / Self.rowsPerPassage)
    // No row stays empty while there are passages above.
    return min(
      max(min(top, place), place - shown + 1), max(0, curated.entries.count - shown))
  }
}
