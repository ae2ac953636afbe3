import Core
import Glibc
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
    #expect(state.overlays.isEmpty && state.columns[0].showsProbabilities)
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
    #expect(state.overlays.isEmpty && state.columns[0].showsProbabilities)
    state.press("p p")
    #expect(state.overlays.isEmpty && !state.columns[0].showsProbabilities)
    #expect(state.columns[0].marks[.probability].isEmpty)
  }

  @Test("Tokens are marked by their probabilities as they come, the sure ones not")
  func colours() {
    var state = State.settled()
    state.press("ctrl-r")
    state.focus(on: .column(0))
    func tell(_ token: String, _ probability: Double) {
      state.stream(
        0, .text(token), .logprobs([TokenLogprob(token: token, logprob: log(probability))]))
    }
    tell("Yes", 0.95)
    tell(",", 0.7)
    state.press("p")
    for (token, probability) in [(" you", 0.4), (" may", 0.2), (" not", 0.05), (".", 1)] {
      tell(token, probability)
    }
    #expect(
      state.columns[0].marks[.probability] == [
        AnswerMark(3..<4, .probability(level: 3)), AnswerMark(4..<8, .probability(level: 2)),
        AnswerMark(8..<12, .probability(level: 1)), AnswerMark(12..<16, .probability(level: 0)),
      ])
    state.press("enter w")
    #expect(state.columns[0].tokensAtCursor.map(\.token) == [" you"])
    state.press("escape")
    #expect(state.columns[0].tokensAtCursor.isEmpty)
  }

  @Test("An answer without them has the column ask for them next time")
  func none() throws {
    var state = State.settled()
    state.focus(on: .column(0))
    state.press("p")
    #expect(state.columns[0].variant.parameters.topLogprobs == 5)
    #expect(state.notice?.text.hasPrefix("A asks for the probabilities of tokens") == true)
    let plan = try #require(State.started(by: state.press("ctrl-r")).first)
    #expect(plan.request.parameters.topLogprobs == 5)
    state.stream(0, .text("x"), .finish(.stop))
    state.press("p")
    #expect(state.overlays.isEmpty && !state.columns[0].showsProbabilities)
    #expect(state.notice?.text.hasPrefix("The server told no probabilities") == true)
  }

  @Test("Where nobody can tell them, nothing is asked for")
  func impossible() {
    var state = State.settled()
    let provider = Provider(name: "local", baseURL: "https://api.anthropic.com/v1", wire: .messages)
    _ = update(&state, .catalogChanged(ModelCatalog(providers: [provider])))
    state.focus(on: .column(0))
    state.press("p")
    #expect(state.columns[0].variant.parameters.topLogprobs == nil)
    #expect(state.notice?.text.contains("tells no probabilities") == true)
  }
}
