import Core
import Retrieval

// One index asked with many queries, all with the same settings.

/// Searches an index for documents as evaluation tools want them, and for what a prompt is given.
public struct JudgedSearch {
  /// Finds passages, the best first, by settings whose `limit` is to be kept.
  public typealias Search = (String, RetrievalSettings) throws -> [Passage]

  private let search: Search

  public init(_ search: @escaping Search) { self.search = search }

  /// The best documents for a query, each once, ranked by its best passage.
  ///
  /// One whose best passage isn't among the first `4 * limit` is left out: an index of a few long
  /// documents would otherwise be ranked passage by passage to its end.
  public func documents(
    for query: String, limit: Int, settings: RetrievalSettings
  ) throws -> [RankedDocument] {
    var settings = settings
    // Most documents are of few passages, so that one search will mostly do.
    settings.limit = limit + limit / 2
    var passages = try search(query, settings)
    var documents = passages.rankedDocuments()
    if documents.count < limit, passages.count == settings.limit {
      settings.limit = limit * 4
      passages = try search(query, settings)
      documents = passages.rankedDocuments()
    }
    return Array(documents.prefix(limit))
  }

  /// The passages that a prompt is given: as many as fit the budget.
  public func passages(for query: String, settings: RetrievalSettings) throws -> [Passage] {
    try search(query, settings).fitting(tokens: settings.budget).kept
  }
}
