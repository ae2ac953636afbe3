// How many passages a prompt is given.

public struct RetrievalSettings: Hashable, Sendable {
  /// Passages at most.
  public var limit: Int
  /// Tokens at most, over all passages.
  public var budget: Int

  public init(limit: Int = 6, budget: Int = 2000) {
    self.limit = limit
    self.budget = budget
  }
}
