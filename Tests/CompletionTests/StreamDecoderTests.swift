import Core
import StreamFixtures
import Testing

@testable import Completion

@Suite("A stream comes to the same, however it arrives")
struct StreamDecoderTests {
  @Test(arguments: fixtures)
  func whole(_ fixture: Fixture) {
    #expect(Outcome(events: fixture.events) == fixture.outcome)
    #expect(Outcome(events: fixture.events(inReadsOf: .max)) == fixture.outcome)
  }

  @Test(arguments: fixtures)
  func oneByteAtATime(_ fixture: Fixture) {
    #expect(Outcome(events: fixture.events(inReadsOf: 1)) == fixture.outcome)
  }

  @Test(arguments: fixtures)
  func splitAtEveryPosition(_ fixture: Fixture) {
    for position in fixture.body.indices {
      #expect(
        Outcome(events: fixture.events(splitAt: position)) == fixture.outcome,
        "split at \(position)")
    }
  }

  @Test(arguments: fixtures)
  func whateverItsContentTypeSays(_ fixture: Fixture) {
    for type in ["application/json", "text/plain; charset=utf-8", ""] {
      let events = fixture.events.map { event in
        if case .head(let status, _) = event {
          WireEvent.head(status: status, contentType: type)
        } else {
          event
        }
      }
      #expect(Outcome(events: events) == fixture.outcome)
    }
  }

  @Test(arguments: ["abort", "insufficient_system_resource"])
  func `an answer that its server breaks off is cut off`(reason: String) {
    let body = textChunk("Hi") + chunk("{}", finish: reason) + done
    let outcome = Outcome(bodies: [Array(body.utf8)])
    #expect(outcome.text == "Hi")
    #expect(outcome.finishReason == .truncated)
    #expect(outcome.error?.contains(reason) == true)
  }

  @Test("A cut at any byte keeps the text and never invents any", arguments: fixtures)
  func cut(_ fixture: Fixture) {
    let whole = fixture.outcome
    for position in fixture.body.indices {
      let events = fixture.events(before: position)
      let cut = Outcome(events: events, ending: .failed("It broke."))
      #expect(whole.text.unicodeScalars.starts(with: cut.text.unicodeScalars), "at \(position)")
      #expect(whole.thinking.hasPrefix(cut.thinking), "at \(position)")
      if cut.finishReason != whole.finishReason {
        let hasOutput = !(cut.text + cut.thinking + cut.refusal).isEmpty || !cut.toolCalls.isEmpty
        #expect(cut.finishReason == (hasOutput ? .truncated : .error), "at \(position)")
        #expect(cut.error?.hasSuffix("It broke.") == true || isError(events), "at \(position)")
      }
    }
  }

  /// Whether the last response has a status that says that there is no answer.
  private func isError(_ events: [WireEvent]) -> Bool {
    events.reduce(false) { if case .head(let status, _) = $1 { status != 200 } else { $0 } }
  }

  @Test func `a connection that fails before any text is an error, not a truncation`() {
    let outcome = Outcome(bodies: [], ending: .failed("Nothing answers."))
    #expect(outcome == Outcome(finishReason: .error, error: "Nothing answers."))
  }

  @Test func `a connection that fails after the finish reason has brought the whole answer`() {
    let body = Array((textChunk("Hi") + chunk("{}", finish: "stop")).utf8)
    let outcome = Outcome(bodies: [body], ending: .failed("It broke."))
    #expect(outcome == Outcome(text: "Hi", finishReason: .stop))
  }

  @Test func `blanks before the first event are no part of it, in whichever read they come`() {
    let body = Array((" \r\n\t" + textChunk("Hi") + done).utf8)
    let outcome = Outcome(text: "Hi", finishReason: .stop)
    #expect(Outcome(bodies: [body]) == outcome)
    #expect(Outcome(bodies: body.map { [$0] }) == outcome)
  }

  @Test func `a cancelled stream keeps its text and is no error`() {
    let outcome = Outcome(bodies: [Array(textChunk("Hi").utf8)], ending: .cancelled)
    #expect(outcome == Outcome(text: "Hi", finishReason: .cancelled))
  }

  @Test func `nothing follows the event that ends the answer`() {
    var decoder = StreamDecoder()
    let body = Array((textChunk("Hi") + done + textChunk("more") + done).utf8)
    #expect(decoder.decode(.body(body)) == [.text("Hi"), .finish(.stop)])
    #expect(decoder.isFinished)
    #expect(decoder.decode(.body(body)) == [])
    #expect(decoder.decode(.end(.failed("It broke."))) == [])
  }

  @Test func `pieces of one kind that arrive together come as one`() {
    var decoder = StreamDecoder()
    let thinking = chunk("{\"reasoning\":\"a\"}") + chunk("{\"reasoning\":\"b\"}")
    let body = Array((thinking + textChunk("c") + textChunk("d")).utf8)
    #expect(decoder.decode(.body(body)) == [.thinking("ab"), .text("cd")])
  }

  @Test func `how far the prompt is read is said, and never more than all of it`() {
    var decoder = StreamDecoder()
    func chunk(_ processed: Int) -> String {
      #"data: {"prompt_progress":{"total":18,"cache":0,"processed":\#(processed)}}"# + "\n\n"
    }
    #expect(
      decoder.decode(.body(Array((chunk(0) + chunk(9) + chunk(99)).utf8)))
        == [0, 9, 18].map {
          .progress(PromptProgress(processedTokens: $0, totalTokens: 18))
        })
  }

  @Test func `a line of more than 8 MB is refused, and the text before it is kept`() {
    let line = Array((#"{"message":{"content":"Hi"},"done":false}"# + "\n{").utf8)
    let piece = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
    let outcome = Outcome(
      wire: .ollamaChat, bodies: [line] + Array(repeating: piece, count: 9))
    #expect(outcome.text == "Hi")
    #expect(outcome.error?.contains("8 MB") == true)
  }

  @Test(arguments: ["0", "-5", "null", "\"fast\"", "1e999"])
  func `a rate that is none is not said`(rate: String) {
    let chunk = #"data: {"choices":[],"timings":{"predicted_per_second":\#(rate)}}"# + "\n\n"
    #expect(Outcome(bodies: [Array((textChunk("Hi") + chunk + done).utf8)]).rate == nil)
  }

  @Test func `an event of more than 8 MB is refused, and the text before it is kept`() {
    let text = Array(textChunk("Hi").utf8)
    let piece = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
    let flood = [text, Array("data: ".utf8)] + Array(repeating: piece, count: 9)
    let outcome = Outcome(bodies: flood)
    #expect(outcome.text == "Hi")
    #expect(outcome.finishReason == .error)
    #expect(outcome.error?.contains("8 MB") == true)
  }

  @Test func `a document of more than 8 MB is refused`() {
    let piece = Array(repeating: UInt8(ascii: "["), count: 1 << 20)
    let outcome = Outcome(bodies: Array(repeating: piece, count: 9))
    #expect(outcome.error?.contains("8 MB") == true)
  }

  @Test func `hostile numbers of tool calls are merged into a bounded few`() {
    let calls = (0..<300).map { "{\"index\":\(Int.max - $0),\"id\":\"\($0)\"}" }
    let body = chunk("{\"tool_calls\":[\(calls.joined(separator: ","))]}")
    #expect(Outcome(bodies: [Array(body.utf8)]).toolCalls.count == 128)
  }
}
