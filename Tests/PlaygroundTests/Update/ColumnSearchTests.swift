import Core
import Testing

@testable import Playground

@Suite("Columns with a search of their own")
struct ColumnSearchTests {
  private let settings: RetrievalSettings = {
    var settings = RetrievalSettings(limit: 2, budget: 150)
    settings.method = .vector
    return settings
  }()

  /// A playground of three columns, two of which search on their own, and alike.
  private func playground() -> State {
    var state = State.settled(columns: 3)
    for index in 1...2 {
      state.columns[index].variant.context = .settings(settings, index: "faq")
    }
    return state
  }

  private func requests(in effects: [Effect]) -> [SearchRequest] {
    effects.compactMap { if case .searchAside(let request) = $0 { request } else { nil } }
  }

  @Test("They are searched for when a run begins, the same search once, and all run together")
  func run() throws {
    var state = playground()
    let effects = state.press("ctrl-r")
    #expect(State.started(by: effects).isEmpty)
    let request = try #require(requests(in: effects).first)
    #expect(requests(in: effects).count == 1)
    #expect(request.retrieval == settings)
    #expect(request.index == "faq")
    #expect(request.query == "How long?")
    #expect(requests(in: state.press("ctrl-r")).isEmpty)
    let plans = State.started(
      by: update(
        &state,
        .passagesFound(
          SearchResult(
            number: request.number, passages: [.sample(8), .sample(9)], queries: [],
            indexSize: 9))))
    // The second is over the budget of the column's own settings.
    #expect(plans.map { $0.request.passages.map(\.id) } == [[0, 1, 2], [8], [8]])
    #expect(state.context.passages.map(\.id) == [0, 1, 2])
    #expect(state.columns.map { $0.passages.count } == [3, 1, 1])
  }

  @Test("Each run searches anew")
  func again() throws {
    var state = playground()
    for _ in 0..<2 {
      let request = try #require(requests(in: state.press("ctrl-r")).first)
      let plans = State.started(by: update(&state, .passagesFound(.sample(request.number))))
      #expect(plans.count == 3)
      for index in 0..<3 { state.stream(index, .finish(.stop)) }
    }
  }

  @Test("One that fails keeps all columns from running, and says whose it was")
  func failure() throws {
    var state = playground()
    let request = try #require(requests(in: state.press("ctrl-r")).first)
    let effects = update(&state, .searchFailed(number: request.number, problem: "no index."))
    #expect(State.started(by: effects).isEmpty)
    #expect(state.notice == Notice(.error, "Nothing was run: the search of B, C: no index."))
    #expect(!state.isRunning)
    #expect(requests(in: state.press("ctrl-r")).count == 1)
  }

  @Test("A cancel takes back a run that waits for them")
  func cancel() throws {
    var state = playground()
    let request = try #require(requests(in: state.press("ctrl-r")).first)
    state.press("ctrl-c")
    #expect(
      State.started(by: update(&state, .passagesFound(.sample(request.number)))).isEmpty)
  }

  @Test("A question that is edited meanwhile is searched for before anything is run")
  func edited() throws {
    var state = playground()
    let request = try #require(requests(in: state.press("ctrl-r")).first)
    state.focus(on: .field(0))
    state.type("!")
    var effects = update(&state, .passagesFound(.sample(request.number)))
    #expect(State.started(by: effects).isEmpty)
    let shared = try #require(State.searches(in: effects).first)
    #expect(shared.query == "How long?!")
    effects = update(&state, .passagesFound(.sample(shared.number)))
    let own = try #require(requests(in: effects).first)
    #expect(own.query == "How long?!")
    effects = update(&state, .passagesFound(.sample(own.number)))
    #expect(
      State.started(by: effects).map(\.request.question) == [
        "How long?!", "How long?!", "How long?!",
      ])
  }

  @Test("Passages that a case brings along are given to all")
  func given() {
    var state = playground()
    state.context.givenPassages = [.sample(5)]
    #expect(state.searchForColumns().isEmpty)
    #expect(state.passages(ofColumn: 1) == [.sample(5)])
  }
}
