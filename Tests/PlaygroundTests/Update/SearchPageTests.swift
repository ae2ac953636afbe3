import Core
import Testing

@testable import Playground

@Suite("Pages on a search")
struct SearchPageTests {
  private static func context() -> State {
    var state = State.settled()
    state.focus(on: .context)
    return state
  }

  /// Asks why a file isn't there; gives the number of the examination.
  private static func asked() -> (State, number: Int) {
    var state = context()
    state.press("w")
    state.type("shipping.md")
    let effects = state.press("enter")
    guard case .explainAbsence(let request)? = effects.first else { return (state, -1) }
    return (state, request.number)
  }

  private static func report(passages: Int = 2) -> AbsenceReport {
    var settings = RetrievalSettings()
    settings.limit = 14
    return AbsenceReport(
      question: "shipping.md", query: "How long?",
      passages: (0..<passages).map {
        AbsentPassage(
          passage: .sample($0 + 5), rank: 14,
          remedies: [
            .init(
              changes: ["a query with 'days'"], settings: settings, query: "How long? days", rank: 2
            ),
            .init(changes: ["k=14"], settings: settings, query: "How long?", rank: 14),
          ])
      })
  }

  private static func page(_ state: State) -> AbsencePage? {
    if case .absence(let page)? = state.overlays.last { page } else { nil }
  }

  @Test func `a question goes with the query and the settings`() {
    var state = Self.context()
    state.press("w")
    state.type("shipping.md:3")
    #expect(
      state.press("enter") == [
        .explainAbsence(
          AbsenceRequest(
            number: state.nextNumber - 1, index: "docs",
            question: AbsenceQuestion("shipping.md:3"), query: "How long?",
            settings: state.context.settings))
      ])
    #expect(Self.page(state)?.lines.first?.kind == .note)
  }

  @Test func `the answer is read passage by passage`() {
    var (state, number) = Self.asked()
    _ = update(&state, .inspected(number: number, .absence(Self.report())))
    #expect(Self.page(state)?.shown?.passage == .sample(5))
    state.press("n n n")
    #expect(Self.page(state)?.shown?.passage == .sample(6))
    let effects = state.press("enter")
    #expect(state.reader?.passage == .sample(6))
    #expect(effects.contains { if case .readDocument = $0 { true } else { false } })
    state.press("escape")
    #expect(Self.page(state) != nil)
  }

  @Test func `a applies the first change of the settings, and searches again`() {
    var (state, number) = Self.asked()
    _ = update(&state, .inspected(number: number, .absence(Self.report())))
    let searches = State.searches(in: state.press("a"))
    #expect(state.overlays.isEmpty && state.context.settings.limit == 14)
    #expect(searches.map(\.retrieval.limit) == [14])
  }

  @Test func `p pins the passage that is missed, and lets it go`() {
    var (state, number) = Self.asked()
    _ = update(&state, .inspected(number: number, .absence(Self.report())))
    state.press("p")
    #expect(state.context.curation.isPinned(Passage.sample(5).origin))
    #expect(state.context.passages.contains { $0.origin == Passage.sample(5).origin })
    #expect(Self.page(state) != nil)
    state.press("p")
    #expect(!state.context.curation.isPinned(Passage.sample(5).origin))
  }

  @Test func `an answer nobody waits for is given up`() {
    var (state, number) = Self.asked()
    #expect(state.press("escape") == [.endInspection(number)])
    (state, number) = Self.asked()
    _ = update(&state, .inspected(number: number, .failed("The index is gone.")))
    #expect(Self.page(state)?.lines == [ReportLine(.problem, "The index is gone.")])
  }

  @Test func `the settings are measured beside those of the start, or beside words alone`() {
    var state = Self.context()
    guard case .measure(let first)? = state.press("v").first else {
      Issue.record("nothing is measured")
      return
    }
    #expect(first.before.method == .bm25 && first.now == state.context.settings)
    #expect(state.press("escape") == [.endInspection(first.number)])
    state.context.settings.limit = 9
    guard case .measure(let second)? = state.press("v").first else {
      Issue.record("nothing is measured")
      return
    }
    #expect(second.before == state.context.initialSettings && second.now.limit == 9)
    _ = update(&state, .inspected(number: second.number, .measuring(done: 3, total: 8)))
    guard case .measuring(let page)? = state.overlays.last else { return }
    #expect(page.lines.first?.text.contains("3 of 8") == true)
    _ = update(&state, .inspected(number: second.number, .measured(nil)))
    guard case .measuring(let page)? = state.overlays.last else { return }
    #expect(page.lines.last?.text == "whet index judge --index docs takes in files of judgments.")
    #expect(state.press("escape").isEmpty)
  }
}
