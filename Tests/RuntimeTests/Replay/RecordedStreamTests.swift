import Completion
import Core
import Foundation
import Playground
import RandomSource
import Sessions
import StreamFixtures
import Testing

@testable import Runtime

// A thousand runs through the store and the player: every stream that the decoder knows a server to
// have sent, cut, broken off and ended in many ways.

@Suite("Recorded streams")
struct RecordedStreamTests {
  private static let count = 1000

  /// A run with its stream, read in other pieces than it came in, and ended by chance.
  private static func stream(_ number: Int, _ random: inout SeededRandom) -> [TimedWireEvent] {
    let fixture = fixtures[number % fixtures.count]
    var time = 0.0
    var events: [TimedWireEvent] = []
    func add(_ event: WireEvent) {
      events.append(TimedWireEvent(time: time, event: event))
      time += Double.random(in: 0...40, using: &random)
    }
    for event in fixture.events {
      guard case .body(var bytes) = event, number >= fixtures.count else {
        add(event)
        continue
      }
      while !bytes.isEmpty {
        let length = min(bytes.count, Int.random(in: 1...90, using: &random))
        add(.body(Array(bytes.prefix(length))))
        bytes.removeFirst(length)
      }
    }
    switch number < fixtures.count ? 0 : Int.random(in: 0..<5, using: &random) {
    case 0, 1: add(.end(.complete))
    case 2: add(.end(.failed("The connection was reset by the server.")))
    case 3: add(.end(.cancelled))
    default: break
    }
    return events
  }

  /// What a live stream of these events comes to.
  private static func live(_ recorded: [TimedWireEvent]) -> (events: [StreamEvent], answer: Answer)
  {
    var decoder = StreamDecoder()
    var (events, answer) = ([StreamEvent](), Answer())
    for timed in recorded {
      let decoded = decoder.decode(timed.event)
      events += decoded
      for event in decoded { answer.apply(event, at: timed.time) }
    }
    return (events, answer)
  }

  @Test(
    "A thousand recorded runs come to the same bytes and the same events, however they are played")
  func thousand() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "whet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try SessionStore(path: folder.path + "/sessions.sqlite")
    let session = try store.createSession(name: "streams", at: 1000)
    var random = SeededRandom(seed: 7)
    #expect(fixtures.count < Self.count)
    for number in 0..<Self.count {
      let events = Self.stream(number, &random)
      let run = Run(
        id: String(format: "%026d", number), session: session.id, startedAt: 1000, column: 0,
        promptText: "p", inputs: [:],
        request: CompletionRequest(model: .echo, messages: [Message(role: .user, text: "p")]))
      _ = try store.begin(run)
      try store.append(events, to: run.id)
      let recorded = try store.loadRun(run.id)
      try #require(recorded.events == events)
      check(recorded.events, number, &random)
    }
  }

  private func check(_ recorded: [TimedWireEvent], _ number: Int, _ random: inout SeededRandom) {
    let hasEnd = recorded.contains(where: \.event.isEnd)
    var whole = recorded
    if !hasEnd {
      // A player says that the recording stops where it has no end.
      let sentence = "The recording stops here: the run was interrupted."
      whole.append(
        TimedWireEvent(time: recorded.last?.time ?? 0, event: .end(.failed(sentence))))
    }
    let (events, answer) = Self.live(whole)
    let plan = ReplayPlan(number: number, events: recorded)

    var theater = Theater([plan])
    theater.runToEnd()
    #expect(theater.wire[number] == whole, "run \(number)")
    #expect(theater.events[number] == events, "run \(number)")

    var stepped = Theater([plan])
    stepped.set(PlaybackPace(isPaused: true))
    var steps = 0
    while !stepped.position.isAtEnd, steps < 5000 {
      stepped.move(steps % 2 == 0 ? .token(forward: true) : .event(forward: true))
      steps += 1
    }
    #expect(stepped.wire[number] == whole, "run \(number), stepped")
    #expect(Self.outcome(stepped.answers[number]) == Self.outcome(answer), "run \(number), stepped")

    var scrubbed = Theater([plan])
    let length = whole.last?.time ?? 0
    for _ in 0..<6 {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: scrubbed.move(.time(by: Double.random(in: -length...length, using: &random)))
      case 1: scrubbed.move(.token(forward: false))
      case 2: scrubbed.move(.event(forward: Bool.random(using: &random)))
      case 3: scrubbed.move(.start)
      case 4: scrubbed.set(PlaybackPace(speed: [0.1, 1, 64].randomElement(using: &random) ?? 1))
      default: scrubbed.run(for: Double.random(in: 0...100, using: &random))
      }
    }
    scrubbed.set(PlaybackPace())
    scrubbed.runToEnd()
    #expect(scrubbed.wire[number] == whole, "run \(number), scrubbed")
    #expect(
      Self.outcome(scrubbed.answers[number]) == Self.outcome(answer), "run \(number), scrubbed")
  }

  /// All of an answer; an answer of its own where nothing came.
  private static func outcome(_ answer: Answer?) -> JSON { .object((answer ?? Answer()).json) }
}
