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
    let queue = try DatabaseQueue()
    let found = try queue.write { db -> [Int] in
      let words = IndexSchema.tokenizer.components.joined(separator: " ")
      try db.execute(sql: "CREATE VIRTUAL TABLE text USING fts5 (text, tokenize = '\(words)')")
      let statement = try db.makeStatement(sql: "INSERT INTO text (rowid, text) VALUES (?, ?)")
      for (place, text) in texts.enumerated() {
        try statement.execute(arguments: [place + 1, text])
      }
      let terms = QueryTerms(query, tokenizer: try Tokenizer(db))
      guard !terms.terms.isEmpty else { return [] }
      return try Int.fetchAll(
        db,
        sql: "SELECT rowid - 1 FROM text WHERE text MATCH ? ORDER BY bm25(text), rowid LIMIT ?",
        arguments: [terms.expression, max(0, count)])
    }
    return Array((found + texts.indices.filter { !found.contains($0) }).prefix(max(0, count)))
  }
}
