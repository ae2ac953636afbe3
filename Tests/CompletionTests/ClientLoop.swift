// The event loop of the tests, and what it has seen.

import Core
import LoopbackServer
import StreamFixtures
import Testing

@testable import Completion

/// A client with a loop around it.
final class ClientLoop {
  let client: CompletionClient
  /// The wire events of each run, in order.
  private(set) var wire: [Int: [TimedWireEvent]] = [:]
  private(set) var answers: [Int: Answer] = [:]
  private(set) var models: [Int: Result<[ListedModel], CompletionError>] = [:]

  /// Waits between tries are leapt over, and `jitter` spreads them by nothing.
  init(
    listTimeLimit: Duration = .seconds(2), network: NetworkSettings = NetworkSettings { _ in nil },
    jitter: @escaping () -> Double = { 0 }
  ) {
    client = CompletionClient(
      listTimeLimit: listTimeLimit, network: network, jitter: jitter,
      clock: { [clock] in clock.now })
  }

  private let clock = LeapingClock()

  /// Loops until the condition holds, or a minute is over, which fails the test.
  func run(
    until isDone: (ClientLoop) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let deadline = MonotonicClock.milliseconds + 60_000
    while !isDone(self) {
      guard MonotonicClock.milliseconds < deadline else {
        Issue.record("nothing came of it within a minute", sourceLocation: sourceLocation)
        return
      }
      if !client.hasConnections, let wakeUp = client.nextWakeUp { clock.leap(to: wakeUp) }
      client.wait(for: [], timeoutMilliseconds: 100)
      advance()
    }
  }

  func runUntilIdle(sourceLocation: SourceLocation = #_sourceLocation) {
    run(until: \.client.isIdle, sourceLocation: sourceLocation)
  }

  func advance() {
    for update in client.advance() {
      switch update {
      case .stream(let id, let time, let wire, let events):
        self.wire[id, default: []].append(TimedWireEvent(time: time, event: wire))
        for event in events { answers[id, default: Answer()].apply(event, at: time) }
      case .models(let id, let result): models[id] = result
      }
    }
  }

  /// Asks the server, runs until the answer has ended, and gives what it came to.
  func outcome(
    of server: ScriptedServer, wire: WireProtocol = .chatCompletions,
    request: CompletionRequest = .hello, key: String? = nil,
    timeLimits: TimeLimits = TimeLimits(), attemptLimit: Int = 1,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Outcome {
    var provider = Provider.test(at: server.baseURL)
    provider.wire = wire
    provider.timeLimits = timeLimits
    provider.attemptLimit = attemptLimit
    if key != nil { provider.key = .test }
    answers[0] = nil
    self.wire[0] = nil
    client.start(id: 0, request: request, provider: provider, credentials: .test(key))
    runUntilIdle(sourceLocation: sourceLocation)
    return Outcome(answers[0] ?? Answer())
  }

  /// The tries of a run that failed and were followed by another.
  func retries(_ id: Int = 0) -> [Retry] {
    (wire[id] ?? []).compactMap { if case .retry(let retry) = $0.event { retry } else { nil } }
  }

  /// The requests of a run.
  func requests(_ id: Int = 0) -> [SentRequest] {
    (wire[id] ?? []).compactMap { if case .request(let sent) = $0.event { sent } else { nil } }
  }

  /// All bytes that a run brought.
  func body(_ id: Int = 0) -> [UInt8] {
    (wire[id] ?? []).flatMap { if case .body(let bytes) = $0.event { bytes } else { [UInt8]() } }
  }
}

/// The system's clock, but that it can be set forward.
final class LeapingClock {
  private var leapt = 0.0

  var now: Double { MonotonicClock.milliseconds + leapt }

  func leap(to time: Double) { leapt += max(0, time - now) }
}

extension Secret {
  static let test = Secret.environment("TEST_KEY")
}

extension Credentials {
  static func test(_ key: String?) -> Credentials {
    var credentials = Credentials()
    credentials[.test] = key
    return credentials
  }
}

extension Provider {
  static func test(at baseURL: String, key: Secret? = nil) -> Provider {
    Provider(name: "test", baseURL: baseURL, key: key)
  }
}

extension CompletionRequest {
  static let hello = CompletionRequest(
    model: ModelReference(provider: "test", model: "m"),
    messages: [Message(role: .user, text: "Hello?")])
}
