import Core
import Playground
import Testing

@testable import Screen

// What frames as text can't show: underlines of sentences that no passage supports.

@Suite("Underlined sentences")
struct SupportFrameTests {
  /// The underlined text of the frame, row by row.
  private func underlined(_ state: State) -> [String] {
    let grid = Renderer(theme: .plain).frame(of: state)
    return (0..<grid.size.height).compactMap { y in
      let cells = grid.row(y).filter { $0.style.attributes.contains(.underline) }
      return cells.isEmpty
        ? nil : String(String.UnicodeScalarView(cells.compactMap { Unicode.Scalar($0.scalar) }))
    }
  }

  private func answered(_ text: String) -> State {
    var state = State(
      size: Size(width: 60, height: 20),
      draft: Draft(promptText: "Why?", models: [ModelReference(provider: "a", model: "b")]),
      models: [], defaults: [.echo], retrieval: RetrievalSettings())
    _ = state.start()
    let passage = Passage(
      source: "a.md", bytes: 0..<9, lines: 1...1, text: "You have 30 days to return it.")
    var answer = Answer()
    answer.apply(.text(text), at: 1)
    answer.apply(.finish(.stop), at: 2)
    let run = Run(
      id: "run", session: "session", startedAt: 0, column: 0, promptText: "Why?", inputs: [:],
      request: CompletionRequest(
        model: ModelReference(provider: "a", model: "b"),
        messages: [Message(role: .user, text: "Why?")], passages: [passage]))
    let effects = update(
      &state, .runsLoaded([RecordedRun(run: run, events: [], answer: answer)], .show))
    for case .examineSupport(let examination) in effects {
      let support = AnswerSupport(
        of: examination.text, by: examination.passages.map(SupportPassage.init))
      _ = update(
        &state,
        .supportExamined(
          ExaminedSupport(
            number: examination.number, length: examination.text.utf8.count, support: support)))
    }
    return state
  }

  @Test("A sentence that no passage supports is underlined, until u says otherwise")
  func underlines() {
    var state = answered("You have 30 days to return it. Bananas are yellow.")
    #expect(underlined(state).joined().contains("Bananas are yellow."))
    #expect(!underlined(state).joined().contains("30 days"))
    _ = update(&state, .input(.key(Key(.character("u")))))
    #expect(!underlined(state).joined().contains("Bananas"))
  }
}
