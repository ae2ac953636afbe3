// Finding the passages that fit a query best: one leg, BM25 over FTS5. docs/retrieval.md says what
// the weights come from and what a query costs.

import Core
import GRDB

extension PassageIndex {
  /// How much a word counts by where it stands: name, headings, text, parts of words.
  private static let weights = "2, 2, 1, 0.5"

  /// The passages that fit a query best, the best first; among equals, those indexed first.
  ///
  /// Any text is a query; one without words finds nothing. `score` is BM25's, above 0 and without
  /// an upper bound: compare it within one result only. `isCancelled` is asked on this thread, every
  /// few milliseconds at most. Throws `IndexError`, and `CancellationError` once that says so.
  ///
  /// - Parameter chunking: the cuts that are searched; nil for the index's first.
  public func search(
    _ query: String, limit: Int, chunking: Chunking? = nil, isCancelled: () -> Bool = { false }
  ) throws -> [Passage] {
    guard limit > 0 else { return [] }
    return try read { db in
      let chunking = try StoredChunking.named(chunking, db)
      let tokenizer = try Tokenizer(db)
      var query = QueryTerms(query, tokenizer: tokenizer)
      var passages = try db.interrupting(when: isCancelled) {
        try query.prune(indexSize: Self.size(db)) { try Self.passages(with: $0, db) }
        return query.terms.isEmpty
          ? [] : try Self.best(query.expression, limit: limit, chunking.id, db)
      }
      let terms = Set(query.terms.map(\.term))
      for place in passages.indices {
        passages[place].standings = [
          .bm25: Standing(rank: place + 1, score: passages[place].score)
        ]
        passages[place].matches = Self.matches(
          of: terms, in: tokenizer.tokens(in: passages[place].text))
      }
      return passages
    }
  }

  private static func size(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT ifnull(sum(passages), 0) FROM document") ?? 0
  }

  private static func passages(with term: QueryTerms.Term, _ db: Database) throws -> Int {
    let statement = try db.cachedStatement(
      sql: "SELECT count(*) FROM passage_text WHERE passage_text MATCH ?")
    return try Int.fetchOne(statement, arguments: [QueryTerms.quoted(term.word)]) ?? 0
  }

  private static func best(
    _ expression: String, limit: Int, _ chunking: Int64, _ db: Database
  ) throws -> [Passage] {
    // Sorting by the function with a limit keeps the best few; FTS5's own `rank` sorts them all.
    let statement = try db.cachedStatement(
      sql: """
        SELECT passage.*, document.row, file.source, found.score
        FROM (
          SELECT rowid AS id, bm25(passage_text, \(weights)) AS score FROM passage_text
          WHERE passage_text MATCH ?
            AND (SELECT chunking FROM passage WHERE id = passage_text.rowid) = ?
          ORDER BY score, id LIMIT ?
        ) AS found
        JOIN passage ON passage.id = found.id
        JOIN document ON document.id = passage.document
        JOIN file ON file.id = document.file
        ORDER BY found.score, found.id
        """)
    return try Row.fetchAll(statement, arguments: [expression, chunking, limit]).map { row in
      let headings: String = row["headings"]
      return Passage(
        id: row["id"], source: row["source"], row: row["row"],
        headings: headings.split(separator: "\n").map(String.init),
        bytes: row["start_byte"]..<row["end_byte"], lines: row["first_line"]...row["last_line"],
        page: row["page"],
        // SQLite's bm25 is smaller for what fits better.
        text: row["text"], score: -(row["score"] as Double), tokens: row["tokens"])
    }
  }

  /// The places of the words that are among the terms, in order, those that touch joined.
  private static func matches(
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
