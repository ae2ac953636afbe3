import Core
import StreamFixtures
import Testing

@testable import Completion

// Counts come from a server, which may say anything, and may count in its own way.

struct UsageTests {
  @Test func `thinking that a server counts apart from the answer is output all the same`() {
    let outcome = Outcome(bodies: [
      Array(
        (textChunk("Hi") + """
          data: {"choices":[],"usage":{"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,\
          "completion_tokens_details":{"reasoning_tokens":94}}}


          """ + done).utf8)
    ])
    #expect(outcome.usage == [32, 103])
    #expect(outcome.usageDetails == [0, 0, 94])
  }

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
