// Two indexes of the same documents, held to the same answers.

import Core
import Foundation
import Testing

@testable import Retrieval

/// Models for searches with the built-in embedding alone.
struct BuiltinModels: RetrievalModels {
  /// Read once: a test searches a hundred times.
  private static let builtin = Result { try StaticTable.embedder() }

  func embedder(named name: String) throws -> any Embedder { try Self.builtin.get() }
  func reranker(_ model: ModelReference) throws -> any Reranker {
    throw EmbeddingError.noVectors(embedder: "none")
  }
  func rewriter(
    _ rewriting: RetrievalSettings.Rewriting, by model: ModelReference?
  ) throws -> any QueryRewriter { throw EmbeddingError.noVectors(embedder: "none") }
}

/// Where a passage is, whatever its number.
struct Place: Hashable {
  var source: String
  var row: String?
  var start: Int

  init(_ passage: Passage) {
    (source, row, start) = (passage.source, passage.row, passage.bytes.lowerBound)
  }
}

/// The same passages in the same order, but for those whose scores are within `tolerance`.
func expectSame(
  _ found: [Passage], as expected: [Passage], tolerance: Double, _ note: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(note): \(found.count) passages, not \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  let worst = expected.last?.score ?? 0
  for (one, other) in zip(found, expected) {
    let isNear = abs(one.score - other.score) <= tolerance
    #expect(isNear, "\(note): \(one.score), not \(other.score)", sourceLocation: sourceLocation)
    guard Place(one) != Place(other) else {
      #expect(one.text == other.text, sourceLocation: sourceLocation)
      #expect(one.matches == other.matches, sourceLocation: sourceLocation)
      #expect(one.headings == other.headings, sourceLocation: sourceLocation)
      #expect(one.lines == other.lines, sourceLocation: sourceLocation)
      #expect(one.page == other.page, sourceLocation: sourceLocation)
      #expect(one.tokens == other.tokens, sourceLocation: sourceLocation)
      continue
    }
    let itself = expected.first { Place($0) == Place(one) }
    // One that isn't there may have been cut off by the end of the list.
    let isTied = abs((itself?.score ?? worst) - one.score) <= tolerance
    #expect(isTied, "\(note): \(Place(one)) is no tie", sourceLocation: sourceLocation)
  }
}

/// The same answers by every leg.
func expectSameSearches(
  _ index: any PassageStore, as expected: any PassageStore, _ queries: [String],
  methods: [RetrievalSettings.Method] = [.bm25, .vector, .hybrid],
  _ change: (inout RetrievalSettings) -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for method in methods {
    var settings = RetrievalSettings(limit: 20)
    settings.method = method
    change(&settings)
    for query in queries {
      let one = try Retriever(index, models: BuiltinModels()).search(query, with: settings)
      let other = try Retriever(expected, models: BuiltinModels()).search(query, with: settings)
      expectSame(
        one.passages, as: other.passages,
        // Words are scored in whole numbers; a server's vectors in 32 bits.
        tolerance: method == .bm25 ? 0 : 1e-4, "\(method.rawValue) '\(query)'",
        sourceLocation: sourceLocation)
    }
  }
}
