import Core
import Testing

@testable import Playground

@Suite("Probabilities of tokens")
struct TokenPageTests {
  @Test("p lists the tokens of an answer that has them, and scrolls through them")
  func tokens() {
    var state = State.settled()
    state.press("ctrl-r")
    state.focus(on: .column(0))
    let tokens = (0..<90).map { TokenLogprob(token: "t\($0)", logprob: -0.1) }
    state.stream(0, .text("x"), .logprobs(tokens))
    state.press("p")
    #expect(state.overlays == [.tokens(TokenPage(column: 0))])
    state.press("space down")
    var page = TokenPage(column: 0)
    page.top = state.pageHeight + 1
    #expect(state.overlays == [.tokens(page)])
    state.press("G")
    page.top = 90 - state.pageHeight
    #expect(state.overlays == [.tokens(page)])
    state.press("q")
    #expect(state.overlays.isEmpty)
  }

  @Test("An answer without them says so")
  func none() {
    var state = State.settled()
    state.focus(on: .column(0))
    state.press("p")
    #expect(state.overlays.isEmpty)
    #expect(
      state.notice?.text
        == "This answer came without the probabilities of its tokens: `logprobs` in the config asks for them."
    )
  }
}
