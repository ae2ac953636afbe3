// How many passages a prompt is given.

/// The limits of what a search gives to a prompt.
public struct RetrievalSettings: Hashable, Sendable {
  /// What `limit` may be.
  public static let limits = 1...100

  /// Passages at most.
  public var limit: Int
  /// Tokens at most, over all passages.
  public var budget: Int

  public init(limit: Int = 6, budget: Int = 2000) {
    self.limit = limit
    self.budget = budget
  }
}
