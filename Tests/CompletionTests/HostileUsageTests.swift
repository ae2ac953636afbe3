import Core
import Testing

@testable import Completion

// Counts come from a server, which may say anything.

struct HostileUsageTests {
  @Test(
    "no count of tokens is beyond what can be added up",
    arguments: ["-9223372036854775808", "9223372036854775807", "-1"])
  func countsAreBounded(count: String) {
    var decoder = StreamDecoder()
    let usage = #"{"usage":{"prompt_tokens":\#(count),"completion_tokens":\#(count)},"choices":[]}"#
    _ = decoder.decode(.head(status: 200, contentType: "text/event-stream"))
    let events = decoder.decode(.body(Array("data: \(usage)\n\n".utf8)))
    for case .usage(let usage) in events {
      #expect((0...1 << 40).contains(usage.inputTokens))
      #expect((0...1 << 40).contains(usage.outputTokens))
    }
    #expect(events.contains { if case .usage = $0 { true } else { false } })
  }
}
