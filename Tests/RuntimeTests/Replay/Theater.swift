import Core
import Playground
import Testing

@testable import Runtime

/// A player on a clock of the test's own, with an audience that keeps what it was shown.
struct Theater {
  private var player = TapePlayer()
  private var now = 0.0
  private let plans: [ReplayPlan]
  /// What follows in a chain, by the run before it.
  private var following: [Int: ReplayPlan]
  private let followingAtStart: [Int: ReplayPlan]

  private(set) var wire: [Int: [TimedWireEvent]] = [:]
  private(set) var events: [Int: [StreamEvent]] = [:]
  private(set) var answers: [Int: Answer] = [:]
  private(set) var rewinds = 0

  init(_ plans: [ReplayPlan], following: [Int: ReplayPlan] = [:]) {
    self.plans = plans
    self.following = following
    followingAtStart = following
    player.play(plans, at: 0)
  }

  var position: PlaybackPosition { player.position }

  mutating func set(_ pace: PlaybackPace) { player.setPace(pace, at: now) }

  /// Goes somewhere, and waits until it is there.
  mutating func move(_ move: PlaybackMove) {
    player.move(move)
    run(for: 0)
  }

  /// Lets so much time pass; what is due at once comes without any.
  mutating func run(for milliseconds: Double) {
    let end = now + milliseconds
    while let wakeUp = player.nextWakeUp(at: now), wakeUp <= end {
      now = max(now, wakeUp)
      for event in player.advance(at: now) { take(event) }
    }
    now = end
  }

  mutating func runToEnd() { run(for: .greatestFiniteMagnitude) }

  private mutating func take(_ event: Event) {
    switch event {
    case .playbackRewound:
      rewinds += 1
      (wire, events, answers, following) = ([:], [:], [:], followingAtStart)
      player.play(plans, at: now)
    case .stream(let update):
      if let event = update.wire {
        wire[update.number, default: []].append(TimedWireEvent(time: update.time, event: event))
      }
      for event in update.events {
        answers[update.number, default: Answer()].apply(event, at: update.time)
      }
      events[update.number, default: []] += update.events
      if case .end? = update.wire, let next = following.removeValue(forKey: update.number) {
        player.playNext(next, at: now)
      }
    default: break
    }
  }
}
