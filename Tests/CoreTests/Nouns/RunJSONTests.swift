import Testing

@testable import Core

private let passage = Passage(
  source: "docs/returns.md", headings: ["Returns", "Refunds"], bytes: 10..<40, lines: 3...5,
  text: "Within 30 days.", score: 1.25, standings: [.bm25: Standing(rank: 2, score: 1.25)],
  matches: [7..<9], tokens: 5)

private let run = Run(
  id: "r2", session: "s1", parent: "r1", startedAt: 1_700_000_000.25, column: 1,
  promptText: "---\nmodel: x/y\n---\n{{question}}\u{1B}", promptPath: "a.prompt",
  inputs: ["question": "When?", "b": "日本"],
  request: CompletionRequest(
    model: ModelReference(provider: "x", model: "y/z"),
    messages: [Message(role: .system, text: "S"), Message(role: .user, text: "When?")],
    parameters: Parameters(temperature: 0.5, topP: 1, maxTokens: 9, stop: ["END"], seed: 3),
    question: "When?", passages: [passage]))

@Suite struct RunJSONTests {
  @Test func aRunReadsBackAsItself() throws {
    #expect(Run(json: try JSON(parsing: run.json.text)) == run)
    var root = run
    root.parent = nil
    root.promptPath = nil
    #expect(Run(json: try JSON(parsing: root.json.text)) == root)
  }

  @Test(
    arguments: [
      .head(status: 200, contentType: "text/event-stream"), .body(Array("data: é\n\n".utf8)),
      .body([0xC3]), .body([0xFF, 0x00, 0x22]), .body([]), .end(.complete), .end(.cancelled),
      .end(.failed("no route")),
    ] as [WireEvent])
  func aWireEventReadsBackByteForByte(_ event: WireEvent) throws {
    let timed = TimedWireEvent(time: 12.5, event: event)
    #expect(TimedWireEvent(json: try JSON(parsing: timed.json.text)) == timed)
  }

  @Test(arguments: [
    JSON.null, [], [:], ["at_ms": 1], ["at_ms": "1", "body": "x"], ["at_ms": 1, "head": [:]],
    ["at_ms": 1, "end": "later"],
  ])
  func whatIsNoWireEventIsNone(_ json: JSON) {
    #expect(TimedWireEvent(json: json) == nil)
  }

  @Test(arguments: ["id", "session", "started_at", "request"])
  func aRunWithoutAnEssentialMemberIsNone(_ name: String) {
    var object = run.json.object
    object?[name] = nil
    #expect(Run(json: object.map(JSON.object) ?? .null) == nil)
  }

  @Test func aPassageWithMatchesOutsideOfItsTextLosesThemAndNothingElse() throws {
    var object = try #require(passage.json.object)
    object["matches"] = [[7, 9], [-1, 2], [3, 900], [5, 4], "x"]
    #expect(Passage(json: .object(object)) == passage)
    object["end"] = 3
    #expect(Passage(json: .object(object)) == nil)
  }
}
