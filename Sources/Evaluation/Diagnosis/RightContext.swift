import Core

// The passages that a case needs, and what became of them in the search that it failed with.

/// How far a passage that is needed came.
public enum PassageStanding: Hashable, Sendable {
  /// The prompt had it.
  case given
  /// The search found it at this place, from 1, and did not give it.
  case cut(rank: Int, by: Cut)
  /// The search did not find it.
  case notFound

  /// What stood between a passage that was found and the prompt.
  public enum Cut: String, Hashable, Sendable {
    /// The number of passages.
    case limit = "k"
    case budget
    /// A minimum score, the wish for diversity, a reranker.
    case step
  }

  var need: KnowledgeNeed {
    switch self {
    case .given: .given
    case .cut: .rankedTooLow
    case .notFound: .notRetrieved
    }
  }

  /// Places that count as found: a larger k or a reranker brings in what stands there. It is what a
  /// reranker looks at.
  public static let reach = 50

  /// Where a passage stands in a search.
  ///
  /// - Parameters:
  ///   - found: all that the search found, best first, before k and the budget were heeded.
  ///   - given: what of it the prompt had.
  public init(
    of passage: Passage, given: [Passage], found: [Passage], with settings: RetrievalSettings
  ) {
    if given.cover(passage) {
      self = .given
      return
    }
    let rank = found.prefix(Self.reach).firstIndex { CollectionOfOne($0).cover(passage) }
      .map { $0 + 1 }
    guard let rank else {
      self = .notFound
      return
    }
    let isBudget = found.prefix(settings.limit).fitting(tokens: settings.budget).cut.contains {
      $0.origin == found[rank - 1].origin
    }
    self = .cut(rank: rank, by: rank > settings.limit ? .limit : isBudget ? .budget : .step)
  }
}

extension Collection<Passage> {
  /// The share of a passage that others must hold to stand for it: other chunkings cut elsewhere.
  private static var leastShare: Double { 0.8 }

  /// Whether these passages hold nearly all of one.
  func cover(_ passage: Passage) -> Bool {
    let held = SpanSet(
      lazy.filter { $0.source == passage.source && $0.row == passage.row }.map(\.bytes)
    ).intersection(with: passage.bytes).reduce(0) { $0 + $1.count }
    return passage.bytes.isEmpty
      ? contains { $0.origin == passage.origin }
      : Double(held) >= Self.leastShare * Double(passage.bytes.count)
  }
}

/// A passage that a case needs, with how far it came.
public struct RightPassage: Hashable, Sendable {
  public var passage: Passage
  public var standing: PassageStanding

  public init(_ passage: Passage, standing: PassageStanding) {
    self.passage = passage
    self.standing = standing
  }
}

/// What is known of the passages that a case needs.
public enum RightContext: Hashable, Sendable {
  /// The case's labels name them. Documents that they name and the corpus lacks are `missing`.
  case labelled([RightPassage], missing: [String] = [])
  /// There are no labels; these hold the answer that is expected: `AnswerEvidence`.
  case found([RightPassage])
  /// There are no labels, and the corpus was searched for the answer in vain.
  case absent
  /// There are no labels and nothing to search for, or nothing to search in: a sentence why.
  case unknown(String)

  public var passages: [RightPassage] {
    switch self {
    case .labelled(let passages, _), .found(let passages): passages
    case .absent, .unknown: []
    }
  }

  /// Documents that are labelled and not in the corpus.
  var missing: [String] {
    if case .labelled(_, let missing) = self { missing } else { [] }
  }
}
