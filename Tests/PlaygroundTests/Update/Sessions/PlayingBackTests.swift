import Core
import Testing

@testable import Playground

extension State {
  /// A playground in which two runs are played again, the second moment of three.
  static func playing() -> State {
    var state = State.settled()
    let revisit = Revisit.replay(["first", "run-0", "last"])
    _ = update(&state, .runsLoaded([.sample(0), .sample(1)], revisit))
    return state
  }

  mutating func played(
    to time: Double, events: Int = 0, isAtEnd: Bool = false
  ) -> [Effect] {
    var position = PlaybackPosition()
    (position.time, position.events, position.isAtEnd) = (time, events, isAtEnd)
    return update(&self, .playbackMoved(position))
  }
}

@Suite("What is played again")
struct PlayingBackTests {
  @Test("Keys of a player stop it, hurry it and turn it back")
  func keys() {
    var state = State.playing()
    #expect(state.playback?.place == 1)
    #expect(state.playback?.length == 9)
    #expect(state.press("space") == [.setPace(PlaybackPace(isPaused: true))])
    #expect(state.press("space") == [.setPace(PlaybackPace())])
    #expect(state.press("+") == [.setPace(PlaybackPace(speed: 2))])
    #expect(state.press("- - -") == [.setPace(PlaybackPace(speed: 0.25))])
    _ = state.press("+ +")
    let pace = PlaybackPace()
    #expect(state.press("left") == [.setPace(pace), .movePlayback(.time(by: -5000))])
    #expect(state.press("right") == [.setPace(pace), .movePlayback(.time(by: 5000))])
    #expect(state.press("end") == [.setPace(pace), .movePlayback(.end)])
  }

  @Test(
    "A step stops it",
    arguments: [
      (",", PlaybackMove.event(forward: false)), (".", .event(forward: true)),
      ("<", .token(forward: false)), (">", .token(forward: true)),
    ])
  func steps(key: String, move: PlaybackMove) {
    var state = State.playing()
    #expect(
      state.press(key) == [.setPace(PlaybackPace(isPaused: true)), .movePlayback(move)])
    #expect(state.playback?.pace.isPaused == true)
  }

  @Test("No speed is slower than the slowest or faster than the fastest")
  func speeds() {
    var state = State.playing()
    for _ in 0..<20 { state.press("+") }
    #expect(state.playback?.pace.speed == 64)
    for _ in 0..<40 { state.press("-") }
    #expect(state.playback?.pace.speed == 0.1)
  }

  @Test("At its start Home goes to the moment before, and at its end End to the next")
  func moments() {
    let moments = ["first", "run-0", "last"]
    var state = State.playing()
    #expect(state.press("home") == [.loadRuns("first", .replay(moments))])
    _ = state.played(to: 5000)
    #expect(state.press("home") == [.setPace(PlaybackPace()), .movePlayback(.start)])
    _ = state.played(to: 9000, isAtEnd: true)
    #expect(state.press("end") == [.loadRuns("last", .replay(moments))])
  }

  @Test("The next moment follows by itself, but not where it was stopped or turned back")
  func following() {
    var state = State.playing()
    state.stream(0, .text("An answer."), .finish(.stop))
    state.stream(1, .text("An answer."), .finish(.stop))
    #expect(state.played(to: 9, isAtEnd: true) == [.postpone(.nextMoment, by: 1500)])
    #expect(
      update(&state, .timer(.nextMoment))
        == [.loadRuns("last", .replay(["first", "run-0", "last"]))])
    _ = state.played(to: 3)
    #expect(update(&state, .timer(.nextMoment)).isEmpty)
    state.press("space")
    #expect(state.played(to: 9, isAtEnd: true).isEmpty)
    #expect(update(&state, .timer(.nextMoment)).isEmpty)
  }

  @Test("A pace holds for the moments that follow")
  func paceStays() {
    var state = State.playing()
    state.press("+ +")
    let effects = update(
      &state, .runsLoaded([.sample(0)], .replay(["first", "run-0", "last"])))
    #expect(effects.contains(.setPace(PlaybackPace(speed: 4))))
  }

  @Test("Turned back, the columns are cleared, and all of it is played anew under other numbers")
  func rewinding() {
    var state = State.playing()
    state.stream(0, .text("An answer."), .finish(.stop))
    let effects = update(&state, .playbackRewound)
    let plans = State.replays(in: effects)
    #expect(plans.map(\.events) == [RecordedRun.sample(0).events, RecordedRun.sample(1).events])
    #expect(plans.map(\.number) == state.columns.map(\.run))
    #expect(state.columns.map(\.answer.text) == ["", ""])
    #expect(state.columns.map(\.recordedRun) == ["run-0", "run-1"])
  }

  @Test("Left, the answers stand there as they ended")
  func leaving() {
    var state = State.playing()
    #expect(state.press("escape").first == .endPlayback)
    #expect(state.playback == nil)
    #expect(state.columns.map(\.answer.text) == ["An answer.", "An answer."])
    #expect(state.columns.allSatisfy { !$0.isReplay && !$0.isRunning })
    // What the player still says of it, nobody listens to.
    #expect(state.played(to: 3).isEmpty)
    #expect(update(&state, .playbackRewound).isEmpty)
  }

  @Test("A run ends it, and asks the models")
  func running() {
    var state = State.playing()
    let effects = state.press("ctrl-r")
    #expect(effects.first == .endPlayback)
    #expect(State.started(by: effects).count == 2)
    #expect(state.columns.allSatisfy { !$0.isReplay })
  }

  @Test("The wait for an answer is told by the clock of the recording")
  func waiting() {
    var state = State.playing()
    _ = state.played(to: 3400)
    #expect(state.columns.map(\.phase) == [.waiting(seconds: 3), .waiting(seconds: 3)])
    _ = update(&state, .timer(.second))
    #expect(state.columns.map(\.phase) == [.waiting(seconds: 3), .waiting(seconds: 3)])
  }

  @Test("Typing goes to the prompt, whatever is played")
  func typing() {
    var state = State.playing()
    state.focus(on: .prompt)
    let before = state.prompt.editor.text
    state.press("space . ,")
    #expect(state.prompt.editor.text.count == before.count + 3)
    #expect(state.playback?.pace.isPaused == false)
  }

  @Test("A column that was removed meanwhile takes no other's recording")
  func removedColumn() {
    var state = State.playing()
    state.focus(on: .column(0))
    state.press("alt-x")
    let plans = State.replays(in: update(&state, .playbackRewound))
    #expect(plans.count == 1)
    #expect(state.columns.map(\.recordedRun) == ["run-1"])
    state.press("escape")
    #expect(state.columns.map(\.recordedRun) == ["run-1"])
  }

  @Test("A branch is played from its root to the moment that is selected")
  func branch() {
    var state = State.inTree(moments: 4)
    state.press("G up up")
    #expect(state.selectedMoment == "m2")
    #expect(state.press("p") == [.loadRuns("r2", .replay(["r2"]))])
    #expect(state.press("P") == [.loadRuns("r0", .replay(["r0", "r1", "r2"]))])
  }

  @Test("A moment that is run again is what the new answers are compared with")
  func rerun() {
    var state = State.inTree(moments: 4)
    #expect(state.press("G r") == [.loadRuns("r0", .rerun)])
    _ = update(&state, .runsLoaded([.sample(0)], .rerun))
    #expect(state.baseline?.text == "An answer.")
    #expect(state.picker?.kind == .rerun)
    let plans = State.started(by: state.press("enter"))
    #expect(plans.map(\.parent) == ["run-0"])
    #expect(state.baselineLabel == "old A")
  }

  @Test("What answered nothing has nothing to be compared with")
  func rerunOfNothing() {
    var state = State.settled()
    _ = update(&state, .runsLoaded([.sample(0, text: "")], .rerun))
    #expect(state.baseline == nil)
    #expect(state.overlays.isEmpty)
    #expect(state.notice?.text.contains("^R") == true)
  }
}
