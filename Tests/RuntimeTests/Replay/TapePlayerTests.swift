import Core
import Playground
import Testing

@testable import Runtime

@Suite("The player of recorded runs")
struct TapePlayerTests {
  /// A stream of words, each an event of its own, 100 ms apart.
  private static func words(_ words: String...) -> [TimedWireEvent] {
    let head: [WireEvent] = [
      .request(SentRequest(wire: .chatCompletions, url: "http://example/v1/chat/completions")),
      .head(status: 200, contentType: "text/event-stream"),
    ]
    let body = words.map { WireEvent.body(Array(Self.line($0).utf8)) }
    let done = WireEvent.body(
      Array(
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n".utf8))
    return (head + body + [done, .end(.complete)]).enumerated().map {
      TimedWireEvent(time: Double($0) * 100, event: $1)
    }
  }

  private static func line(_ word: String) -> String {
    "data: {\"choices\":[{\"delta\":{\"content\":\"\(word)\"}}]}\n\n"
  }

  private func theater(_ words: String..., following: [Int: ReplayPlan] = [:]) -> Theater {
    let events = words.count == 3 ? Self.words(words[0], words[1], words[2]) : Self.words("a")
    return Theater([ReplayPlan(number: 1, events: events)], following: following)
  }

  @Test("A run is played at the pace that it had, slower and faster")
  func pace() {
    var theater = theater("a", "b", "c")
    theater.run(for: 250)
    #expect(theater.answers[1]?.text == "a")
    theater.set(PlaybackPace(speed: 0.5))
    theater.run(for: 120)
    #expect(theater.answers[1]?.text == "ab")
    theater.run(for: 60)
    #expect(theater.answers[1]?.text == "ab")
    theater.set(PlaybackPace(speed: 10))
    theater.run(for: 10)
    #expect(theater.answers[1]?.text == "abc")
    theater.runToEnd()
    #expect(theater.position.isAtEnd)
    #expect(theater.position.time == 600)
  }

  @Test("Nothing comes while it is stopped, and it goes on where it was")
  func pause() {
    var theater = theater("a", "b", "c")
    theater.run(for: 250)
    theater.set(PlaybackPace(isPaused: true))
    theater.run(for: 10_000)
    #expect(theater.answers[1]?.text == "a")
    theater.set(PlaybackPace())
    theater.run(for: 49)
    #expect(theater.answers[1]?.text == "a")
    theater.run(for: 2)
    #expect(theater.answers[1]?.text == "ab")
  }

  @Test("It goes to a time, on and back; what lies before that comes at once")
  func scrubbing() {
    var theater = theater("a", "b", "c")
    theater.set(PlaybackPace(isPaused: true))
    theater.move(.time(by: 350))
    #expect(theater.answers[1]?.text == "ab")
    #expect(theater.position.time == 350)
    #expect(theater.rewinds == 0)
    theater.move(.time(by: -100))
    #expect(theater.answers[1]?.text == "a")
    #expect(theater.position.time == 250)
    #expect(theater.rewinds == 1)
    theater.move(.time(by: -5000))
    #expect(theater.answers[1] == nil)
    theater.move(.end)
    #expect(theater.answers[1]?.finishReason == .stop)
    #expect(theater.position.isAtEnd)
    theater.move(.start)
    #expect(theater.position.time == 0)
  }

  @Test("A step is an event over the wire, on and back")
  func events() {
    var theater = theater("a", "b", "c")
    theater.set(PlaybackPace(isPaused: true))
    for _ in 0..<4 { theater.move(.event(forward: true)) }
    #expect(theater.wire[1]?.count == 4)
    #expect(theater.answers[1]?.text == "ab")
    theater.move(.event(forward: false))
    #expect(theater.wire[1]?.count == 3)
    #expect(theater.answers[1]?.text == "a")
    for _ in 0..<9 { theater.move(.event(forward: false)) }
    #expect(theater.wire[1] == nil)
    for _ in 0..<99 { theater.move(.event(forward: true)) }
    #expect(theater.position.isAtEnd)
  }

  @Test("A token is a step, also where many came in one piece")
  func tokens() {
    let body = ["a", "b", "c"].map(Self.line).joined()
    let events = [
      TimedWireEvent(time: 0, event: .head(status: 200, contentType: "text/event-stream")),
      TimedWireEvent(time: 10, event: .body(Array(body.utf8))),
      TimedWireEvent(time: 20, event: .end(.complete)),
    ]
    var theater = Theater([ReplayPlan(number: 1, events: events)])
    theater.set(PlaybackPace(isPaused: true))
    var texts: [String?] = []
    for forward in [true, true, true, false, false, false, true] {
      theater.move(.token(forward: forward))
      texts.append(theater.answers[1]?.text)
    }
    #expect(texts == ["a", "ab", "abc", "ab", "a", nil, "a"])
    // A piece of an event is no event yet; what is left of it comes as one.
    #expect(theater.wire[1]?.count == 1)
    theater.move(.event(forward: true))
    #expect(theater.wire[1]?.count == 2)
    #expect(theater.answers[1]?.text == "abc")
  }

  @Test("Runs are played side by side, each from when it began")
  func sideBySide() {
    var theater = Theater([
      ReplayPlan(number: 1, events: Self.words("a", "b")),
      ReplayPlan(number: 2, events: Self.words("x", "y"), delay: 150),
    ])
    theater.run(for: 360)
    #expect(theater.answers[1]?.text == "ab")
    #expect(theater.answers[2]?.text == "x")
    theater.set(PlaybackPace(isPaused: true))
    theater.move(.token(forward: false))
    #expect(theater.answers[1]?.text == "ab")
    #expect(theater.answers[2] == nil)
    theater.move(.token(forward: false))
    #expect(theater.answers[1]?.text == "a")
  }

  @Test("The steps of a chain follow each other, also when it is turned back or sent ahead")
  func chain() {
    let second = ReplayPlan(number: 2, events: Self.words("x", "y"), previous: 1)
    var theater = Theater(
      [ReplayPlan(number: 1, events: Self.words("a"), isFollowed: true)], following: [1: second])
    theater.set(PlaybackPace(isPaused: true))
    theater.move(.end)
    #expect(theater.answers[2]?.text == "xy")
    #expect(theater.position.time == 400 + 500)
    theater.move(.token(forward: false))
    theater.move(.token(forward: false))
    #expect(theater.answers[1]?.text == "a")
    #expect(theater.answers[2]?.text == "x")
    theater.move(.time(by: -10_000))
    theater.move(.time(by: 650))
    #expect(theater.answers[2]?.text == "x")
    theater.move(.time(by: -300))
    #expect(theater.answers[2] == nil)
  }

  @Test("Keys that come faster than they are followed are all followed")
  func manyAtOnce() {
    var player = TapePlayer()
    player.setPace(PlaybackPace(isPaused: true), at: 0)
    player.play([ReplayPlan(number: 1, events: Self.words("a", "b", "c"))], at: 0)
    for _ in 0..<3 { player.move(.token(forward: true)) }
    var text = ""
    while player.nextWakeUp(at: 0) != nil {
      for case .stream(let update) in player.advance(at: 0) {
        for case .text(let piece) in update.events { text += piece }
      }
    }
    #expect(text == "abc")
  }
}
