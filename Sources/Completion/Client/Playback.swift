// Wire events whose times are known beforehand: what a built-in model says, and a recorded run.

import Core

final class Playback: WireSource {
  private var events: [TimedWireEvent]
  private var position = 0
  private let startTime: Double
  private let speed: Double

  /// - Parameters:
  ///   - startTime: when the events' time 0 is on the client's clock.
  ///   - speed: how many times faster than their own pace; infinity for at once.
  init(_ events: [TimedWireEvent], speed: Double = 1, from startTime: Double) {
    self.events = events.endedWhereCutOff
    self.startTime = startTime
    self.speed = speed > 0 ? speed : .infinity
  }

  /// What a request comes to that can't be sent.
  convenience init(failure: CompletionError, from startTime: Double) {
    let end = WireEvent.end(.failed(failure.description))
    self.init([TimedWireEvent(time: 0, event: end)], from: startTime)
  }

  var nextWakeUp: Double? {
    events.indices.contains(position) ? startTime + events[position].time / speed : nil
  }

  func next(at now: Double) -> TimedWireEvent? {
    guard let due = nextWakeUp, due <= now else { return nil }
    defer { position += 1 }
    return events[position]
  }

  func stop(as ending: WireEvent.Ending, at now: Double) {
    let played = events[..<position]
    let time = speed.isFinite ? (now - startTime) * speed : played.last?.time ?? 0
    events = played + [TimedWireEvent(time: time, event: .end(ending))]
  }

  func answerHasEnded() {}
}
