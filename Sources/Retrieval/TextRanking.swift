// Which of a few texts are most like another: BM25 over an index in memory, with the words that
// the passage index knows. Nothing is written anywhere.

import GRDB

/// Ranks texts that are at hand by the words that they share with a query.
public enum TextRanking {
  /// The places of the texts that fit a query best, the best first, among equals the first; texts
  /// that share no word with it come last, in their order.
  ///
  /// Throws a `DatabaseError` when SQLite can't hold the texts.
  public static func best(_ count: Int, of texts: [String], for query: String) throws -> [Int] {
    guard count > 0, !texts.isEmpty else { return [] }
    let queue = try DatabaseQueue()
    let found = try queue.write { db -> [Int] in
      let words = Tokenizer.descriptor.components.joined(separator: " ")
      try db.execute(sql: "CREATE VIRTUAL TABLE entry USING fts5 (text, tokenize = '\(words)')")
      let statement = try db.makeStatement(sql: "INSERT INTO entry (rowid, text) VALUES (?, ?)")
      for (place, text) in texts.enumerated() {
        try statement.execute(arguments: [place + 1, text])
      }
      let terms = QueryTerms(query, tokenizer: try Tokenizer(db))
      guard !terms.terms.isEmpty else { return [] }
      return try Int.fetchAll(
        db,
        sql: "SELECT rowid - 1 FROM entry WHERE entry MATCH ? ORDER BY bm25(entry), rowid LIMIT ?",
        arguments: [terms.expression, count])
    }
    return Array((found + texts.indices.filter { !found.contains($0) }).prefix(count))
  }
}
