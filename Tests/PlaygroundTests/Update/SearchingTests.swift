import Core
import Testing

@testable import Playground

@Suite("Searching")
struct SearchingTests {
  @Test("The start looks around, then searches for the question")
  func start() {
    var state = State.sample()
    let effects = state.start()
    #expect(effects.first == .lookAround(session: nil))
    #expect(
      State.searches(in: effects) == [
        SearchRequest(
          number: 1, query: "How long?", index: "docs", retrieval: RetrievalSettings())
      ])
  }

  @Test("Typing searches once it settles, and only for another question")
  func settle() {
    var state = State.settled()
    state.focus(on: .field(0))
    #expect(
      state.press("a") == [.postpone(.settle, by: 150), .schedule(.saveDraft, after: 500)])
    #expect(
      State.searches(in: update(&state, .timer(.settle))).map(\.query) == ["How long?a"])
    #expect(update(&state, .timer(.settle)).isEmpty)
    state.focus(on: .prompt)
    state.type("x")
    #expect(State.searches(in: update(&state, .timer(.settle))).isEmpty)
  }

  @Test("What an older search brings is dropped")
  func stale() throws {
    var state = State.settled()
    state.focus(on: .field(0))
    state.type("a")
    let first = try #require(State.searches(in: update(&state, .timer(.settle))).first)
    state.type("b")
    let second = try #require(State.searches(in: update(&state, .timer(.settle))).first)
    _ = update(&state, .passagesFound(.sample(first.number, count: 9)))
    _ = update(&state, .searchFailed(number: first.number, problem: "late"))
    #expect(state.context.passages.count == 3)
    #expect(state.context.problem == nil)
    _ = update(&state, .passagesFound(.sample(second.number, count: 1)))
    #expect(state.context.passages.count == 1)
  }

  @Test("Without a question or an index nothing is searched, and old passages go")
  func nothingToSearch() {
    var state = State.settled()
    state.focus(on: .field(0))
    state.press("ctrl-e ctrl-u")
    #expect(State.searches(in: update(&state, .timer(.settle))).isEmpty)
    #expect(state.context.found.isEmpty)

    state = .settled()
    _ = update(&state, .indexesListed(["docs"]))
    state.press("down")
    #expect(State.searches(in: state.press("enter")).isEmpty)
    #expect(state.context.index == nil)
    #expect(state.context.found.isEmpty)
  }

  @Test("More and fewer passages search anew, from one to a hundred")
  func limit() {
    var state = State.settled()
    state.focus(on: .context)
    #expect(State.searches(in: state.press("+")).map(\.retrieval.limit) == [7])
    #expect(State.searches(in: state.press("minus minus")).map(\.retrieval.limit) == [5])
    for _ in 0..<60 { state.press("minus") }
    #expect(state.context.settings.limit == 1)
    for _ in 0..<120 { state.press("+") }
    #expect(state.context.settings.limit == RetrievalSettings.limits.upperBound)
  }

  @Test("The selection moves through all that was found, cut passages too, and stays in sight")
  func selection() {
    var state = State.settled()
    state.context.pendingSearch = 99
    _ = update(&state, .passagesFound(.sample(99, count: 8, cut: 4)))
    state.focus(on: .context)
    state.press("G")
    #expect(state.context.selection == 11)
    #expect(state.context.top > 0)
    state.press("down")
    #expect(state.context.selection == 11)
    state.press("g")
    #expect(state.context.selection == 0)
    #expect(state.context.top == 0)
  }

  @Test("A passage is read whole, and scrolled no further than its end")
  func reading() {
    var state = State.settled()
    let text = (0..<99).map { "line \($0)" }.joined(separator: "\n")
    state.context.passages = [.sample(0, text: text)]
    state.focus(on: .context)
    state.press("enter G")
    guard case .passage(let reader)? = state.overlays.last else {
      Issue.record("no passage is shown")
      return
    }
    #expect(reader.passage.text == text)
    #expect(reader.editor.top.line == 99 - Layout.documentText(size: state.size).height)
    state.press("escape")
    #expect(state.overlays.isEmpty)
  }

  @Test("With nothing found, the keys of the context do no harm")
  func nothingFound() {
    var state = State.sample(index: nil)
    state.focus(on: .context)
    state.press("down up page-down page-up G g enter")
    #expect(state.overlays.isEmpty)
    #expect(state.context.selection == 0)
  }

  @Test("A run that waited for a search that was given up does not start later")
  func givenUpSearch() {
    var state = State.settled()
    state.focus(on: .field(0))
    state.type("x")
    #expect(!State.searches(in: state.press("ctrl-r")).isEmpty)
    _ = state.pickIndex(nil)
    let search = State.searches(in: state.pickIndex("docs")).first
    let effects = update(&state, .passagesFound(.sample(search?.number ?? 0)))
    #expect(State.started(by: effects).isEmpty)
  }
}
