// BM25 as it is written down, over all passages of an index: what the lexical index is held to.

import Core
import GRDB

@testable import Retrieval

/// The words of all passages, read from their texts.
struct PlainScorer {
  private struct Entry {
    var id: Int64
    var frequencies: [String: Int]
    var length: Int
  }

  private let entries: [Entry]
  private let tokenizer: Tokenizer

  /// Takes all passages of a chunking.
  init(_ index: PassageIndex, chunking: Int64 = 1) throws {
    (entries, tokenizer) = try index.read { db in
      let tokenizer = try Tokenizer(db)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT passage.id, file.source, document.title, passage.headings, passage.text
          FROM passage JOIN document ON document.id = passage.document
          JOIN file ON file.id = document.file WHERE passage.chunking = ? ORDER BY passage.id
          """, arguments: [chunking])
      let entries = rows.map { row in
        let text = IndexedText(source: row[1], title: row[2], headings: row[3], text: row[4])
        var entry = Entry(id: row[0], frequencies: [:], length: 0)
        for (field, weight) in text.fields {
          let words = Self.words(field, tokenizer)
          for (place, token) in words.tokens.enumerated() {
            let weight = place < words.whole ? weight : BM25.FieldWeight.parts
            entry.frequencies[token, default: 0] += weight
            entry.length += weight
          }
        }
        return entry
      }
      return (entries, tokenizer)
    }
  }

  private static func words(
    _ text: String, _ tokenizer: Tokenizer
  ) -> (tokens: [String], whole: Int) {
    var text = text
    let whole = text.withUTF8 { bytes in
      var count = 0
      tokenizer.forEachWord(in: bytes) { _, _ in count += 1 }
      return count
    }
    return (tokenizer.tokens(in: text).map(\.term), whole)
  }

  /// All passages that share a word with the query, the best first.
  func ranking(_ query: String) -> [(id: Int64, score: Double)] {
    let lengths = entries.map { PassageLength.code($0.length) }
    let scorer = BM25(
      passages: entries.count, length: lengths.reduce(0) { $0 + PassageLength.length($1) })
    let terms = QueryTerms(query, tokenizer: tokenizer).terms.map { term in
      let passages = entries.count { $0.frequencies[term.term] != nil }
      return (term: term.term, weight: scorer.weight(frequency: passages, count: term.weight))
    }
    var ranking: [(id: Int64, score: Double)] = []
    for (entry, length) in zip(entries, lengths) {
      var points: UInt32 = 0
      for (term, weight) in terms {
        guard let frequency = entry.frequencies[term] else { continue }
        points += BM25.contribution(
          weight: weight, frequency: UInt8(clamping: frequency),
          damping: scorer.dampings[Int(length)])
      }
      if points > 0 { ranking.append((entry.id, BM25.score(points))) }
    }
    return ranking.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
  }
}
