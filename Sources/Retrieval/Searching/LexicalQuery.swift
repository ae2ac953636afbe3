// A query before the lexical index of a chunking: its terms with their weights there. It finds the best
// passages, tells where any passage stands, and why.

import Core
import GRDB

struct LexicalQuery {
  struct Term {
    let term: QueryTerms.Term
    /// In fixed point; see `BM25`.
    let weight: Float
  }

  private let db: Database
  private let chunking: Int64
  private let lengths: LengthCache
  private let segments: [Segment]
  private let scorer: BM25
  let terms: [Term]

  init(
    _ query: QueryTerms, chunking: Int64, lengths: LengthCache, _ db: Database
  ) throws {
    self.db = db
    self.chunking = chunking
    self.lengths = lengths
    let segments = try Segment.live(chunking: chunking, db)
    lengths.keep(segments, ofChunking: chunking)
    let scorer = BM25(
      passages: segments.reduce(0) { $0 + $1.passages },
      length: segments.reduce(0) { $0 + $1.length })
    let table = PostingTable(db)
    var query = query
    try query.prune { term in
      try segments.reduce(0) { try $0 + table.frequency(of: term.term, in: $1) }
    }
    self.segments = segments
    self.scorer = scorer
    terms = query.terms.map {
      Term(term: $0, weight: scorer.weight(frequency: $0.passages, count: $0.weight))
    }
  }

  /// The best passages, the best first; among equals those indexed first.
  func best(
    _ limit: Int, where isIncluded: @escaping (Int64) throws -> Bool, isCancelled: () -> Bool
  ) throws -> [BestScores.Entry] {
    guard limit > 0, !terms.isEmpty else { return [] }
    var best = BestScores(limit: limit, where: isIncluded)
    for segment in segments {
      try withScorers(of: segment) { terms in
        try SegmentScorer.score(terms, of: segment, into: &best, isCancelled: isCancelled)
      }
    }
    return best.sorted
  }

  /// Where a passage stands among all; nil when it holds no word of the query.
  func standing(
    of passage: Int64, where isIncluded: @escaping (Int64) throws -> Bool, isCancelled: () -> Bool
  ) throws -> Standing? {
    let contributions = try explanations(of: [passage])[passage]?.map(\.contribution) ?? []
    let score = contributions.reduce(0) { $0 + BM25.points($1) }
    guard score > 0 else { return nil }
    var better = BetterScores(than: passage, score: score, where: isIncluded)
    for segment in segments {
      try withScorers(of: segment) { terms in
        try SegmentScorer.score(terms, of: segment, into: &better, isCancelled: isCancelled)
      }
    }
    return Standing(rank: better.count + 1, score: BM25.score(score))
  }

  /// What each term of the query adds to the scores of some passages.
  func explanations(of passages: [Int64]) throws -> [Int64: [TermWeight]] {
    var explanations: [Int64: [TermWeight]] = [:]
    for segment in segments {
      let range = segment.firstPassage...segment.lastPassage
      let its = Set(passages).filter(range.contains).sorted()
      guard !its.isEmpty else { continue }
      for term in terms {
        try withScorers(of: segment, terms: [term]) { scorers in
          guard var scorer = scorers.first else { return }
          for passage in its {
            let place = UInt32(passage - segment.firstPassage)
            let points = try scorer.contribution(to: place)
            guard points > 0 else { continue }
            explanations[passage, default: []].append(
              TermWeight(
                term.term, frequency: try scorer.frequency(in: place), points: points,
                inverseFrequency: self.scorer.inverseFrequency(term.term.passages)))
          }
        }
      }
    }
    return explanations
  }

  private func withScorers(
    of segment: Segment, terms: [Term]? = nil, _ body: ([TermScorer]) throws -> Void
  ) throws {
    let table = PostingTable(db)
    let lists = try (terms ?? self.terms).compactMap { term in
      try table.list(of: term.term.term, in: segment).map { ($0, term.weight) }
    }
    guard !lists.isEmpty else { return }
    try lengths.lengths(of: segment, chunking: chunking, db).withUnsafeBufferPointer { lengths in
      try scorer.dampings.withUnsafeBufferPointer { dampings in
        guard let lengths = lengths.baseAddress, let dampings = dampings.baseAddress else { return }
        try body(
          lists.map { TermScorer($0, weight: $1, dampings: dampings, lengths: lengths) })
      }
    }
  }
}

extension TermWeight {
  /// - Parameter frequency: in halves.
  init(
    _ term: QueryTerms.Term, frequency: UInt8, points: UInt32, inverseFrequency: Double
  ) {
    self.init(
      term: term.term, word: term.word, count: term.weight, passages: term.passages,
      inverseFrequency: inverseFrequency, frequency: Double(frequency) / 2,
      contribution: BM25.score(points))
  }
}
