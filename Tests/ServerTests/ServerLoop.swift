// The event loop of the tests on real servers, and what it has seen.

import Completion
import Core
import Testing

/// A client with a loop around it. Waits between tries are leapt over unless a server counts them.
final class ServerLoop {
  let client: CompletionClient
  /// The wire events of each run, in order.
  private(set) var wire: [Int: [TimedWireEvent]] = [:]
  private(set) var answers: [Int: Answer] = [:]
  private let clock = Clock()
  private let leaps: Bool

  /// The system's clock, but that it can be set forward.
  private final class Clock {
    var leapt = 0.0
    var now: Double { MonotonicClock.milliseconds + leapt }
  }

  init(network: NetworkSettings = NetworkSettings { _ in nil }, leaps: Bool = true) {
    self.leaps = leaps
    client = CompletionClient(network: network, clock: { [clock] in clock.now })
  }

  /// Loops until the condition holds, or a minute is over, which fails the test.
  func run(until isDone: (ServerLoop) -> Bool = \.client.isIdle) throws {
    let deadline = MonotonicClock.milliseconds + 60_000
    while !isDone(self) {
      try #require(MonotonicClock.milliseconds < deadline, "nothing came of it within a minute")
      if leaps, !client.hasConnections, let wakeUp = client.nextWakeUp {
        clock.leapt += max(0, wakeUp - clock.now)
      }
      client.wait(for: [], timeoutMilliseconds: 100)
      for case .stream(let id, let time, let wire, let events) in client.advance() {
        self.wire[id, default: []].append(TimedWireEvent(time: time, event: wire))
        for event in events { answers[id, default: Answer()].apply(event, at: time) }
      }
    }
  }

  /// The tries of a run that failed and were followed by another.
  func retries(_ id: Int = 0) -> [Retry] {
    (wire[id] ?? []).compactMap { if case .retry(let retry) = $0.event { retry } else { nil } }
  }

  func answer(_ id: Int = 0) throws -> Answer { try #require(answers[id]) }
}
