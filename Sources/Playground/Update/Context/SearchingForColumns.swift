import Core

// The passages of columns that have retrieval settings of their own: searched for when a run begins,
// on a worker, by the same retriever as those of the context pane.

/// The searches of columns for one run of all of them.
struct ColumnSearches: Hashable, Sendable {
  /// What is searched, and how.
  struct Search: Hashable, Sendable {
    var query: String
    var index: String
    var settings: RetrievalSettings
  }

  /// Those under way, by the numbers of their requests.
  var pending: [Int: Search] = [:]
  /// What the others have found, as far as it fits their budgets.
  var found: [Search: [Passage]] = [:]
}

extension State {
  /// Asks for the passages that columns still lack, each search once.
  mutating func searchForColumns() -> [Effect] {
    guard columnSearches.pending.isEmpty else { return [] }
    var effects: [Effect] = []
    for index in columns.indices {
      guard let search = ownSearch(ofColumn: index), columnSearches.found[search] == nil,
        !columnSearches.pending.values.contains(search)
      else { continue }
      let request = SearchRequest(
        number: takeNumber(), query: search.query, index: search.index, retrieval: search.settings)
      columnSearches.pending[request.number] = search
      effects.append(.searchAside(request))
    }
    return effects
  }

  /// The search that a column has of its own; nil where it takes part in that of the context pane, or
  /// where there is nothing to search for.
  private func ownSearch(ofColumn index: Int) -> ColumnSearches.Search? {
    let query = prompt.question
    guard case .settings(let settings, let name) = columns[index].variant.context,
      context.givenPassages == nil, query.contains(where: { !$0.isWhitespace })
    else { return nil }
    return ColumnSearches.Search(query: query, index: name, settings: settings)
  }

  /// What a column gives to its prompt, once its search has been made.
  func passages(ofColumn index: Int) -> [Passage] {
    if let passages = columns[index].variant.passages(of: context.passages) { return passages }
    // A case that brought its passages along is no question of search.
    if let given = context.givenPassages { return given }
    return ownSearch(ofColumn: index).flatMap { columnSearches.found[$0] } ?? []
  }

  mutating func takeForColumn(_ result: SearchResult) -> [Effect] {
    guard let search = columnSearches.pending.removeValue(forKey: result.number) else { return [] }
    columnSearches.found[search] =
      result.passages.fitting(tokens: search.settings.budget).kept
    guard columnSearches.pending.isEmpty else { return [] }
    notice = nil
    // The prompt may have been edited meanwhile: then it's searched for anew.
    return settle() + runWithInputs()
  }

  /// Answers with other passages than were asked for would mislead: no column is run.
  mutating func searchForColumnFailed(_ number: Int, _ problem: String) -> [Effect] {
    guard let search = columnSearches.pending[number] else { return [] }
    let letters = columns.indices.filter { ownSearch(ofColumn: $0) == search }
      .map(Column.letter).joined(separator: ", ")
    columnSearches = ColumnSearches()
    notice = Notice(.error, "Nothing was run: the search of \(letters): \(problem)")
    return []
  }
}
