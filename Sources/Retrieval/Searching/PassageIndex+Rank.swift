import Core
import GRDB

// The legs of a search, as lists of ids: the passages themselves are read once it is known which are
// wanted.

extension PassageIndex {
  /// Whose vectors a search by some settings looks through: the embedder that they name, or the last
  /// one that gave vectors to the passages of the chunking. Nil when there are no such vectors.
  ///
  /// Throws `EmbeddingError.noVectors` when there are none, and the settings want them.
  public func embedder(for settings: RetrievalSettings) throws -> String? {
    guard settings.method != .bm25 else { return nil }
    let wanted = settings.embedder?.description
    let found = try read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT name FROM embedder WHERE (:name IS NULL OR name = :name) AND EXISTS (
            SELECT 1 FROM passage_vector WHERE embedder = embedder.id AND chunking = :chunking)
          ORDER BY id DESC LIMIT 1
          """,
        arguments: ["name": wanted, "chunking": StoredChunking.named(settings.chunking, db).id])
    }
    if found == nil, settings.method != nil {
      throw EmbeddingError.noVectors(embedder: wanted ?? StaticEmbedder.name)
    }
    return found
  }

  /// A ranking a query and leg: those by words first, then those by vectors.
  ///
  /// - Parameters:
  ///   - queries: those that are searched for by their words.
  ///   - vectors: those of queries; `embedder` made them.
  ///   - limit: of each ranking.
  public func rankings(
    for queries: [String], vectors: [[Float]], of embedder: String?, limit: Int,
    _ settings: RetrievalSettings, isCancelled: () -> Bool
  ) throws -> [Ranking] {
    try read { db in
      let chunking = try StoredChunking.named(settings.chunking, db)
      let included = try db.interrupting(when: isCancelled) {
        try IncludedPassages(settings.filter, chunking: chunking.id, db)
      }
      let tokenizer = try Tokenizer(db)
      var rankings = try queries.map { query in
        try db.interrupting(when: isCancelled) {
          let terms = QueryTerms(query, tokenizer: tokenizer)
          let best = try LexicalQuery(terms, chunking: chunking.id, lengths: lengths, db)
            .best(limit, where: included.contains, isCancelled: isCancelled)
          return Ranking(
            leg: .bm25,
            passages: best.map { RankedPassage(id: $0.passage, score: BM25.score($0.score)) })
        }
      }
      guard let embedder else { return rankings }
      for vector in vectors {
        let best = try Self.nearest(
          to: vector, limit: limit,
          in: matrix(of: embedder, chunking: chunking.chunking, isCancelled, db),
          of: embedder, where: included.fitsFilter, isCancelled: isCancelled, db)
        rankings.append(Ranking(leg: .vector, passages: best))
      }
      return rankings
    }
  }

  /// Passages in the order of their ids' list, with the places of the words of some queries; those
  /// that are gone are left out.
  public func passages(
    _ ids: [Int64], matching queries: [String], isCancelled: () -> Bool
  ) throws -> [Passage] {
    try read { db in
      try db.interrupting(when: isCancelled) {
        let tokenizer = try Tokenizer(db)
        let terms = Set(
          queries.flatMap { QueryTerms($0, tokenizer: tokenizer).terms.map(\.term) })
        return try ids.compactMap { id in
          guard var passage = try StoredPassage.fetch(id, db) else { return nil }
          if !terms.isEmpty {
            passage.matches = Self.matches(of: terms, in: tokenizer.tokens(in: passage.text))
          }
          return passage
        }
      }
    }
  }

  /// The places of the words that are among the terms, in order, those that touch joined.
  static func matches(
    of terms: Set<String>, in tokens: [Tokenizer.Token]
  ) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    let found = tokens.filter { terms.contains($0.term) }.map(\.bytes)
    for match in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = matches.last, match.lowerBound < last.upperBound {
        let end = Swift.max(last.upperBound, match.upperBound)
        matches[matches.count - 1] = last.lowerBound..<end
      } else {
        matches.append(match)
      }
    }
    return matches
  }
}
