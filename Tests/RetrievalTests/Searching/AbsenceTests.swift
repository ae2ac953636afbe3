import Core
import Testing

@testable import Retrieval

@Suite("Why not?")
struct AbsenceTests {
  private struct Models: RetrievalModels {
    func embedder(named name: String) throws -> any Embedder { try StaticTable.embedder() }
    func reranker(_ model: ModelReference) throws -> any Reranker { throw CancellationError() }
    func rewriter(
      _ rewriting: RetrievalSettings.Rewriting, by model: ModelReference?
    ) throws -> any QueryRewriter { throw CancellationError() }
  }

  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    for number in 1...12 {
      let more = String(repeating: " Shipping takes days.", count: number)
      try folder.write(
        "docs/shipping-\(100 + number).md", "# Shipping\n\nShipping of a wheel.\(more)\n")
    }
    try folder.write(
      "docs/returns.md", "# Returns\n\nA refund of a wheel is paid within a month.\n")
    try folder.write("docs/warranty.md", "# Warranty\n\nRepairs are free for two years.\n")
    try folder.write("docs/picture.md", [0x41, 0, 0x42])
    index = try folder.index()
    try index.add([folder["docs"]])
  }

  private func report(
    on question: String, query: String = "wheel shipping",
    _ change: (inout RetrievalSettings) -> Void = { $0.limit = 3 }
  ) throws -> AbsenceReport {
    var settings = RetrievalSettings()
    change(&settings)
    return try AbsenceExamination(of: query, with: settings, in: index, models: Models())
      .report(on: AbsenceQuestion(question))
  }

  private func absent(
    _ question: String, query: String = "wheel shipping",
    _ change: (inout RetrievalSettings) -> Void = { $0.limit = 3 }
  ) throws -> AbsentPassage {
    try #require(try report(on: question, query: query, change).passages.first)
  }

  /// Searches with what a remedy says, and tells whether the prompt is given the passage.
  private func holds(_ remedy: AbsentPassage.Remedy, for absent: AbsentPassage) throws -> Bool {
    try Retriever(index, models: Models()).search(remedy.query, with: remedy.settings).passages
      .fitting(tokens: remedy.settings.budget).kept
      .contains { $0.id == absent.passage.id }
  }

  @Test func `a passage that comes too late is told its rank, and the k that brings it in`() throws
  {
    let absent = try absent("returns.md")
    #expect(absent.rank == 13 && !absent.isGiven)
    #expect(absent.obstacles.map(\.kind) == [.limit])
    #expect(absent.passage.standings[.bm25]?.rank == 13)
    #expect(absent.remedies.first?.changes == ["k=13"])
  }

  @Test func `every remedy works when it is applied`() throws {
    for query in ["wheel shipping", "days", "free wheel"] {
      for question in ["returns.md", "warranty.md", "shipping-112.md"] {
        let report = try report(on: question, query: query) {
          $0.limit = 2
          $0.budget = 60
          $0.filter.path = "shipping*"
        }
        for absent in report.passages {
          for remedy in absent.remedies { #expect(try holds(remedy, for: absent), "\(remedy)") }
        }
      }
    }
  }

  @Test func `a passage without the query's words is told so, with a word that brings it in`()
    throws
  {
    let absent = try absent("\"two years\"")
    #expect(absent.passage.source.hasSuffix("warranty.md") && absent.rank == nil)
    #expect(absent.obstacles.map(\.kind) == [.words])
    #expect(absent.words.contains { $0.text == "shipping" && $0.contribution == 0 })
    // Words of this passage stand nowhere else, so that none is offered.
    #expect(absent.remedies.isEmpty)
  }

  @Test func `a filter that keeps a passage out is named, and goes in the first remedy`() throws {
    let absent = try absent("returns.md", query: "refund of a wheel") {
      $0.filter.path = "shipping-*.md"
    }
    #expect(absent.obstacles.map(\.kind) == [.filter])
    #expect(absent.obstacles[0].sentence.contains("path:shipping-*.md"))
    #expect(absent.remedies.first?.changes == ["without the filter path:shipping-*.md"])
  }

  @Test func `a budget that is too small says by how much`() throws {
    let absent = try absent("returns.md", query: "refund of a wheel") { $0.budget = 5 }
    #expect(absent.rank == 1 && absent.obstacles.map(\.kind) == [.budget])
    #expect(absent.remedies.first?.changes == ["budget=\(absent.passage.tokens)"])
  }

  @Test func `a minimum score that is too high is an obstacle`() throws {
    let absent = try absent("returns.md", query: "refund") { $0.minimumScore = 1000 }
    #expect(absent.obstacles.map(\.kind) == [.minimumScore])
    #expect(absent.remedies.first?.changes == ["no minimum score"])
  }

  @Test func `what is given is said to be given`() throws {
    let absent = try absent("returns.md:3", query: "refund")
    #expect(absent.isGiven && absent.rank == 1)
    #expect(absent.remedies.isEmpty && absent.obstacles.isEmpty)
  }

  @Test func `a file that was skipped says why`() throws {
    let problems = try report(on: "picture.md").problems
    #expect(problems.count == 1 && problems[0].contains("skipped (binary)"))
  }

  @Test func `a file that the index doesn't know comes with the command that adds it`() throws {
    let problems = try report(on: "notes/plan.md").problems
    #expect(problems.last == "To add a file or a folder: whet index add notes/plan.md")
    let hostile = try report(on: "$(rm) it's.md").problems
    #expect(hostile.last?.hasSuffix(#"whet index add '$(rm) it'\''s.md'"#) == true)
    let phrase = try report(on: "\"no such phrase\"").problems
    #expect(phrase == ["No passage of the index holds 'no such phrase'."])
    #expect(try report(on: "returns.md:99").problems.first?.contains("line 99") == true)
    #expect(try !report(on: " ").problems.isEmpty)
  }

  @Test func `with vectors, legs are fused and settings of the fusion are tried`() throws {
    try index.embed(with: StaticTable.embedder())
    let absent = try absent("returns.md") { $0.limit = 3 }
    #expect(absent.passage.standings[.vector] != nil && absent.passage.standings[.fused] != nil)
    for remedy in absent.remedies { #expect(try holds(remedy, for: absent), "\(remedy)") }
  }

  @Test func `a passage of a chunking that isn't searched is found there`() throws {
    try index.add([folder["docs"]], by: [Chunking(.structure), Chunking(.document)])
    let report = try report(
      on: "\"wheel. Shipping takes days.\"", query: "wheel", { $0.chunking = Chunking(.document) })
    #expect(!report.passages.isEmpty)
  }

  @Test func `a search that is cancelled ends the examination`() throws {
    let examination = AbsenceExamination(
      of: "wheel", with: RetrievalSettings(), in: index, models: Models(), isCancelled: { true })
    #expect(throws: CancellationError.self) {
      try examination.report(on: AbsenceQuestion("returns.md"))
    }
  }
}
