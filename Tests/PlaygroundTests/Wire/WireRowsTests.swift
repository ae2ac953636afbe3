import Core
import RandomSource
import Testing

@testable import Playground

@Suite("Rows of wire events")
struct WireRowsTests {
  private static let failure = Retry(
    attempt: 1, attemptLimit: 4, delay: 2500, reason: "HTTP 429: too many requests.")

  private static let events = [
    TimedWireEvent(
      time: 0, event: .request(SentRequest(wire: .chatCompletions, url: "http://host/v1"))),
    TimedWireEvent(time: 20, event: .head(status: 429, contentType: "")),
    TimedWireEvent(time: 21, event: .retry(failure)),
    TimedWireEvent(
      time: 2521, event: .request(SentRequest(wire: .chatCompletions, url: "http://host/v1"))),
    TimedWireEvent(time: 2600, event: .head(status: 200, contentType: "text/event-stream")),
    TimedWireEvent(time: 2712, event: .body(Array("data: {}\n\ndata: 2\n\n".utf8))),
    TimedWireEvent(time: 2800.4, event: .end(.complete)),
  ]

  private func text(_ row: WireRow) -> String { row.pieces.map(\.text).joined() }

  @Test("Each event has its time on its first row, and says what it is")
  func sentences() {
    let rows = WireRows(Self.events, width: 90).rows(from: .start, height: 20)
    #expect(
      rows.map { ($0.time.map(WireTime.stamp) ?? "") + " " + text($0) } == [
        "+0.000s → POST http://host/v1",
        "+0.020s ← HTTP 429",
        "+0.021s ↻ Try 1 of 4 failed: HTTP 429: too many requests. The next follows after 2.5 s.",
        "+2.521s → POST http://host/v1",
        "+2.600s ← HTTP 200 · text/event-stream",
        "+2.712s data: {}↵↵",
        " data: 2↵↵",
        "+2.800s ■ The response ended in good order.",
      ])
    #expect(rows.map(\.event) == [0, 1, 2, 3, 4, 5, 5, 6])
  }

  @Test("The other ways to end are told")
  func endings() {
    for (ending, sentence, kind) in [
      (WireEvent.Ending.cancelled, "■ Cancelled.", WireRow.Kind.warning),
      (.failed("It broke."), "■ It broke.", .failure),
    ] {
      let rows = WireRows([TimedWireEvent(time: 1, event: .end(ending))], width: 40)
        .rows(from: .start, height: 3)
      #expect(rows.map(\.pieces) == [[WireRow.Piece(text: sentence, kind: kind)]])
    }
  }

  @Test("Steps down and up lead through the same rows, from any place", arguments: 4..<12)
  func positions(width: Int) {
    let rows = WireRows(Self.events, width: width * 3)
    let all = rows.rows(from: .start, height: 1000)
    var position = WirePosition.start
    for place in all.indices {
      #expect(rows.rows(from: position, height: 1) == [all[place]])
      #expect(rows.position(.start, movedBy: place) == position)
      #expect(rows.position(position, movedBy: -place) == .start)
      position = rows.position(position, movedBy: 1)
    }
    #expect(rows.position(.start, movedBy: 1000) == rows.end(height: 1))
    #expect(rows.rows(from: rows.end(height: 5), height: 9) == Array(all.suffix(5)))
    #expect(rows.end(height: 1000) == .start)
  }

  @Test("A position beyond the rows is taken for the last one")
  func outside() {
    let rows = WireRows(Self.events, width: 40)
    let far = WirePosition(event: 99, row: 99)
    #expect(rows.position(far, movedBy: 0) == rows.end(height: 1))
    #expect(rows.rows(from: far, height: 3).isEmpty)
    #expect(WireRows([], width: 0).end(height: 5) == .start)
    #expect(WireRows([], width: 0).rows(from: .start, height: 5).isEmpty)
  }

  @Test("Times have milliseconds, however long the run takes, and are never negative")
  func stamps() {
    #expect(WireTime.stamp(0) == "+0.000s")
    #expect(WireTime.stamp(412.4) == "+0.412s")
    #expect(WireTime.stamp(83_005) == "+83.005s")
    #expect(WireTime.stamp(-1) == "+0.000s")
    #expect(WireTime.stamp(1e300) == "+9999999.999s")
    #expect(WireTime.span(2000) == "2 s")
    #expect(WireTime.span(449) == "0.4 s")
  }
}
