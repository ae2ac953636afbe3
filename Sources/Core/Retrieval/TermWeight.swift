// What a word of a query does for a passage.

/// What a term of a query adds to the score of a passage.
public struct TermWeight: Hashable, Sendable {
  /// As the index has it: folded and stemmed.
  public let term: String
  /// As the query has it.
  public let word: String
  /// How often the query has it, up to what counts.
  public let count: Int
  /// How many passages of the index hold it.
  public let passages: Int
  /// How telling it is: larger for a term of fewer passages.
  public let inverseFrequency: Double
  /// How often the passage has it; in names and headings an occurrence counts as two, as a part of
  /// a word as a half.
  public let frequency: Double
  /// Its part of the score. The parts of all terms add up to it.
  public let contribution: Double

  public init(
    term: String, word: String, count: Int = 1, passages: Int, inverseFrequency: Double,
    frequency: Double, contribution: Double
  ) {
    self.term = term
    self.word = word
    self.count = count
    self.passages = passages
    self.inverseFrequency = inverseFrequency
    self.frequency = frequency
    self.contribution = contribution
  }
}

/// Why a passage stands where it stands, and what is around it.
public struct PassageDetails: Hashable, Sendable {
  /// As the index has it, with its standing in each leg and the words of the query that it holds.
  public var passage: Passage
  /// The terms of the query that it holds, in the query's order.
  public var terms: [TermWeight]
  /// Passages in the index, of the same chunking.
  public var indexSize: Int
  /// The passages of the same document before and after it; nil at its ends.
  public var before: Passage?
  public var after: Passage?

  public init(
    passage: Passage, terms: [TermWeight] = [], indexSize: Int = 0, before: Passage? = nil,
    after: Passage? = nil
  ) {
    self.passage = passage
    self.terms = terms
    self.indexSize = indexSize
    self.before = before
    self.after = after
  }
}
