import Core
import Playground
import Runtime
import Testing

@Suite("Searches and sets of columns")
struct ColumnSearchTests {
  @Test("A search for a column is not ended by a newer one of the context pane")
  func aside() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.lookAround(session: nil))
    try bench.runUntilIdle()
    func request(_ number: Int) -> SearchRequest {
      SearchRequest(
        number: number, query: "return a wheel", index: Tour.name,
        retrieval: RetrievalSettings())
    }
    bench.perform(.searchAside(request(1)), .searchAside(request(2)), .search(request(3)))
    try bench.runUntilIdle()
    let found = bench.events.compactMap { event -> SearchResult? in
      if case .passagesFound(let result) = event { result } else { nil }
    }
    #expect(found.map(\.number) == [1, 2, 3])
    #expect(found.allSatisfy { $0.passages.count == 1 })
    bench.perform(
      .searchAside(
        SearchRequest(number: 4, query: "x", index: "gone", retrieval: RetrievalSettings())))
    try bench.runUntilIdle()
    guard case .searchFailed(number: 4, let problem)? = bench.events.last else {
      Issue.record("nothing is said of an index that isn't there")
      return
    }
    #expect(problem.hasPrefix("There is no index 'gone'"))
  }

  @Test("Sets of columns are there at the next start")
  func sets() throws {
    let set = ColumnSet(name: "pair", variants: [Variant(.echo), Variant(.echo, context: .none)])
    let first = try Workbench()
    defer { first.remove() }
    first.perform(.columnSets(.save(set)))
    try first.runUntilIdle()
    let second = try Workbench(in: first.path)
    second.perform(.columnSets(.list))
    try second.runUntilIdle()
    #expect(second.events.last == .columnSetsListed([set]))
    second.perform(.columnSets(.delete(name: "pair")), .columnSets(.list))
    try second.runUntilIdle()
    #expect(second.events.last == .columnSetsListed([]))
  }

  @Test("What a run asked and which repetition it is are kept with it")
  func kept() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    var plan = RunPlan.echo(1)
    plan.variant = Variant(.echo, parameters: Parameters(temperature: 1), context: .none)
    plan.repetition = 2
    bench.perform(.startRuns([plan]))
    try bench.runUntilIdle()
    let session = try #require(try bench.store.sessions().first).session
    let run = try #require(try bench.store.runs(of: session.id).first)
    let recorded = try bench.store.loadRun(run.id).run
    #expect(recorded.variant == plan.variant)
    #expect(recorded.repetition == 2)
  }
}
