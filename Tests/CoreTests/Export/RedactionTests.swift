import Testing

@testable import Core

@Suite("What is taken out before a session is shared")
struct RedactionTests {
  private static let secret = "Anna Berg"

  /// A run with a text in each of its members.
  private static func run(saying text: String, events: [TimedWireEvent]? = nil) -> RecordedRun {
    var answer = Answer()
    answer.apply(.thinking(text), at: 20)
    answer.apply(.text("It is \(text)."), at: 30)
    answer.apply(
      .toolCall(ToolCallFragment(index: 0, id: text, name: text, arguments: text)), at: 35)
    answer.apply(.logprobs([TokenLogprob(token: text, logprob: -1)]), at: 36)
    answer.apply(.truncation(text), at: 40)
    var parameters = Parameters()
    parameters.stop = [text]
    parameters.responseSchema = ["properties": .object([text: ["const": .string(text)]])]
    var variant = Variant(ModelReference(provider: "p", model: text), parameters: parameters)
    variant.name = text
    let passage = Passage(
      source: "\(text).md", row: text, headings: [text], bytes: 0..<9, lines: 1...1, text: text,
      matches: [0..<2])
    variant.context = .without(passage.origin)
    return RecordedRun(
      run: Run(
        id: "r", session: "s", startedAt: 1, column: 0, promptText: text, promptPath: text,
        inputs: [text: text],
        request: CompletionRequest(
          model: ModelReference(provider: "p", model: text),
          messages: [
            Message(
              role: .user, parts: [.text(text), .media(url: text, contentType: text)],
              metadata: ["a": .string(text)])
          ], parameters: parameters, question: text, passages: [passage]),
        variant: variant,
        origin: RunOrigin(program: "llm", id: text, details: ["note": .string(text)])),
      events: events ?? [
        TimedWireEvent(
          time: 0,
          event: .request(
            SentRequest(wire: .responses, url: "http://a/\(text)", body: "{\"a\":\"\(text)\"}"))),
        TimedWireEvent(time: 30, event: .body(Array("data: \(text)\n\n".utf8))),
        TimedWireEvent(time: 40, event: .end(.failed(text))),
      ],
      answer: answer, rating: .good, remark: Remark(note: text, tags: [text]),
      corrections: [Correction(text: text, madeAt: 5)], correctionDraft: text)
  }

  /// All that a session file would have of it.
  private static func text(of recorded: RecordedRun) -> String {
    let parts =
      [recorded.run.json, .object(recorded.answer.json), .object(recorded.remark.json)]
      + recorded.events.map(\.json) + recorded.corrections.map { .string($0.text) }
    return parts.map(\.text).joined(separator: "\n") + (recorded.correctionDraft ?? "")
  }

  @Test("A match is in no member of a run")
  func everyMember() throws {
    let recorded = Self.run(saying: Self.secret)
    #expect(Self.text(of: recorded).ranges(of: Self.secret).count > 25)
    let redacted = try Redaction(patterns: ["Anna B\\w+"]).redacted(recorded)
    let text = Self.text(of: redacted)
    #expect(!text.contains("Anna") && !text.contains("Berg"))
    #expect(redacted.run.id == "r" && redacted.rating == .good)
    #expect(redacted.answer.finishReason == .truncated)
    #expect(redacted.answer.text == "It is ████.")
    #expect(Run(json: redacted.run.json) == redacted.run)
    #expect(redacted.run.variant?.context != .shared)
  }

  @Test(
    "Words of the format itself stay",
    arguments: ["user", "stop", "[a-z]+", "s|r|c", "truncated", "content", "p", "."])
  func structure(pattern: String) throws {
    let redacted = try Redaction(patterns: [pattern]).redacted(Self.run(saying: Self.secret))
    #expect(redacted.run.id == "r" && redacted.run.session == "s")
    #expect(redacted.run.request.messages.map(\.role) == [.user])
    #expect(redacted.answer.finishReason == .truncated)
    #expect(Run(json: redacted.run.json) == redacted.run)
  }

  @Test("A match that is cut by chunks is in no chunk, and the stream says what the answer says")
  func chunks() throws {
    let pieces = ["It is An", "na Be", "rg, as", " you know."]
    var answer = Answer()
    var events = [
      TimedWireEvent(time: 0, event: .head(status: 200, contentType: "text/event-stream"))
    ]
    for (place, piece) in pieces.enumerated() {
      let time = Double(100 * (place + 1))
      answer.apply(.text(piece), at: time)
      let chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"\(piece)\"}}]}\n\n"
      events.append(TimedWireEvent(time: time, event: .body(Array(chunk.utf8))))
    }
    answer.apply(.finish(.stop), at: 500)
    events.append(TimedWireEvent(time: 500, event: .end(.complete)))
    var recorded = Self.run(saying: "nothing", events: events)
    recorded.answer = answer
    let redacted = try Redaction(patterns: [Self.secret]).redacted(recorded)
    #expect(redacted.answer.text == "It is ████, as you know.")
    let text = Self.text(of: redacted)
    for piece in ["An\"", "na Be", "rg,"] { #expect(!text.contains(piece)) }
    // The pieces come when they came.
    #expect(Set(redacted.events.map(\.time)).isSuperset(of: [100, 200, 300]))
    #expect(redacted.events.last?.event == .end(.complete))
  }

  @Test("A match in a member that no decoder reads is found across chunks, too")
  func unreadMembers() throws {
    let bodies = ["data: {\"x\":{\"y\":\"An", "na B\"}}\n\ndata: {\"x\":{\"y\":\"erg\"}}\n\n"]
    let events = bodies.map { TimedWireEvent(time: 30, event: .body(Array($0.utf8))) }
    let recorded = Self.run(saying: "nothing", events: events)
    let redaction = try Redaction(patterns: [Self.secret])
    #expect(redaction.redacted(recorded).events != events)
    #expect(try Redaction(patterns: ["Otto"]).redacted(recorded).events == events)
  }

  @Test(
    "Another spelling hides nothing",
    arguments: [
      "Anna%20Berg", "%41nna Berg", "A%6ena%2520Berg", #"Anna\u0020Berg"#,
      #"{"a":"Anna\u0020Berg"}"#,
      #"{"a":"{\"b\":\"Anna Be\\u0072g\"}"}"#, "data:text/plain;base64,SXQgaXMgQW5uYSBCZXJnLg==",
      "SXQgaXMgQW5uYSBCZXJnLg",
    ])
  func spellings(text: String) throws {
    let redaction = try TextRedaction(patterns: [Self.secret])
    let redacted = redaction.redacted(text)
    #expect(redacted != text && redacted.contains(Redaction.mark))
    #expect(redaction.redacted(redacted) == redacted)
    #expect(!redacted.contains("Berg") && !redacted.contains("QmVyZ"))
  }

  @Test("A mark on a letter hides no match")
  func combiningMarks() throws {
    let redacted = try TextRedaction(patterns: [Self.secret]).redacted("Anna Berg\u{301}.")
    #expect(redacted.unicodeScalars.elementsEqual("████\u{301}.".unicodeScalars))
  }

  @Test("A text without a match stays as it is, whatever its spelling")
  func unmatched() throws {
    let redaction = try TextRedaction(patterns: [Self.secret, "[0-9]{16}"])
    for text in [
      "100%25 \\u0041", "{\"b\": 1,  \"a\":[1.50]}", "SGVsbG8gd29ybGQhISE=", "\r\n\u{301}",
    ] {
      #expect(redaction.redacted(text) == text)
    }
  }

  @Test("A pattern that can't be used is said to be", arguments: ["(", "x*", ""])
  func patterns(pattern: String) {
    #expect(throws: RedactionError.self) { try Redaction(patterns: [pattern]) }
  }

  @Test("Branches stay apart")
  func branches() throws {
    let redacted = try Redaction(patterns: ["[a-z]+"]).redacted([
      Branch(name: "one", moment: "1"), Branch(name: "two", moment: "2"),
    ])
    #expect(redacted.map(\.name) == ["████", "████ 2"])
  }

  @Test("Documents are left out of all that the model was given; their labels stay")
  func documents() throws {
    let text = "The first line of a document.\n  The second \"line\", in quotes."
    var recorded = Self.run(saying: "nothing")
    recorded.answer = Answer()
    recorded.answer.apply(.text("It says: The first line of a document."), at: 1)
    recorded.answer.apply(.finish(.stop), at: 2)
    recorded.run.request.passages = [
      Passage(source: "docs/a.md", bytes: 0..<9, lines: 1...2, text: text, matches: [4..<9])
    ]
    let indented = "> The first line of a document.\n> The second \"line\", in quotes."
    recorded.run.request.messages = [
      Message(
        role: .user, text: "Read: \(text)\n\(indented)\n\(JSON.string(text).text)\nNow answer.")
    ]
    recorded.events = [
      TimedWireEvent(
        time: 0, event: .request(SentRequest(wire: .messages, url: "http://a", body: text))),
      TimedWireEvent(time: 1, event: .body(Array("data: [DONE]".utf8))),
      TimedWireEvent(time: 2, event: .end(.complete)),
    ]
    let result = try Redaction(patterns: [], withoutDocuments: true).redacted(recorded)
    let written = (result.run.json.text + result.events.map(\.json.text).joined())
    #expect(!written.contains("first line") && !written.contains("second"))
    #expect(written.contains("docs/a.md") && written.contains("Now answer."))
    #expect(result.events.count == 3)
    #expect(result.answer == recorded.answer)
    #expect(Run(json: result.run.json) == result.run)
  }
}
