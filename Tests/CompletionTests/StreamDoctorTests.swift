import Core
import Foundation
import StreamFixtures
import Testing

@testable import Completion

@Suite("What the stream doctor notices")
struct StreamDoctorTests {
  /// Fixtures that look like their row at first sight, or show a form of it that is no surprise.
  private static let unremarkable: Set = [
    "cached, cache-written and reasoning tokens", "DeepSeek's count of cached tokens",
    "honest repetitions that end the text", "honest repetitions and other words",
    "a model that repeats itself", "a web page",
  ]

  @Test(arguments: fixtures)
  func `names the row of every fixture that shows it`(fixture: Fixture) {
    let isNamed = findings(fixture.events).map(\.row).contains(fixture.row)
    #expect(isNamed != Self.unremarkable.contains(fixture.name))
  }

  @Test func `docs/streams.md has every row, with a fixture and what the doctor says of it`() throws
  {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/streams.md")
    let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("| ") }
      .map { line in
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      .filter { Int($0[0]) != nil }
    #expect(rows.map { Int($0[0]) } == Array(1...25))
    for cells in rows {
      let fixture = fixtures.first { "\($0.row)" == cells[0] && $0.name == cells[4] }
      let said = fixture.map { findings($0.events).map(\.sentence) }
      #expect(said?.contains(cells[3]) == true, "row \(cells[0]): \(said ?? [])")
    }
  }

  @Test func `says nothing of a clean stream`() {
    let chunks = [
      chunk("{\"role\":\"assistant\",\"content\":\"\"}"), textChunk("Hel"), textChunk("lo"),
      chunk("{}", finish: "stop"),
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}\n\n", done,
    ]
    #expect(sentences(chunks) == [])
  }

  @Test func `names the protocol of a clean stream that is no chat completion`() {
    #expect(
      sentences(
        [
          event(
            "message_start", "\"message\":{\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}"),
          event(
            "content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"
          ),
          event("ping", "\"x\":0"),
          event(
            "content_block_delta",
            "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}"),
          event("content_block_stop", "\"index\":0"),
          event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}"),
          event("message_stop", "\"x\":0"),
        ], wire: .messages) == [
          "Anthropic's Messages: 7 events (message_start, content_block_start, ping, text_delta, "
            + "content_block_stop, message_delta, message_stop)."
        ])
    #expect(
      sentences(
        [
          event("response.created", "\"response\":{\"status\":\"in_progress\"}"),
          event("response.output_text.delta", "\"delta\":\"Hello\""),
          event(
            "response.completed",
            "\"response\":{\"usage\":{\"input_tokens\":9,\"output_tokens\":2}}"),
        ], wire: .responses) == [
          "OpenAI's Responses: 3 events (response.created, response.output_text.delta, "
            + "response.completed)."
        ])
    #expect(
      sentences(
        [
          "{\"model\":\"m\",\"message\":{\"content\":\"Hello\"},\"done\":false}\n",
          "{\"model\":\"m\",\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":9,"
            + "\"eval_count\":2}\n",
        ], wire: .ollamaChat) == [
          "Ollama's own protocol: 2 lines of JSON in place of events."
        ])
  }

  @Test(arguments: ["abort", "insufficient_system_resource"])
  func `names an end that the model did not choose`(reason: String) {
    let usage = "data: {\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2},\"choices\":[]}\n\n"
    let said = sentences([textChunk("Hi"), chunk("{}", finish: reason), usage, done])
    #expect(said.contains("The server broke the answer off (\(reason)): the text before was kept."))
  }

  @Test(arguments: [400, 422])
  func `knows a server that refuses to be asked for usage`(status: Int) {
    let request = SentRequest(
      wire: .chatCompletions, url: "http://127.0.0.1/v1/chat/completions",
      body: #"{"model":"m","stream_options":{"include_usage":true}}"#)
    let found = findings([
      .request(request), .head(status: status, contentType: "application/json"),
      .body(Array(#"{"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs"}]}"#.utf8)),
      .retry(Retry(attempt: 1, attemptLimit: 4, delay: 0, reason: "It is asked without.")),
    ])
    #expect(found.map(\.row).contains(8))
  }

  @Test func `counts, and tells when it met a thing first`() {
    let bodies = [textChunk("Hi"), ": one\n\n", ": two\n\n:\n", chunk("{}", finish: "stop")]
    let found = findings([.request(.test()), eventStream] + bodies.map { .body(Array($0.utf8)) })
    #expect(
      found == [
        StreamFinding(
          row: 1,
          sentence: "3 comment lines (\"one\", \"two\") kept the connection alive and said "
            + "nothing else.",
          count: 3, time: 30),
        StreamFinding(
          row: 6, sentence: "The server counted no tokens: the counts shown are estimates.",
          time: 60),
        StreamFinding(
          row: 12,
          sentence: "The server ended without [DONE]; the finish reason had come, so the answer is "
            + "whole.", time: 60),
      ])
  }

  @Test func `names what whet ignores by name, in a few words`() {
    let members = (0..<20).map { "\"m\($0)\":0" }.joined(separator: ",")
    let body =
      "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\",\"reasoning_details\":[]}}],\(members)}\n\n"
    #expect(
      sentences([body]).first
        == "1 event held members that whet ignores: m0, m1, m2, m3, m4, m5, m6, m7, ….")
    #expect(
      sentences(["line: 1\n\n", textChunk("Hi")]).first
        == "1 line had names that event streams lack: line.")
  }

  @Test func `shows hostile words short and on one line`() {
    let words = "\u{1B}[31mred\r\n" + String(repeating: "long ", count: 1000)
    let message = JSON.string(words).text
    let sentence = sentences(["data: {\"error\":{\"message\":\(message)}}\n\n"])[0]
    #expect(sentence.count < 400)
    #expect(!sentence.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  @Test func `warns when the prompt fills the window`() {
    let usage =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":4096,\"completion_tokens\":2}}\n\n"
    let events: [WireEvent] = [
      .request(.test()), eventStream, .body(Array((textChunk("Hi") + usage + done).utf8)),
    ]
    #expect(findings(events, contextWindow: 8192).map(\.row) == [14])
    #expect(findings(events, contextWindow: 4096).map(\.row) == [14, 22])
    // Ollama says itself how much room it was asked for.
    let line = "{\"done\":true,\"prompt_eval_count\":2048}\n"
    let request = SentRequest(
      wire: .ollamaChat, url: "http://127.0.0.1:11434/api/chat",
      body: "{\"options\":{\"num_ctx\":2048}}")
    #expect(
      findings([.request(request), eventStream, .body(Array(line.utf8))]).map(\.sentence).contains {
        $0.hasPrefix("The prompt fills the model's window (2048 of 2048 tokens)")
      })
  }

  @Test func `knows the parameter that a server refuses`() {
    let request = SentRequest(
      wire: .chatCompletions, url: "http://127.0.0.1/v1",
      body: "{\"model\":\"m\",\"temperature\":0.5,\"max_tokens\":7}")
    let refused = { (body: String) in
      findings([
        .request(request), .head(status: 400, contentType: "application/json"),
        .body(Array(body.utf8)),
      ])
    }
    let words = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    #expect(
      refused("{\"error\":{\"message\":\"\(words)\"}}").map(\.sentence) == [
        "The server refused a parameter ('max_tokens': \"\(words)\"): the model's settings can "
          + "rename it or leave it out."
      ])
    let withMember = "{\"error\":{\"message\":\"It must be 1.\",\"param\":\"temperature\"}}"
    #expect(refused(withMember).map(\.row) == [21])
    #expect(refused("{\"error\":{\"message\":\"No.\"}}").map(\.row) == [25])
  }

  @Test func `says of an answer that was cut off in an event that it was`() {
    #expect(
      sentences([textChunk("Hi"), "data: {\"choices\":[{\"del"], ending: .failed("It broke.")) == [
        "The server counted no tokens: the counts shown are estimates.",
        "The stream ended in the middle of an event, which was passed over.",
        "The stream ended with no finish reason and without [DONE]: the answer is cut off.",
      ])
  }

  @Test func `says nothing of the end of a stream that goes on or was cancelled`() {
    #expect(sentences([textChunk("Hi")], ending: .cancelled) == [])
    let events = [TimedWireEvent(time: 0, event: .body(Array(textChunk("Hi").utf8)))]
    #expect(StreamDoctor.examine(events) == [])
  }

  @Test func `expects no count of tokens from a built-in model`() throws {
    let request = CompletionRequest(model: .echo, messages: [Message(role: .user, text: "Hello?")])
    #expect(StreamDoctor.examine(try BuiltinModel.answer(to: request)) == [])
  }

  @Test func `an event of more than 8 MB is told, and nothing behind it is read`() {
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    let bodies = [Array("data: ".utf8)] + Array(repeating: piece, count: 9)
    let found = findings([.request(.test()), eventStream] + bodies.map(WireEvent.body))
    #expect(found.map(\.row) == [20])
    #expect(found[0].sentence.hasPrefix("An event of more than 8 MB"))
  }

  // MARK: -

  private let eventStream = WireEvent.head(status: 200, contentType: "text/event-stream")

  private func event(_ type: String, _ members: String) -> String {
    "event: \(type)\ndata: {\"type\":\"\(type)\",\(members)}\n\n"
  }

  private func findings(
    _ events: [WireEvent], ending: WireEvent.Ending = .complete, contextWindow: Int? = nil
  ) -> [StreamFinding] {
    StreamDoctor.examine(
      (events + [.end(ending)]).enumerated().map {
        TimedWireEvent(time: Double($0.offset) * 10, event: $0.element)
      }, contextWindow: contextWindow)
  }

  private func sentences(
    _ bodies: [String], wire: WireProtocol = .chatCompletions, ending: WireEvent.Ending = .complete
  ) -> [String] {
    let request = SentRequest(wire: wire, url: "http://127.0.0.1/v1")
    return findings(
      [.request(request), eventStream] + bodies.map { .body(Array($0.utf8)) }, ending: ending
    ).map(\.sentence)
  }
}
