// What a query asks the lexical index for. A query is any text: only its words are used, so
// nothing in it can be an operator or a syntax error.

/// The distinct words of a query, stemmed, with how often each stands there.
struct QueryTerms {
  struct Term: Equatable {
    /// As the index has it.
    let term: String
    /// As the query has it: the index stems it again.
    let word: String
    var count: Int
    /// In how many passages it stands.
    var passages = 0

    /// How many times it counts.
    var weight: Int { min(count, Limit.repeats) }
  }

  private enum Limit {
    /// Bytes of a query that are read: some 10,000 words.
    static let bytes = 65_536
    /// Distinct terms that are looked at, the first ones.
    static let candidates = 256
    /// Distinct terms that are searched for, the rarest ones.
    static let terms = 64
    /// A repeated word weighs as often as it stands, up to this.
    static let repeats = 8
  }

  private(set) var terms: [Term]

  init(_ query: String, tokenizer: Tokenizer) {
    // A scalar that the limit cuts becomes U+FFFD, which is no word.
    let text = String(decoding: query.utf8.prefix(Limit.bytes), as: UTF8.self)
    let bytes = Array(text.utf8)
    terms = []
    var places: [String: Int] = [:]
    for token in tokenizer.tokens(in: text) {
      if let place = places[token.term] {
        terms[place].count += 1
      } else if terms.count < Limit.candidates {
        places[token.term] = terms.count
        terms.append(
          Term(
            term: token.term, word: String(decoding: bytes[token.bytes], as: UTF8.self), count: 1))
      }
    }
  }

  /// Leaves out the terms that no passage has, and the commonest where they are too many.
  mutating func prune(passages: (Term) throws -> Int) rethrows {
    for place in terms.indices { terms[place].passages = try passages(terms[place]) }
    terms.removeAll { $0.passages == 0 }
    if terms.count > Limit.terms {
      // By place among equals, so that the choice is always the same.
      let rarest = terms.indices.sorted {
        (terms[$0].passages, $0) < (terms[$1].passages, $1)
      }.prefix(Limit.terms)
      terms = rarest.sorted().map { terms[$0] }
    }
  }

  /// The FTS5 expression: the words in quotes, joined with OR, repeated as they are in the query.
  ///
  /// A word holds no quotes: the tokenizer takes them for separators.
  var expression: String {
    terms.flatMap { Array(repeating: "\"\($0.word)\"", count: $0.weight) }
      .joined(separator: " OR ")
  }
}
