import Core
import Testing

@testable import Playground

extension State {
  /// A playground with the page of sessions on top, the middle one selected.
  static func amongSessions(_ count: Int = 60) -> State {
    var state = State.settled()
    state.press("alt-s")
    let rows = (0..<count).map { place in
      SessionRow(id: "s\(place)", name: "session \(place)", runCount: place, lastUsed: "today")
    }
    _ = update(&state, .sessionsListed(rows))
    for _ in 0..<count / 2 { state.press("down") }
    return state
  }

  fileprivate var page: SessionsPage? {
    if case .sessions(let page)? = overlays.last { page } else { nil }
  }

  /// The request to find runs among effects.
  fileprivate static func request(in effects: [Effect]) -> RunRequest? {
    effects.lazy.compactMap { if case .findRuns(let request) = $0 { request } else { nil } }.first
  }
}

extension FoundRuns {
  static func sample(_ run: Identifier, field: RunQuery.Field = .answer, _ snippet: String) -> Self
  {
    FoundRuns(runs: [
      .init(
        RunHit(
          run: run, session: "s", sessionName: "a session", startedAt: 0, model: .echo,
          finishReason: .stop, rating: nil, score: nil, cost: .zero, field: field,
          snippet: snippet, matches: [0..<min(2, snippet.utf8.count)]), time: "today")
    ])
  }
}

@Suite("Looking for runs")
struct LookingForRunsTests {
  @Test("Sessions are listed, and Enter asks for the tree of the selected one")
  func sessions() {
    var state = State.settled()
    #expect(state.press("alt-s") == [.listSessions])
    let rows = ["a", "b"].map { SessionRow(id: $0, name: $0, runCount: 1, lastUsed: "now") }
    _ = update(&state, .sessionsListed(rows))
    #expect(state.press("down enter") == [.readTree(session: "b", at: nil)])
    state.press("alt-n")
    state.type("c")
    #expect(state.press("enter") == [.nameSession("b", "bc")])
    state.press("escape")
    #expect(state.overlays.isEmpty)
  }

  @Test("Each character looks at once, and what comes for an older line is let go")
  func typing() throws {
    var state = State.settled()
    state.press("alt-s")
    let first = try #require(State.request(in: state.press("a")))
    let second = try #require(State.request(in: state.press("b")))
    #expect(first.line == "a" && second.line == "ab")
    _ = update(&state, .runsFound(number: first.number, .sample("old", "an")))
    #expect(state.page?.rowCount == 0)
    _ = update(&state, .runsFound(number: second.number, .sample("new", "abba")))
    #expect(state.page?.selectedRun?.run == "new")
    #expect(state.press("enter") == [.loadRuns("new", .show)])
    #expect(state.press("alt-r") == [.loadRuns("new", .replay(["new"]))])
  }

  @Test("A line that can't be understood keeps what was found, and says what is wrong")
  func problem() throws {
    var state = State.settled()
    state.press("alt-s")
    let first = try #require(State.request(in: state.press("a")))
    _ = update(&state, .runsFound(number: first.number, .sample("a", "an")))
    let second = try #require(State.request(in: state.press("b")))
    _ = update(
      &state, .runsFound(number: second.number, FoundRuns(problem: "date: takes a day.")))
    #expect(state.page?.found.problem == "date: takes a day.")
    #expect(state.page?.rowCount == 1)
  }

  @Test("The page comes back as it was left; without a line it has the sessions")
  func again() throws {
    var state = State.settled()
    state.press("alt-s a b escape")
    let request = try #require(State.request(in: state.press("alt-s")))
    #expect(request.line == "ab")
    #expect(state.press("ctrl-u").isEmpty)
    #expect(state.page?.isFinding == false)
  }

  @Test("Tab completes the name of a filter that only one has")
  func completing() {
    var state = State.settled()
    state.press("alt-s")
    state.type("wheel ra")
    state.press("tab")
    #expect(state.page?.query.text == "wheel rating:")
    state.type(" s")
    state.press("tab")
    #expect(state.page?.query.text == "wheel rating: s")
  }

  @Test("A run that is opened shows what was looked for in its answer")
  func hit() throws {
    var state = State.settled()
    state.press("alt-s")
    let request = try #require(State.request(in: state.press("a")))
    _ = update(&state, .runsFound(number: request.number, .sample("run-0", "An answer.")))
    state.press("enter")
    _ = update(&state, .runsLoaded([.sample(0)], .show))
    #expect(state.focus == .column(0))
    #expect(state.answerSearch?.matches.first == 0..<2)
  }

  @Test("A run that was found in its prompt is opened there")
  func promptHit() throws {
    var state = State.settled()
    state.press("alt-s")
    let request = try #require(State.request(in: state.press("a")))
    _ = update(
      &state, .runsFound(number: request.number, .sample("run-0", field: .prompt, "Was:")))
    state.press("enter")
    _ = update(&state, .runsLoaded([.sample(0)], .show))
    #expect(state.focus == .prompt)
  }
}
