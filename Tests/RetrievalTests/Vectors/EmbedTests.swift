import Core
import GRDB
import Testing

@testable import Retrieval

@Suite struct EmbedTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
    for number in 0..<40 {
      try folder.write("docs/\(number).md", "# Part \(number)\n\nThe text of part \(number).\n")
    }
    try index.add([folder["docs"]])
  }

  private func count(_ table: String) throws -> Int? {
    try index.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
  }

  @Test func `each passage is embedded once, with its name and headings`() throws {
    let embedder = RecordingEmbedder()
    var seen: [EmbeddingProgress] = []
    let report = try index.embed(with: embedder, batch: 7) { seen.append($0) }
    #expect(report == EmbeddingReport(embedded: 40))
    #expect(seen.first == EmbeddingProgress(done: 0, total: 40))
    #expect(seen.last == EmbeddingProgress(done: 40, total: 40))
    #expect(embedder.texts.contains("3\nPart 3\n# Part 3\n\nThe text of part 3."))
    #expect(try index.embed(with: embedder) == EmbeddingReport())
    #expect(embedder.texts.count == 40)
    let embedders = try index.embedders()
    #expect(embedders.map(\.name) == ["test/random"])
    #expect(embedders.map(\.passages) == [40])
  }

  @Test func `a run that was stopped goes on where it was`() throws {
    let embedder = RecordingEmbedder()
    var batches = 0
    let first = try index.embed(
      with: embedder, batch: 10, progress: { _ in batches += 1 }, isCancelled: { batches == 3 })
    #expect(first == EmbeddingReport(embedded: 20, wasCancelled: true))
    #expect(try index.embed(with: embedder) == EmbeddingReport(embedded: 20))
    #expect(Set(embedder.texts).count == 40)
  }

  @Test func `an embedder that fails leaves what was done before`() throws {
    struct Failure: Error {}
    let calls = RecordingEmbedder()
    let failing = RecordingEmbedder { vectors in
      _ = try calls.vectors(of: ["call"], as: .passage) { false }
      if calls.texts.count == 3 { throw Failure() }
      return vectors
    }
    #expect(throws: Failure.self) { try index.embed(with: failing, batch: 10) }
    #expect(try index.embedders().map(\.passages) == [20])
  }

  @Test func `a text that is read anew takes the vector that it had`() throws {
    let embedder = RecordingEmbedder()
    try index.embed(with: embedder)
    for number in 0..<5 {
      try folder.write(
        "docs/\(number).md", "# Part \(number)\n\nThe text of part \(number).\n\n", age: 1)
    }
    try folder.write("docs/5.md", "Something else.", age: 1)
    try index.add([folder["docs"]])
    #expect(try index.embedders().map(\.passages) == [34])
    let report = try index.embed(with: embedder)
    #expect(report == EmbeddingReport(embedded: 1, reused: 5, dropped: 1))
    #expect(try count("vector") == 40)
    #expect(try count("full_vector") == 40)
  }

  @Test func `vectors of embedders stand beside each other`() throws {
    try index.embed(with: RecordingEmbedder(name: "a/a", dimensions: 3))
    try index.embed(with: RecordingEmbedder(name: "b/b", dimensions: 5))
    #expect(try index.embedders().map(\.name) == ["a/a", "b/b"])
    #expect(try count("vector") == 80)
  }

  @Test func `what is no vector for each text is refused in one sentence`() throws {
    let few = RecordingEmbedder { Array($0.dropLast()) }
    #expect(
      throws: EmbeddingError.wrongCount(embedder: "test/random", expected: 40, got: 39)
    ) { try index.embed(with: few) }
    let wild = RecordingEmbedder { $0.map { _ in [.nan, 1] } }
    #expect(throws: EmbeddingError.unusable(embedder: "test/random")) {
      try index.embed(with: wild)
    }
    let uneven = RecordingEmbedder { vectors in
      vectors.enumerated().map { Array($1.prefix($0 < 5 ? 3 : 4)) }
    }
    #expect(
      throws: EmbeddingError.wrongLength(embedder: "test/random", expected: 3, got: 4)
    ) { try index.embed(with: uneven) }
    #expect(try count("vector") == 0)
    #expect(try count("embedder") == 0)
  }

  @Test func `vectors without numbers are refused`() throws {
    let empty = RecordingEmbedder { $0.map { _ in [] } }
    #expect(throws: EmbeddingError.unusable(embedder: "test/random")) {
      try index.embed(with: empty)
    }
  }
}
