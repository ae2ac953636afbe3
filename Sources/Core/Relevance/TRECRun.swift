// The results of queries in the form that evaluation tools read: a line each document.

/// Writes the lines of a TREC run: query, `Q0`, document, rank, score, name of the run.
public struct TRECRun: Sendable {
  private let name: String

  public init(name: String) { self.name = Self.word(name) }

  /// The lines of one query, each with its line end; the best document comes first.
  ///
  /// trec_eval does not read ranks: it sorts by scores, which it keeps as 32-bit numbers, and equal
  /// ones by their documents' names. So that it sees the order that is meant, a score that isn't
  /// below the one before is written as the next smaller such number.
  public func lines(query: String, ranking: [RankedDocument]) -> String {
    var lines = ""
    var last = Float.infinity
    for (index, ranked) in ranking.enumerated() {
      let score = ranked.score.isFinite ? Float(ranked.score) : 0
      last = min(score, last.nextDown)
      lines += "\(Self.word(query)) Q0 \(Self.word(ranked.document)) \(index + 1) \(last) \(name)\n"
    }
    return lines
  }

  /// A text as one column: what would end it is written as in a URL.
  static func word(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.properties.isWhitespace) else { return text }
    return text.unicodeScalars.reduce(into: "") { word, scalar in
      guard scalar.properties.isWhitespace else { return word.unicodeScalars.append(scalar) }
      for byte in String(scalar).utf8 {
        word += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}

/// A document in the order of a query's result.
public struct RankedDocument: Hashable, Sendable {
  /// Its id.
  public var document: String
  public var score: Double
  /// Its best passage.
  public var passage: Passage
}

extension Sequence<Passage> {
  /// The documents that the passages are from, each once, ranked by its best passage; the passages
  /// must be in order, the best first.
  public func rankedDocuments() -> [RankedDocument] {
    var seen: Set<String> = []
    return compactMap { passage in
      guard seen.insert(passage.document).inserted else { return nil }
      return RankedDocument(document: passage.document, score: passage.score, passage: passage)
    }
  }
}
