import Core
import Playground
import Screen

// Plays a session's moments again on a screen without a terminal, and records what there is to see.

/// The real program, on a host of its own, showing what was recorded.
public struct SessionPlayer {
  private var state: State
  private let host: any Host
  private let renderer: Renderer

  /// Seconds for which nothing comes, at most: longer waits are cut to these.
  public static let longestPause = 2.0
  /// Frames are at least so many seconds apart.
  private static let frameInterval = 0.04
  /// Seconds of the system's clock that a moment may take to be played.
  private static let patience = 60.0

  /// - Parameter host: one with a clock that leaps: nothing is to take as long as it did.
  public init(state: State, host: any Host, renderer: Renderer) {
    self.state = state
    self.host = host
    self.renderer = renderer
    host.perform(self.state.start())
  }

  /// The screen once these runs of a moment are shown, whole.
  public mutating func picture(of runs: [RecordedRun]) -> Grid {
    take(.runsLoaded(runs, .show))
    settle()
    take(.input(.key(Key(.escape))))
    return renderer.frame(of: state)
  }

  /// The moments, one after the other, as they streamed.
  ///
  /// - Parameter captions: what the bottom line says of each.
  public mutating func cast(
    of moments: [[RecordedRun]], captions: [String], title: String, startedAt: Double
  ) -> String {
    var cast = Cast(
      size: state.size, longestPause: Self.longestPause, title: title, startedAt: startedAt)
    var start = 0.0
    for (place, runs) in moments.enumerated() {
      take(.runsLoaded(runs, .replay([])))
      if captions.indices.contains(place) {
        take(.noticed(Notice(.information, captions[place])))
      }
      start = record(into: &cast, from: start) + Self.longestPause
    }
    cast.hold(until: start)
    return cast.text
  }

  /// Records until nothing is under way.
  ///
  /// - Parameter start: the recording's time, in seconds, at which it begins.
  /// - Returns: the recording's time at which it ended.
  private mutating func record(into cast: inout Cast, from start: Double) -> Double {
    cast.append(renderer.frame(of: state), at: start)
    let began = ContinuousClock.now
    var time = start
    var lastArrival = host.now / 1000
    var lastFrame = start
    while true {
      let arrived = takeEvents()
      let pause = max(0, host.now / 1000 - lastArrival)
      let now = time + min(pause, Self.longestPause)
      if arrived {
        time = now
        lastArrival = host.now / 1000
      }
      let isDone = host.isIdle || ContinuousClock.now - began > .seconds(Self.patience)
      if now - lastFrame >= Self.frameInterval || isDone {
        cast.append(renderer.frame(of: state), at: now)
        lastFrame = now
      }
      if isDone { return now }
      host.wait(for: [], milliseconds: 1000)
    }
  }

  private mutating func settle() {
    let began = ContinuousClock.now
    while true {
      takeEvents()
      if host.isIdle || ContinuousClock.now - began > .seconds(Self.patience) { return }
      host.wait(for: [], milliseconds: 1000)
    }
  }

  private mutating func take(_ event: Event) { host.perform(update(&state, event)) }

  /// - Returns: whether a stream went on.
  @discardableResult
  private mutating func takeEvents() -> Bool {
    var hasStreamed = false
    var events = host.events()
    while !events.isEmpty {
      for event in events {
        if case .stream = event { hasStreamed = true }
        take(event)
      }
      events = host.events()
    }
    return hasStreamed
  }
}
