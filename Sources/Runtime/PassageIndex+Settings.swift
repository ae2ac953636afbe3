import Core
import Retrieval

// One way to search an index for all who do: panes, runs, searches and evaluations give the same.

extension PassageIndex {
  /// The passages that fit a query best by some settings, the best first; the budget isn't applied.
  ///
  /// Throws `IndexError`, and `CancellationError` once `isCancelled` says so.
  public func search(
    _ query: String, with settings: RetrievalSettings, isCancelled: () -> Bool = { false }
  ) throws -> [Passage] {
    let passages = try search(
      query, limit: settings.limit, chunking: settings.chunking, isCancelled: isCancelled)
    guard let minimum = settings.minimumScore else { return passages }
    return passages.filter { $0.score >= minimum }
  }
}
