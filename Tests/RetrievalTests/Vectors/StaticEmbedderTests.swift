import Foundation
import Testing

@testable import Retrieval

@Suite struct StaticEmbedderTests {
  private func vectors(of texts: [String]) throws -> [[Float]] {
    try StaticTable.embedder().vectors(of: texts, as: .passage) { false }
  }

  private func cosine(_ one: [Float], _ other: [Float]) -> Float {
    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func `texts of like meaning are nearer than others, with no word in common`() throws {
    let texts = try vectors(of: [
      "How do I send an item back?", "Returning goods for a refund",
      "Boundary layers in supersonic flow",
    ])
    #expect(cosine(texts[0], texts[1]) > cosine(texts[0], texts[2]) + 0.1)
    #expect(texts.allSatisfy { abs(cosine($0, $0) - 1) < 1e-5 })
  }

  @Test func `a text without known words has a vector of zeros`() throws {
    for vector in try vectors(of: ["", " \n", "\u{0}\u{200B}"]) {
      #expect(!vector.isEmpty && vector.allSatisfy { $0 == 0 })
    }
  }

  @Test func `a table that is cut, changed or something else is refused`() throws {
    let folder = try TemporaryFolder()
    let table = try Data(contentsOf: URL(fileURLWithPath: StaticTable.path))
    #expect(table.count < 10_000_000)
    for bytes in [
      Data(), Data("whet-emb".utf8), table.dropLast(), table + [0], Data(table.prefix(20)),
      Data("whet-emb".utf8) + [UInt8](repeating: 0xFF, count: 12), table.dropFirst(),
    ] {
      let path = try folder.write("table", [UInt8](bytes))
      #expect(throws: StaticEmbedderError.damaged(path: path)) { try StaticEmbedder(path: path) }
    }
    #expect(throws: StaticEmbedderError.unreadable(path: folder["none"])) {
      try StaticEmbedder(path: folder["none"])
    }
  }

  @Test func `embedding ends when it is cancelled`() throws {
    #expect(throws: CancellationError.self) {
      try StaticTable.embedder().vectors(of: ["a"], as: .query) { true }
    }
  }
}
