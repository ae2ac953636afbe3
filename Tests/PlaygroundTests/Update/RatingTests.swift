import Core
import Testing

@testable import Playground

@Suite("Rating")
struct RatingTests {
  private static func running() -> State {
    var state = State.settled()
    let plans = State.started(by: state.press("ctrl-r"))
    _ = update(
      &state,
      .runsBegan(plans.map { BegunRun(number: $0.number, id: "run-\($0.column)", version: nil) }))
    state.focus(on: .column(1))
    return state
  }

  @Test("An answer is rated, rated otherwise, and the rating taken back, also while it streams")
  func rate() {
    var state = Self.running()
    state.stream(1, .text("Half"))
    #expect(state.press("+") == [.rate(run: "run-1", .good)])
    #expect(state.columns.map(\.rating) == [nil, .good])
    #expect(state.press("-") == [.rate(run: "run-1", .bad)])
    #expect(state.press("-") == [.rate(run: "run-1", nil)])
    state.stream(1, .finish(.stop))
    #expect(state.press("=") == [.rate(run: "run-1", .good)])
    #expect(state.columns.map(\.rating) == [nil, .good])
  }

  @Test("What is not kept can't be rated")
  func unkept() {
    var state = State.settled()
    state.focus(on: .column(0))
    #expect(state.press("+").isEmpty)
    #expect(state.notice != nil)
    state.press("ctrl-r")
    state.focus(on: .column(0))
    #expect(state.press("+").isEmpty)
    #expect(state.columns[0].rating == nil)
  }

  @Test("A new run has no rating; an opened one has its own, and so has its replay")
  func otherRuns() {
    var state = Self.running()
    state.press("+")
    for column in 0...1 { state.stream(column, .finish(.stop)) }
    state.press("ctrl-r")
    #expect(state.columns.map(\.rating) == [nil, nil])
    #expect(state.columns.map(\.recordedRun) == [nil, nil])
    var recorded = RecordedRun.sample(0)
    recorded.rating = .bad
    for revisit in [Revisit.show, .replay([])] {
      _ = update(&state, .runsLoaded([recorded], revisit))
      #expect(state.columns.map(\.rating) == [.bad])
      // What is played has the keys of a player.
      if state.playback != nil { state.press("escape") }
      #expect(state.press("-") == [.rate(run: "run-0", nil)])
    }
  }
}
