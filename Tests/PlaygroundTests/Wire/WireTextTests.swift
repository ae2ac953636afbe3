import Core
import Testing

@testable import Playground

@Suite("Text of the wire view")
struct WireTextTests {
  private static let request = SentRequest(
    wire: .chatCompletions, url: "http://host/v1/chat/completions",
    fields: [
      HTTPField(name: "Content-Type", value: "application/json"),
      HTTPField(name: "Authorization", value: "Bearer ", secret: .environment("HOST_KEY")),
    ], body: #"{"model":"m","messages":[{"role":"user","content":"a\nb"}]}"#)

  private func text(
    _ events: WireEvent..., isBuiltin: Bool = false, width: Int = 80
  ) -> [WireText.Row] {
    WireText(
      requestsIn: events.map { TimedWireEvent(time: 1500, event: $0) }, isBuiltin: isBuiltin,
      width: width
    ).rows
  }

  private func lines(_ rows: [WireText.Row]) -> [String] {
    rows.map { String(repeating: " ", count: $0.indent) + $0.text }
  }

  @Test("A request is shown with the place of its secret, and its body indented")
  func request() {
    let rows = text(.request(Self.request), .head(status: 200, contentType: ""))
    #expect(
      lines(rows) == [
        "POST http://host/v1/chat/completions", "Content-Type: application/json",
        "Authorization: Bearer $HOST_KEY", "", "{", #"  "model": "m","#, #"  "messages": ["#,
        "    {", #"      "role": "user","#, #"      "content": "a\nb""#, "    }", "  ]", "}",
      ])
    #expect(rows.first?.kind == .address)
  }

  @Test("A line that is too wide goes on below its own beginning")
  func indented() {
    let rows = text(.request(Self.request), width: 20)
    #expect(lines(rows).contains(#"      "content": "#))
    #expect(lines(rows).contains(#"      "a\nb""#))
    #expect(lines(rows).allSatisfy { DisplayText.width(of: $0) <= 20 })
  }

  @Test("A body that is no JSON is shown as it is")
  func otherBody() {
    var request = Self.request
    request.fields = []
    request.body = "{not JSON"
    #expect(lines(text(.request(request))).last == "{not JSON")
  }

  @Test("Each try is shown, one that sends the same again in a word")
  func tries() {
    let retry = Retry(attempt: 1, attemptLimit: 3, delay: 500, reason: "HTTP 503.")
    var other = Self.request
    other.fields = []
    other.body = ""
    let rows = text(
      .request(Self.request), .retry(retry), .request(Self.request), .retry(retry),
      .request(other))
    #expect(
      lines(rows).suffix(10)
        == [
          "}", "", "HTTP 503.", "", "Try 2, at +1.500s", "The same request again.", "", "HTTP 503.",
          "", "Try 3, at +1.500s", "POST http://host/v1/chat/completions",
        ].suffix(10))
  }

  @Test("A run without a request says why there is none")
  func none() {
    #expect(lines(text()) == ["Nothing was sent yet."])
    #expect(lines(text(.end(.failed("No server.")))) == ["Nothing was sent: No server."])
    #expect(lines(text(.end(.cancelled))) == ["Nothing was sent."])
    #expect(
      lines(text(.head(status: 200, contentType: ""))) == [
        "This recording was made without its request."
      ])
    #expect(
      lines(text(.head(status: 200, contentType: ""), isBuiltin: true)) == [
        "A built-in model answers by itself: there is no request."
      ])
  }

  @Test("Findings are told with their row, how often and when they were met")
  func findings() {
    let rows = WireText(
      [
        StreamFinding(row: 13, sentence: "It repeats all.", count: 12, time: 412),
        StreamFinding(row: 1, sentence: "It comments.", time: 20),
      ], width: 80
    ).rows
    #expect(
      lines(rows) == [
        "It repeats all.", "row 13 of docs/streams.md · 12 times, first at +0.412s", "",
        "It comments.", "row 1 of docs/streams.md · once at +0.020s",
      ])
    #expect(lines(WireText(nil, width: 80).rows) == ["The stream is being looked at…"])
    #expect(
      lines(WireText([], width: 80).rows) == [
        "Nothing out of the ordinary was met in this stream."
      ])
  }
}
