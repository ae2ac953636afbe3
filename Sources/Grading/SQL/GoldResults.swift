import Synchronization

// What gold queries gave, so that each is run once however many answers are held against it.

/// A bounded cache; it may be used from many threads.
final class GoldResults: Sendable {
  private struct Key: Hashable {
    var file: DatabaseFile
    var query: String
    var limits: SQLLimits
  }

  private struct Kept {
    var outcomes: [Key: Result<SQLResult, SQLFailure>] = [:]
    var size = 0
  }

  private let kept = Mutex(Kept())
  private let sizeLimit = 64 << 20

  /// What is kept of a query, else what it gives now. Failures are kept, too: a gold query that takes
  /// too long would take as long again with each answer.
  func result(
    of query: String, on file: DatabaseFile, limits: SQLLimits,
    otherwise run: () throws(SQLFailure) -> SQLResult
  ) throws(SQLFailure) -> SQLResult {
    let key = Key(file: file, query: query, limits: limits)
    if let outcome = kept.withLock({ $0.outcomes[key] }) { return try outcome.get() }
    let outcome = Result { () throws(SQLFailure) in try run() }
    // A file that could not be read may be readable the next time.
    if case .failure(.database) = outcome { return try outcome.get() }
    let size = 1000 + query.utf8.count + ((try? outcome.get().size) ?? 0)
    kept.withLock { kept in
      if kept.size + size > sizeLimit { kept = Kept() }
      guard size <= sizeLimit else { return }
      kept.outcomes[key] = outcome
      kept.size += size
    }
    return try outcome.get()
  }
}
