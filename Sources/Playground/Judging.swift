import Core

// Marking what is relevant while one looks at it.

/// A passage that a person says something of, for the query that found it.
public struct PassageJudging: Hashable, Sendable {
  /// The index by its name.
  public var index: String
  /// As it was searched with.
  public var query: String
  public var passage: Passage
  /// 0 for not relevant, and the larger the better; nil takes back what was said before.
  public var grade: Int?

  public init(index: String, query: String, passage: Passage, grade: Int?) {
    self.index = index
    self.query = query
    self.passage = passage
    self.grade = grade
  }
}

/// What is known to be relevant to a query of an index.
public struct QueryRelevance: Hashable, Sendable {
  public var index: String
  public var query: String
  public var relevance: Relevance

  public init(index: String, query: String, relevance: Relevance) {
    self.index = index
    self.query = query
    self.relevance = relevance
  }
}
