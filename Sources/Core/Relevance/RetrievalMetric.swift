// How good the result of a query is, as one number from 0 to 1. Metrics of rankings are those of
// trec_eval (github.com/usnistgov/trec_eval); metrics of spans those of "Evaluating Chunking
// Strategies for Retrieval" (Smith and Troynikov, Chroma, 2024). docs/retrieval.md tells what each
// means, and the tests compare them with ir_measures.

import Glibc

/// What a query found, the best first.
public struct QueryResult: Hashable, Sendable {
  /// The ids of the documents, each once.
  public var documents: [String]
  /// The stretches of documents that a prompt is given.
  public var spans: [DocumentSpan]

  public init(documents: [String] = [], spans: [DocumentSpan] = []) {
    self.documents = documents
    self.spans = spans
  }
}

/// Bytes of a document.
public struct DocumentSpan: Hashable, Sendable {
  public var document: String
  public var bytes: Range<Int>

  public init(document: String, bytes: Range<Int>) {
    self.document = document
    self.bytes = bytes
  }
}

/// A measure of a query's result, with the depth down to which it looks.
public struct RetrievalMetric: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case nDCG, recall, precision
    case reciprocalRank = "MRR"
    case averagePrecision = "MAP"
    /// The share of the relevant text that was found.
    case tokenRecall = "token-recall"
    /// The share of the text that was found which is relevant.
    case tokenPrecision = "token-precision"
    /// The relevant text that was found, to all that was found or is relevant.
    case intersectionOverUnion = "IoU"
  }

  public var kind: Kind
  /// Documents, or passages for the metrics of spans; nil for all that there are.
  public var depth: Int?

  public init(_ kind: Kind, at depth: Int? = nil) {
    self.kind = kind
    self.depth = depth
  }

  /// Whether it compares stretches of text, not documents.
  public var isOfSpans: Bool {
    switch kind {
    case .tokenRecall, .tokenPrecision, .intersectionOverUnion: true
    case .nDCG, .recall, .precision, .reciprocalRank, .averagePrecision: false
    }
  }

  /// `nDCG@10`, `MRR`: as people write it, and `init(_:)` reads it.
  public var name: String { kind.rawValue + (depth.map { "@\($0)" } ?? "") }

  /// The metric of a name, whatever its case; nil when there is none. The names of ir_measures
  /// (`R@100`, `P@5`, `RR`, `AP`) are known, too.
  public init?(_ name: String) {
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let word = parts[0].lowercased()
    let aliases: [String: Kind] = [
      "r": .recall, "p": .precision, "rr": .reciprocalRank, "ap": .averagePrecision,
    ]
    guard
      let kind = aliases[word] ?? Kind.allCases.first(where: { $0.rawValue.lowercased() == word })
    else { return nil }
    self.init(kind)
    guard parts.count == 2 else { return }
    guard let depth = Int(parts[1]), 1...100_000 ~= depth else { return nil }
    self.depth = depth
  }
}

extension RetrievalMetric {
  /// The metric's value for one query, from 0 to 1; 0 where nothing is relevant.
  public func value(of result: QueryResult, given relevance: Relevance) -> Double {
    if isOfSpans {
      let spans = depth.map { Array(result.spans.prefix($0)) } ?? result.spans
      return value(of: SpanOverlap(of: spans, with: relevance.spans))
    }
    return value(of: result.documents, given: relevance)
  }

  private func value(of documents: [String], given relevance: Relevance) -> Double {
    let documents = documents.prefix(depth ?? documents.count)
    let hits = documents.map(relevance.isRelevant)
    let relevant = relevance.grades.values.count { $0 > 0 }
    guard relevant > 0 else { return 0 }
    let found = hits.count { $0 }
    switch kind {
    case .recall: return Double(found) / Double(relevant)
    case .precision: return documents.isEmpty ? 0 : Double(found) / Double(depth ?? documents.count)
    case .reciprocalRank: return hits.firstIndex(of: true).map { 1 / Double($0 + 1) } ?? 0
    case .averagePrecision:
      var seen = 0
      var sum = 0.0
      for (index, isHit) in hits.enumerated() where isHit {
        seen += 1
        sum += Double(seen) / Double(index + 1)
      }
      return sum / Double(relevant)
    default:
      let ideal = relevance.grades.values.filter { $0 > 0 }.sorted(by: >)
      let best = Self.discountedGain(ideal.prefix(depth ?? ideal.count))
      return Self.discountedGain(documents.map { relevance.grades[$0] ?? 0 }) / best
    }
  }

  /// The sum of the grades, each divided by the binary logarithm of its rank and 1.
  private static func discountedGain(_ grades: some Sequence<Int>) -> Double {
    var sum = 0.0
    for (index, grade) in grades.enumerated() where grade > 0 {
      sum += Double(grade) / log2(Double(index + 2))
    }
    return sum
  }

  private func value(of overlap: SpanOverlap) -> Double {
    let covered = Double(overlap.covered)
    let whole: Int
    switch kind {
    case .tokenRecall: whole = overlap.relevant
    case .tokenPrecision: whole = overlap.given
    default: whole = overlap.given + overlap.relevant - overlap.covered
    }
    return whole > 0 ? covered / Double(whole) : 0
  }
}
