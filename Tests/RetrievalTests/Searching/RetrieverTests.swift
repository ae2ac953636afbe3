import Core
import Testing

@testable import Retrieval

@Suite("Retriever")
struct RetrieverTests {
  /// What the search may ask for, each made of what a test says.
  private struct Models: RetrievalModels, Reranker, QueryRewriter {
    var scores: @Sendable ([String]) -> [Double] = { $0.map { _ in 0 } }
    var rewritten: [String] = []

    func embedder(named name: String) throws -> any Embedder { try StaticTable.embedder() }
    func reranker(_ model: ModelReference) throws -> any Reranker { self }
    func rewriter(
      _ rewriting: RetrievalSettings.Rewriting, by model: ModelReference?
    ) throws -> any QueryRewriter { self }
    func scores(
      of passages: [String], for query: String, isCancelled: () -> Bool
    ) throws -> [Double] { scores(passages) }
    func queries(for query: String, isCancelled: () -> Bool) throws -> [String] { rewritten }
  }

  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("docs/cat.md", "A cat sleeps on the warm roof all day.\n")
    try folder.write("docs/dog.md", "The dog barks at the postman each morning.\n")
    try folder.write("docs/leek.md", "Leeks are planted in spring and harvested in autumn.\n")
    try folder.write("docs/copy.md", "Leeks are planted in spring and harvested in the autumn.\n")
    index = try folder.index()
    try index.add([folder["docs"]])
  }

  private func search(
    _ query: String, _ models: Models = Models(),
    _ change: (inout RetrievalSettings) -> Void = { _ in }
  ) throws -> RetrievalResult {
    var settings = RetrievalSettings()
    change(&settings)
    return try Retriever(index, models: models).search(query, with: settings)
  }

  private func names(_ result: RetrievalResult) -> [String] {
    result.passages.map { String($0.source.split(separator: "/").last ?? "") }
  }

  @Test func `an index without vectors is searched by words`() throws {
    let result = try search("leeks in autumn")
    #expect(result.method == .bm25 && result.embedder == nil)
    #expect(Set(names(result)) == ["leek.md", "copy.md"])
    #expect(result.passages.allSatisfy { Array($0.standings.keys) == [.bm25] })
    #expect(result.passages.first?.matches.isEmpty == false)
  }

  @Test func `a search for meaning without vectors says how to make them`() throws {
    #expect(throws: EmbeddingError.noVectors(embedder: StaticEmbedder.name)) {
      try search("leeks") { $0.method = .hybrid }
    }
  }

  @Test func `an index with vectors is searched by both and every leg tells its place`() throws {
    try index.embed(with: StaticTable.embedder())
    let result = try search("a cat that sleeps")
    #expect(result.method == .hybrid && result.embedder == StaticEmbedder.name)
    let best = try #require(result.passages.first)
    #expect(best.source.hasSuffix("cat.md"))
    #expect(best.standings[.bm25]?.rank == 1 && best.standings[.vector]?.rank == 1)
    #expect(best.standings[.fused] == Standing(rank: 1, score: best.score))
    #expect(try search("a cat that sleeps") { $0.method = .bm25 }.embedder == nil)
  }

  @Test(arguments: RetrievalSettings.Method.allCases)
  func `a filter holds for every method`(method: RetrievalSettings.Method) throws {
    try index.embed(with: StaticTable.embedder())
    let result = try search("the leek and the dog") {
      $0.method = method
      $0.filter.path = "dog.md"
    }
    #expect(names(result) == ["dog.md"])
  }

  @Test func `a reranker has the last word and its scores count for the least one`() throws {
    let models = Models(scores: { $0.map { $0.contains("dog") ? 5 : 1 } })
    let result = try search("the leeks and the dog", models) {
      $0.reranker = ModelReference("local/reranker")
      $0.minimumScore = 2
    }
    #expect(names(result) == ["dog.md"])
    #expect(result.passages.first?.standings[.reranked] == Standing(rank: 1, score: 5))
    #expect(result.passages.first?.standings[.bm25] != nil)
  }

  @Test func `a reranker that miscounts is told of`() throws {
    #expect(throws: RerankingError.self) {
      try search("leeks", Models(scores: { _ in [] })) {
        $0.reranker = ModelReference("local/reranker")
      }
    }
  }

  @Test func `a query that is rewritten finds what each of its queries finds`() throws {
    let result = try search("x", Models(rewritten: ["cat", "dog"])) {
      $0.rewriting = .decomposition
    }
    #expect(result.queries == ["cat", "dog"])
    #expect(Set(names(result)) == ["cat.md", "dog.md"])
  }

  @Test(arguments: [false, true])
  func `a copy makes room for something else`(hasVectors: Bool) throws {
    if hasVectors { try index.embed(with: StaticTable.embedder()) }
    let result = try search("leeks in spring and the dog") {
      $0.limit = 2
      $0.diversity = 0.7
    }
    #expect(Set(names(result)).intersection(["leek.md", "copy.md"]).count == 1)
  }

  @Test func `a search that is cancelled ends`() throws {
    #expect(throws: CancellationError.self) {
      try Retriever(index, models: Models()).search(
        "leeks", with: RetrievalSettings(), isCancelled: { true })
    }
  }
}
