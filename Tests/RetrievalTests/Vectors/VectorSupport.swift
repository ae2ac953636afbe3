import Foundation
import RandomSource
import Synchronization

@testable import Retrieval

// What the tests of vectors share: the table that ships, and embedders that can be told what to do.

enum StaticTable {
  static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("embeddings/static.table").path

  static func embedder() throws -> StaticEmbedder { try StaticEmbedder(path: path) }

  static func wordPieces() throws -> WordPieces {
    try embedder().words
  }
}

/// Gives each text a vector of its own that looks random, and remembers what it was asked for.
final class RecordingEmbedder: Embedder {
  let name: String
  private let dimensions: Int
  private let asked = Mutex<[String]>([])
  private let answer: @Sendable ([[Float]]) throws -> [[Float]]

  init(
    name: String = "test/random", dimensions: Int = 48,
    answer: @escaping @Sendable ([[Float]]) throws -> [[Float]] = { $0 }
  ) {
    self.name = name
    self.dimensions = dimensions
    self.answer = answer
  }

  var texts: [String] { asked.withLock { $0 } }

  func vectors(
    of texts: [String], as role: EmbeddingRole, isCancelled: () -> Bool
  ) throws -> [[Float]] {
    asked.withLock { $0 += texts }
    return try answer(
      texts.map { text in
        var random = SeededRandom(seed: text.utf8.reduce(14) { $0 &* 31 &+ UInt64($1) })
        return (0..<dimensions).map { _ in Float.random(in: -1...1, using: &random) }
      })
  }
}

/// The order of an exhaustive search in double precision: equal ones in their order.
func exhaustive(_ vectors: [[Float]], for query: [Float]) -> [Int] {
  func unit(_ vector: [Float]) -> [Double] {
    let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    return vector.map { length > 0 ? Double($0) / length : 0 }
  }
  let query = unit(query)
  let scores = vectors.map { zip(unit($0), query).reduce(0) { $0 + $1.0 * $1.1 } }
  return scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
}
