// Finding the passages that fit a query best by their words. docs/retrieval.md says how they are
// scored, and what a query costs.

import Core
import GRDB

extension PassageIndex {
  /// The passages that fit a query best, the best first; among equals, those indexed first.
  ///
  /// Any text is a query; one without words finds nothing. `score` is BM25's, above 0 and without
  /// an upper bound: compare it within one result only. `isCancelled` is asked on this thread, every
  /// few milliseconds at most. Throws `IndexError`, and `CancellationError` once that says so.
  ///
  /// - Parameter chunking: the cuts that are searched; nil for the index's first.
  public func search(
    _ query: String, limit: Int, chunking: Chunking? = nil, filter: PassageFilter = PassageFilter(),
    isCancelled: () -> Bool = { false }
  ) throws -> [Passage] {
    guard limit > 0 else { return [] }
    return try read { db in
      try db.interrupting(when: isCancelled) {
        let tokenizer = try Tokenizer(db)
        let chunking = try StoredChunking.named(chunking, db)
        let query = try LexicalQuery(
          QueryTerms(query, tokenizer: tokenizer), chunking: chunking.id, lengths: lengths, db)
        let included = try IncludedPassages(filter, chunking: chunking.id, db)
        let best = try query.best(limit, where: included.contains, isCancelled: isCancelled)
        let terms = Set(query.terms.map(\.term.term))
        return try best.enumerated().compactMap { place, found in
          guard var passage = try StoredPassage.fetch(found.passage, db) else { return nil }
          passage.score = BM25.score(found.score)
          passage.standings = [.bm25: Standing(rank: place + 1, score: passage.score)]
          passage.matches = Self.matches(of: terms, in: tokenizer.tokens(in: passage.text))
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
