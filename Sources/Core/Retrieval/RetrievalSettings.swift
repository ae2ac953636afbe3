// What is searched for a prompt, how, and how much of what is found it is given.

/// How a search goes about its work, and the limits of what it gives to a prompt.
public struct RetrievalSettings: Hashable, Sendable {
  /// Which legs look for passages.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    case bm25, vector, hybrid
  }

  /// How the legs of a hybrid search are brought together.
  public enum Fusion: String, Hashable, Sendable, CaseIterable {
    /// By scores brought to one scale, weighted by how sure each leg is.
    case scores
    /// By the sum of reciprocal ranks.
    case ranks
  }

  /// What is done to a query before it is searched with.
  public enum Rewriting: String, Hashable, Sendable, CaseIterable {
    /// As it was typed.
    case none
    /// Words that mean the same are added.
    case expansion
    /// The answer that a model makes up is searched with, too (HyDE).
    case hypothesis
    /// Each of the questions that it is made of is searched with.
    case decomposition
  }

  /// What `limit` may be.
  public static let limits = 1...100

  /// Passages at most.
  public var limit: Int
  /// Tokens at most, over all passages.
  public var budget: Int
  /// The cuts of the documents that are searched; nil for those that the index was made with first.
  public var chunking: Chunking?
  /// Nil leaves the choice to the index: hybrid where it has vectors, else BM25.
  public var method: Method?
  /// Whose vectors are searched; nil for those of which the index has most.
  public var embedder: ModelReference?
  public var fusion = Fusion.scores
  /// How much vectors count in a hybrid search, from 0 to 1; words have the rest. Nil leaves it to the
  /// embedder.
  public var vectorWeight: Double?
  /// How much passages unlike those before are preferred (MMR), from 0, not at all, to 1.
  public var diversity = 0.0
  /// Passages of a smaller score are left out; on the scale of the last leg.
  public var minimumScore: Double?
  public var filter = PassageFilter()
  /// The model that orders what was found anew; nil for none.
  public var reranker: ModelReference?
  public var rewriting = Rewriting.none
  /// The model that rewrites queries; nothing rewrites them without one.
  public var rewriter: ModelReference?

  public init(limit: Int = 6, budget: Int = 2000) {
    self.limit = limit
    self.budget = budget
  }
}

/// Which passages a search may give.
public struct PassageFilter: Hashable, Sendable {
  /// A glob over the source, as in `.gitignore`; nil for any.
  public var path: String?
  /// Words that stand in one of the headings, whatever their case; nil for any.
  public var heading: String?
  /// Nil for any, those without pages included.
  public var pages: ClosedRange<Int>?
  /// What fields of the document must be.
  public var metadata: [String: String] = [:]

  public init() {}

  public var isEmpty: Bool { self == PassageFilter() }
}
