import Core
import Retrieval

// A search by words alone, as most tests need it: by the retriever, as everywhere.

extension PassageIndex {
  /// The passages that hold words of a query, the best first.
  func search(
    _ query: String, limit: Int, chunking: Chunking? = nil,
    filter: PassageFilter = PassageFilter(), isCancelled: () -> Bool = { false }
  ) throws -> [Passage] {
    var settings = RetrievalSettings(limit: limit)
    settings.method = .bm25
    settings.chunking = chunking
    settings.filter = filter
    return try Retriever(self, models: BuiltinModels())
      .search(query, with: settings, isCancelled: isCancelled).passages
  }
}
