import Core
import Testing

@testable import Playground

@Suite("Passages changed by hand")
struct CuratingTests {
  private func state(passages: Int = 4) -> State {
    var state = State.settled(passages: passages)
    state.focus(on: .context)
    return state
  }

  private func sources(_ state: State) -> String {
    state.context.passages.map { String($0.source.dropLast(3).suffix(1)) }.joined()
  }

  private func request(_ state: inout State) throws -> CompletionRequest {
    try #require(State.started(by: state.press("ctrl-r")).first).request
  }

  @Test("What is dropped isn't sent, and is not among the run's passages")
  func dropped() throws {
    var state = state()
    state.press("j d")
    #expect(sources(state) == "023")
    #expect(state.context.found.count == 4)
    let request = try request(&state)
    #expect(request.passages.map(\.source) == state.context.passages.map(\.source))
    #expect(request.passages.count == 3)
  }

  @Test("What was edited is what is sent and recorded")
  func edited() throws {
    var state = state()
    state.press("e ctrl-k")
    state.type("Thirty days, no more.")
    #expect(state.prompt.editor.text == State.samplePrompt)
    state.press("ctrl-s")
    #expect(state.overlays.isEmpty)
    let request = try request(&state)
    #expect(request.passages[0].text == "Thirty days, no more.")
    #expect(request.messages.contains { $0.text.contains("[1] Thirty days, no more.") })
    state.focus(on: .context)
    state.press("u")
    #expect(state.context.passages[0].text == "You have thirty days.")
  }

  @Test("Leaving the editor with changes asks once")
  func leaving() {
    var state = state()
    state.press("e escape")
    #expect(state.overlays.isEmpty)
    state.press("e x escape")
    #expect(state.notice?.kind == .warning)
    state.press("y escape")
    #expect(state.overlays.count == 1)
    state.press("escape")
    #expect(state.overlays.isEmpty)
    #expect(state.context.curation.isEmpty)
  }

  @Test("The editor takes motions, undo and pastes of several lines; other keys do nothing")
  func editor() throws {
    var state = state()
    state.press("e")
    state.take(.paste("one\ntwo "))
    state.press("alt-> enter")
    state.type("end")
    #expect(state.pageEditor?.editor.text == "one\ntwo You have thirty days.\nend")
    state.press("ctrl-_ ctrl-r ctrl-p tab f3 alt-/")
    #expect(state.overlays.count == 1)
    let effects = state.press("ctrl-o")
    guard case .terminal(.edit(let edit))? = effects.first else {
      Issue.record("no editor was asked for")
      return
    }
    #expect(edit.target == .passage)
    _ = update(&state, .editedOutside(.passage, .edited("from outside")))
    #expect(state.pageEditor?.editor.text == "from outside")
    state.press("ctrl-s")
    #expect(state.context.passages[0].text == "from outside")
  }

  @Test("The changes outlast turns and questions, and end with the index")
  func lasting() throws {
    var state = state()
    state.press("p j d")
    for case .search(let request) in state.press("+") {
      _ = update(&state, .passagesFound(.sample(request.number, count: 5)))
    }
    #expect(sources(state) == "0234")
    state.focus(on: .field(0))
    state.type("x")
    for case .search(let request) in update(&state, .timer(.settle)) {
      _ = update(
        &state,
        .passagesFound(
          SearchResult(
            number: request.number, passages: [.sample(7), .sample(1)], queries: [], indexSize: 9)))
    }
    #expect(sources(state) == "70")
    _ = state.pickIndex("other")
    #expect(state.context.curation.isEmpty)
  }

  @Test("Passages move past their neighbours, with the selection on them")
  func moving() {
    var state = state()
    state.press("J")
    #expect(sources(state) == "1023")
    #expect(state.context.selection == 1)
    state.press("alt-down K K")
    #expect(sources(state) == "0123")
    state.press("K")
    #expect(state.notice?.text == "It is the first already.")
    state.press("G J")
    #expect(state.notice?.text == "It is the last already.")
    state.press("U")
    #expect(state.context.curation.isEmpty)
    state.press("U u")
    #expect(state.notice?.text == "Nothing was changed about this passage.")
  }

  @Test("A passage that was cut comes in by moving up")
  func movingOverTheBudget() {
    var state = state()
    for _ in 0..<21 { state.press("<") }
    #expect(state.context.settings.budget < 300)
    let given = sources(state)
    state.press("G")
    for _ in 0..<4 { state.press("K") }
    #expect(sources(state) != given)
    #expect(sources(state).first == "3")
  }

  @Test("Marks of relevance are kept, told, and taken back by the same key")
  func judging() throws {
    var state = state()
    let passage = state.context.passages[0]
    func judging(_ grade: Int?) -> [Effect] {
      [.judge(PassageJudging(index: "docs", query: "How long?", passage: passage, grade: grade))]
    }
    #expect(state.press("r") == judging(1))
    #expect(state.isRelevant(passage) == true)
    #expect(state.press("r") == judging(nil))
    #expect(state.isRelevant(passage) == nil)
    #expect(state.press("n") == judging(0))
    #expect(state.isRelevant(passage) == false)
    #expect(state.press("r") == judging(1))
    _ = update(
      &state,
      .relevanceRead(QueryRelevance(index: "docs", query: "Other?", relevance: Relevance())))
    #expect(state.isRelevant(passage) == nil)
  }

  @Test("What was judged is asked for when a search comes back, once a question")
  func readingRelevance() throws {
    var state = State.sample()
    let search = try #require(State.searches(in: state.start()).first)
    let reading = Effect.readRelevance(index: "docs", query: "How long?")
    #expect(update(&state, .passagesFound(.sample(search.number))).contains(reading))
    _ = update(
      &state,
      .relevanceRead(QueryRelevance(index: "docs", query: "How long?", relevance: Relevance())))
    state.focus(on: .context)
    for case .search(let request) in state.press("+") {
      #expect(!update(&state, .passagesFound(.sample(request.number))).contains(reading))
    }
  }

  @Test("The exact text is what would be sent, and is copied")
  func exactText() throws {
    var state = state(passages: 2)
    state.press("d x")
    guard case .exactText(let page)? = state.overlays.last else {
      Issue.record("no page is open")
      return
    }
    let sent = try #require(prompt(of: state))
    #expect(page.sections.map(\.text) == sent.map(\.text))
    #expect(page.sections.map(\.heading) == sent.map(\.role.rawValue))
    #expect(state.press("y") == [.terminal(.copy(page.copied))])
    state.press("escape")
    #expect(state.overlays.isEmpty)
  }

  private func prompt(of state: State) -> [Message]? {
    (try? state.prompt.fill(passages: state.context.passages))?.messages
  }

  @Test("A click selects the passage in its row, whatever stands above it")
  func clicking() throws {
    var state = state()
    let inside = try #require(state.layout.context).inside
    state.take(.mouse(Mouse(.press, at: Point(x: inside.x + 3, y: inside.y + 5))))
    #expect(state.context.selection == 2)
    for _ in 0..<21 { state.press("<") }
    let rows = state.context.rows(in: inside.height)
    let line = try #require(rows.firstIndex(of: .cutLine))
    state.take(.mouse(Mouse(.press, at: Point(x: inside.x, y: inside.y + line + 1))))
    #expect(state.context.selected?.state == .cut)
    state.take(.mouse(Mouse(.press, at: Point(x: inside.x, y: inside.bottom - 1))))
    #expect(state.context.selected?.state == .cut)
  }

  @Test("A search that fails leaves nothing, and what is pinned comes back with the next")
  func failing() throws {
    var state = state()
    state.press("j p")
    let search = try #require(State.searches(in: state.press("R")).first)
    _ = update(&state, .searchFailed(number: search.number, problem: "No server."))
    #expect(state.context.found.isEmpty)
    #expect(state.context.problem == "No server.")
    for case .search(let request) in state.press("R") {
      _ = update(&state, .passagesFound(.sample(request.number, count: 1)))
    }
    #expect(sources(state) == "01")
  }

  @Test("A list that has become shorter is scrolled back to fill its rows")
  func shorter() {
    var state = State.settled(passages: 20)
    state.focus(on: .context)
    state.press("G")
    #expect(state.context.top > 0)
    for case .search(let request) in state.press("minus") {
      _ = update(&state, .passagesFound(.sample(request.number, count: 3)))
    }
    #expect(state.context.top == 0)
  }

  @Test("With nothing found the keys do no harm")
  func nothingFound() {
    var state = State.sample(index: nil)
    state.focus(on: .context)
    state.press("p d K J e u U r n x escape f escape m c R t D S [ ] < > 0 + minus")
    #expect(state.overlays.isEmpty)
    #expect(state.context.found.isEmpty)
  }
}
