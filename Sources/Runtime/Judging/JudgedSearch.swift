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
  /// Passages are asked for until there are as many documents, or no more passages.
  public func documents(
    for query: String, limit: Int, settings: RetrievalSettings
  ) throws -> [RankedDocument] {
    var settings = settings
    settings.limit = limit
    while true {
      let passages = try search(query, settings)
      let documents = passages.rankedDocuments()
      if documents.count >= limit || passages.count < settings.limit {
        return Array(documents.prefix(limit))
      }
      settings.limit *= 2
    }
  }

  /// The passages that a prompt is given: as many as fit the budget.
  public func passages(for query: String, settings: RetrievalSettings) throws -> [Passage] {
    try search(query, settings).fitting(tokens: settings.budget).kept
  }
}
