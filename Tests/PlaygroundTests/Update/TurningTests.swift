import Core
import Testing

@testable import Playground

@Suite("Turning the settings of retrieval")
struct TurningTests {
  /// What the last search of some effects asks for.
  private func retrieval(_ effects: [Effect]) throws -> RetrievalSettings {
    try #require(State.searches(in: effects).last).retrieval
  }

  private func state(
    passages: [Int] = [0, 1, 2], hasVectors: Bool = true, chunkings: [Chunking] = [Chunking()],
    method: RetrievalSettings.Method = .hybrid
  ) -> State {
    var state = State.sample()
    for case .search(let request) in state.start() {
      var result = SearchResult.sample(request.number, places: passages)
      result.method = method
      result.vectorWeight = method == .hybrid ? 0.3 : nil
      result.hasVectors = hasVectors
      result.chunkings = chunkings
      _ = update(&state, .passagesFound(result))
    }
    state.focus(on: .context)
    return state
  }

  private func answer(_ state: inout State, _ effects: [Effect], places: [Int]) {
    for case .search(let request) in effects {
      _ = update(&state, .passagesFound(.sample(request.number, places: places)))
    }
  }

  @Test("Each key turns its setting, searches and has the draft saved")
  func keys() throws {
    var state = state(chunkings: [Chunking(), Chunking(.recursive, size: 200)])
    #expect(try retrieval(state.press("m")).method == .bm25)
    #expect(try retrieval(state.press("m m")).method == .hybrid)
    #expect(try retrieval(state.press("S")).fusion == .ranks)
    #expect(try retrieval(state.press("S")).fusion == .scores)
    #expect(try retrieval(state.press("D")).diversity == 0.3)
    #expect(try retrieval(state.press("D D")).diversity == 0.7)
    #expect(try retrieval(state.press("D")).diversity == 0)
    #expect(try retrieval(state.press("]")).vectorWeight == 0.4)
    #expect(try retrieval(state.press("[ [")).vectorWeight == 0.2)
    #expect(try retrieval(state.press("c")).chunking == Chunking(.recursive, size: 200))
    #expect(try retrieval(state.press("c")).chunking == nil)
    #expect(state.press("+").contains(.schedule(.saveDraft, after: 500)))
    #expect(state.draft.retrieval?.limit == 7)
    #expect(try retrieval(state.press("0")) == RetrievalSettings())
    #expect(state.draft.retrieval == nil)
    #expect(State.searches(in: state.press("0")).isEmpty)
  }

  @Test("Weights stop at nothing and all")
  func weights() {
    var state = state()
    for _ in 0..<20 { state.press("]") }
    #expect(state.context.settings.vectorWeight == 1)
    #expect(State.searches(in: state.press("]")).isEmpty)
    for _ in 0..<20 { state.press("[") }
    #expect(state.context.settings.vectorWeight == 0)
  }

  @Test("The budget goes by tenths, and asks nobody")
  func budget() {
    var state = state()
    #expect(State.searches(in: state.press(">")).isEmpty)
    #expect(state.context.settings.budget == 2200)
    state.press("< <")
    #expect(state.context.settings.budget == 1800)
    while state.context.cut.isEmpty, state.context.settings.budget > 1 { state.press("<") }
    #expect(state.context.settings.budget < 300)
    #expect(state.context.passages.count == 2)
    #expect(state.context.changes.left.count == 1)
    state.press("<")
    #expect(state.context.changes.isEmpty)
    for _ in 0..<200 { state.press("<") }
    #expect(state.context.settings.budget == 1)
    for _ in 0..<300 { state.press(">") }
    #expect(state.context.settings.budget == 1_000_000)
    #expect(state.context.passages.count == 3)
  }

  @Test("Models that nobody named are the first column's")
  func models() throws {
    var state = state()
    let reranked = try retrieval(state.press("R"))
    #expect(reranked.reranker == .sample(0))
    #expect(try retrieval(state.press("R")).reranker == nil)
    let rewritten = try retrieval(state.press("t"))
    #expect(rewritten.rewriting == .expansion)
    #expect(rewritten.rewriter == .sample(0))
    #expect(state.context.settings.rewriter == nil)
    #expect(try retrieval(state.press("t t t")).rewriting == .none)

    var configured = RetrievalSettings()
    configured.reranker = .sample(5)
    configured.rewriter = .sample(6)
    state = State(
      size: Size(width: 105, height: 30),
      draft: Draft(promptText: State.samplePrompt, inputs: ["question": "How?"], index: "docs"),
      models: [], defaults: [.extractive], retrieval: configured)
    _ = state.start()
    state.focus(on: .context)
    #expect(try retrieval(state.press("R")).reranker == nil)
    #expect(try retrieval(state.press("R")).reranker == .sample(5))
    #expect(try retrieval(state.press("t")).rewriter == .sample(6))
  }

  @Test("What the index lacks is said, with the command that makes it")
  func missing() {
    var state = state(hasVectors: false, method: .bm25)
    #expect(state.press("m").isEmpty)
    #expect(state.notice?.text.contains("whet index embed --index docs") == true)
    #expect(state.press("c").isEmpty)
    #expect(state.notice?.text.contains("whet index add --index docs --chunking") == true)
    #expect(state.press("]").isEmpty)
    #expect(state.notice?.text.contains("hybrid") == true)
  }

  @Test("A filter is typed in a line, which stays open while it can't be read")
  func filter() throws {
    var state = state()
    state.press("f")
    state.type("path:*.md moon")
    #expect(state.press("enter").isEmpty)
    #expect(state.notice?.kind == .error)
    guard case .line(let line)? = state.overlays.last else {
      Issue.record("the line is gone")
      return
    }
    #expect(line.editor.text == "path:*.md moon")
    state.press("ctrl-w backspace")
    #expect(try retrieval(state.press("enter")).filter.path == "*.md")
    #expect(state.overlays.isEmpty)
    state.press("f ctrl-u")
    #expect(try retrieval(state.press("enter")).filter.isEmpty)
  }

  @Test("The old list stays until the new one comes, which then says what changed")
  func changes() {
    var state = state(passages: [0, 1, 2])
    state.press("j")
    let effects = state.press("m")
    #expect(state.context.passages.count == 3)
    answer(&state, effects, places: [2, 1, 3])
    let changes = state.context.changes
    #expect(changes[Passage.sample(2).origin] == .movedUp(2))
    #expect(changes[Passage.sample(1).origin] == nil)
    #expect(changes[Passage.sample(3).origin] == .entered)
    #expect(changes.left.map(\.source) == ["docs/file-0.md"])
    #expect(state.context.selected?.passage.source == "docs/file-1.md")

    state.focus(on: .field(0))
    state.type("x")
    answer(&state, update(&state, .timer(.settle)), places: [0, 1])
    #expect(state.context.changes.isEmpty)
    #expect(state.context.selection == 0)
  }

  @Test("Of several turns the last one counts, compared with what stood there")
  func latestWins() {
    var state = state(passages: [0, 1, 2])
    let first = state.press("+")
    let second = state.press("+")
    answer(&state, first, places: [5])
    #expect(state.context.passages.count == 3)
    answer(&state, second, places: [0, 1, 2, 3, 4])
    #expect(state.context.passages.count == 5)
    #expect(state.context.changes[Passage.sample(4).origin] == .entered)
    #expect(state.context.changes.left.isEmpty)
  }

  @Test("A start has the settings that the draft kept; another prompt has its own")
  func drafts() {
    var draft = State.sample().draft
    draft.retrieval = RetrievalSettings(limit: 9)
    var state = State(
      size: Size(width: 105, height: 30), draft: draft, models: [], defaults: [.extractive],
      retrieval: RetrievalSettings())
    #expect(State.searches(in: state.start()).map(\.retrieval.limit) == [9])
    #expect(state.draft.retrieval == draft.retrieval)
    _ = update(&state, .promptOpened(Draft(name: "other", promptText: "{{question}}")))
    #expect(state.context.settings == RetrievalSettings())
  }

  @Test("Queries that were made of the question are told")
  func queries() {
    var state = state()
    #expect(state.context.rewrittenQueries.isEmpty)
    for case .search(let request) in state.press("t") {
      var result = SearchResult.sample(request.number, places: [0])
      result.queries = ["How long?", "return period"]
      _ = update(&state, .passagesFound(result))
    }
    #expect(state.context.rewrittenQueries == ["How long?", "return period"])
    #expect(state.context.queryRows(in: 10) == 1)
    #expect(state.context.queryRows(in: 40) == 2)
  }
}

extension SearchResult {
  fileprivate static func sample(_ number: Int, places: [Int]) -> SearchResult {
    SearchResult(
      number: number, passages: places.map { .sample($0) }, queries: ["How long?"], indexSize: 62)
  }
}
