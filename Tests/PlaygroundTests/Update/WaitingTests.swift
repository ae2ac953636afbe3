import Core
import Testing

@testable import Playground

@Suite("Waiting for an answer")
struct WaitingTests {
  private func failed(delay: Double, at time: Double) -> State {
    var state = State.settled(columns: 1)
    state.press("ctrl-r")
    let retry = Retry(attempt: 1, attemptLimit: 4, delay: delay, reason: "HTTP 429.")
    state.stream(0, wire: .head(status: 429, contentType: ""), at: time - 1)
    state.stream(0, .retry(retry), wire: .retry(retry), at: time)
    return state
  }

  private func second(_ state: inout State) { _ = update(&state, .timer(.second)) }

  @Test("A wait for the next try counts down to it")
  func countsDown() {
    var state = failed(delay: 2000, at: 900)
    var shown: [Int?] = []
    for _ in 0..<3 {
      shown.append(state.columns[0].retryWait?.seconds)
      second(&state)
    }
    #expect(shown == [2, 2, 1])
    #expect(state.columns[0].retryWait?.retry.reason == "HTTP 429.")
  }

  @Test("The next try ends the wait, and its own wait begins at nothing")
  func nextTry() {
    var state = failed(delay: 2000, at: 900)
    for _ in 0..<2 { second(&state) }
    state.stream(
      0, wire: .request(SentRequest(wire: .chatCompletions, url: "http://host/v1")), at: 2900)
    #expect(state.columns[0].retryWait == nil)
    #expect(state.columns[0].answer.pendingRetry != nil)
    #expect(state.columns[0].phase == .waiting(seconds: 0))
    for _ in 0..<3 { second(&state) }
    #expect(state.columns[0].phase == .waiting(seconds: 2))
    state.stream(0, .text("x"), at: 5500)
    #expect(state.columns[0].answer.pendingRetry == nil)
    #expect(state.columns[0].phase == .streaming)
  }

  @Test("A wait for the next try is cancelled like anything that runs", arguments: ["c", "ctrl-c"])
  func cancel(key: String) {
    var state = failed(delay: 60_000, at: 10)
    state.focus(on: .column(0))
    let run = state.columns[0].run ?? -1
    #expect(state.press(key) == [.cancelRuns([run])])
    state.stream(0, .finish(.cancelled), wire: .end(.cancelled), at: 900)
    #expect(state.columns[0].retryWait == nil)
  }

  @Test("Seconds are those since the runs began, whatever ran before")
  func aligned() {
    var state = State.settled()
    let effects = state.press("ctrl-r")
    #expect(effects.last == .postpone(.second, by: 1000))
  }

  @Test(
    "Delays beyond all bounds are waited for without harm", arguments: [1e300, -1e300, .infinity])
  func hostileDelays(delay: Double) {
    var state = failed(delay: delay, at: 10)
    second(&state)
    #expect(state.columns[0].retryWait.map { $0.seconds >= 0 } == true)
    #expect(state.columns[0].phase == .waiting(seconds: delay < 0 ? 1_000_000_000 : 0))
  }
}
