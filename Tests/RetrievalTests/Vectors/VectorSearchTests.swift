import Core
import GRDB
import Testing

@testable import Retrieval

@Suite struct VectorSearchTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
  }

  /// Makes an index of so many documents; tells their texts as they are embedded.
  private func fill(_ count: Int, with embedder: some Embedder) throws -> [String] {
    for number in 0..<count { try folder.write("docs/\(number).txt", "Text \(number).") }
    try index.add([folder["docs"]])
    try index.embed(with: embedder)
    return try index.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT title, source, headings, text FROM passage
          JOIN document ON document.id = document JOIN file ON file.id = file
          ORDER BY passage.id
          """
      ).map { EmbeddedText.text(title: $0[0], source: $0[1], headings: $0[2], text: $0[3]) }
    }
  }

  @Test func `passages come in the order of an exhaustive search`() throws {
    let embedder = RecordingEmbedder()
    let texts = try fill(300, with: embedder)
    let vectors = try embedder.vectors(of: texts, as: .passage) { false }
    for query in try embedder.vectors(of: ["a", "b", "c"], as: .query, isCancelled: { false }) {
      let expected = exhaustive(vectors, for: query)
      let found = try index.vectorSearch(query, of: embedder.name, limit: 25)
      #expect(found.map(\.id) == expected.prefix(25).map { Int64($0 + 1) })
      #expect(found.map { $0.standings[.vector]?.rank } == Array(1...25))
      #expect(found.allSatisfy { $0.standings[.vector]?.score == $0.score })
      // Why not: the place of those that weren't found, too.
      for rank in [1, 2, 25, 26, 150, 300] {
        let standing = try index.vectorStanding(
          of: Int64(expected[rank - 1] + 1), for: query, of: embedder.name)
        #expect(standing?.rank == rank)
      }
    }
  }

  @Test func `equal passages come in the order in which they were indexed`() throws {
    let embedder = RecordingEmbedder { $0.map { _ in [1, 2, 3] } }
    _ = try fill(20, with: embedder)
    let found = try index.vectorSearch([3, 2, 1], of: embedder.name, limit: 5)
    #expect(found.map(\.id) == [1, 2, 3, 4, 5])
    let standing = try index.vectorStanding(of: 9, for: [3, 2, 1], of: embedder.name)
    #expect(standing?.rank == 9)
  }

  @Test func `only what is included is found and counted`() throws {
    let embedder = RecordingEmbedder()
    let texts = try fill(60, with: embedder)
    let vectors = try embedder.vectors(of: texts, as: .passage) { false }
    let query = vectors[0]
    let expected = exhaustive(vectors, for: query).map { Int64($0 + 1) }.filter { $0 % 2 == 0 }
    let found = try index.vectorSearch(
      query, of: embedder.name, limit: 10, where: { $0.isMultiple(of: 2) })
    #expect(found.map(\.id) == Array(expected.prefix(10)))
    let standing = try index.vectorStanding(
      of: expected[20], for: query, of: embedder.name, where: { $0.isMultiple(of: 2) })
    #expect(standing?.rank == 21)
  }

  @Test func `a search sees what was indexed and embedded since the last`() throws {
    let embedder = RecordingEmbedder()
    _ = try fill(10, with: embedder)
    let text = "late\nSomething new."
    let query = try embedder.vectors(of: [text], as: .query) { false }[0]
    let before = try index.vectorSearch(query, of: embedder.name, limit: 3)
    #expect(before.count == 3)
    try folder.write("docs/late.txt", "Something new.")
    try index.add([folder["docs"]])
    try index.embed(with: embedder)
    let after = try index.vectorSearch(query, of: embedder.name, limit: 3)
    #expect(after.first?.text == "Something new.")
    #expect(after.first.map { abs($0.score - 1) < 1e-6 } == true)
  }

  @Test func `a query of another length, or with no vectors to look at, says what to do`() throws {
    let embedder = RecordingEmbedder(dimensions: 4)
    _ = try fill(3, with: embedder)
    #expect(throws: EmbeddingError.wrongLength(embedder: "test/random", expected: 4, got: 2)) {
      try index.vectorSearch([1, 0], of: "test/random", limit: 1)
    }
    #expect(throws: EmbeddingError.noVectors(embedder: "test/none")) {
      try index.vectorSearch([1, 0], of: "test/none", limit: 1)
    }
    #expect(throws: EmbeddingError.unusable(embedder: "test/random")) {
      try index.vectorSearch([1, 0, .infinity, 0], of: "test/random", limit: 1)
    }
  }

  @Test func `passages of other chunkings aren't found`() throws {
    let embedder = RecordingEmbedder()
    _ = try fill(4, with: embedder)
    // As if the index had been cut another way, too.
    try index.openWriter().write { db in
      try db.execute(
        sql: """
          INSERT INTO chunking VALUES (2, 'document');
          INSERT INTO passage SELECT id + 4, document, 2, start_byte, end_byte, first_line,
            last_line, page, tokens, headings, text FROM passage;
          """)
    }
    #expect(try index.embed(with: embedder) == EmbeddingReport(reused: 4))
    let query = try embedder.vectors(of: ["a"], as: .query) { false }[0]
    func found(_ chunking: Chunking?) throws -> Set<Int64> {
      Set(
        try index.vectorSearch(query, of: embedder.name, limit: 10, chunking: chunking).map(\.id))
    }
    #expect(try found(nil) == [1, 2, 3, 4])
    #expect(try found(Chunking(.structure)) == [1, 2, 3, 4])
    #expect(try found(Chunking(.document)) == [5, 6, 7, 8])
    #expect(try found(Chunking(.tokens)) == [])
  }

  @Test func `a cancelled search ends`() throws {
    let embedder = RecordingEmbedder(dimensions: 4)
    _ = try fill(3, with: embedder)
    #expect(throws: CancellationError.self) {
      try index.vectorSearch([1, 0, 0, 0], of: "test/random", limit: 1, isCancelled: { true })
    }
  }
}
