// What a filter's line means, and what is said about one that means nothing.

import Core
import FineTuning
import RandomSource
import Testing

@Suite struct ExampleFilterTests {
  private static let example = StoredExample(
    number: 12,
    example: TrainingExample(
      messages: [
        TrainingMessage(role: "system", text: "Be brief."),
        TrainingMessage(role: "user", text: "When is a refund paid? Über \"dreißig\" Tage"),
        TrainingMessage(role: "assistant", text: "Within 30 days.\nNo later."),
      ], tools: [["type": "function"]]),
    state: .approved, tags: ["gold", "two words"],
    lineage: ExampleLineage(
      source: .file("gold.jsonl", line: 7), model: "openai/gpt-x", editor: "ann", addedAt: 0),
    tokens: 40)

  private func fits(_ line: String, _ example: StoredExample = example) throws -> Bool {
    try ExampleFilter(line).fits(example)
  }

  @Test(arguments: [
    "", "  ", "state:approved", "STATE:Approved", "tag:gold", "tag:#gold", "tag:GOLD",
    "tag:\"two words\"", "-tag:draft", "not tag:draft", "tokens>39", "tokens>=40", "tokens<=40",
    "tokens:40", "tokens=40", "tokens:30..40", "tokens:..40", "tokens:40..", "turns:3", "turns<4",
    "number:12", "line:7", "line:1..10", "source:file", "model:GPT", "is:supervised", "is:edited",
    "has:tools", "has:tags", "refund", "REFUND", "efun", "\"is a refund\"", "über",
    "in:answer \"30 days\"", "in:system brief", "in:user refund", "in:any later", "/30\\s+days/",
    "/^within/i", "/\\bNo later\\.$/", "in:answer /^Within/", "state:approved and refund",
    "state:rejected or refund", "(state:rejected or tokens>1) refund", "not not refund",
    "not (state:pending or state:rejected)", "refund in:answer (days) -x",
    "\"a refund\" and -\"30 months\"",
    "(in:answer days) refund",
  ])
  func `what fits`(line: String) throws {
    #expect(try fits(line), "\(line)")
  }

  @Test(arguments: [
    "state:pending", "tag:silver", "-tag:gold", "tokens>40", "tokens<40", "tokens<0", "turns:4..9",
    "number<12", "line>7", "source:run", "model:llama", "is:preference", "refunds",
    "in:answer refund",
    "in:rejected refund", "in:answer (days) refund", "- refund", "/^refund/", "/within/",
    "state:approved and state:pending",
    "state:pending or tokens>40", "not refund", "-(refund or x)",
  ])
  func `what doesn't fit`(line: String) throws {
    #expect(try !fits(line), "\(line)")
  }

  @Test func `a line number is of examples from files only`() throws {
    var other = Self.example
    other.lineage.source = .run("R", session: "s")
    #expect(try !fits("line>=0", other))
    #expect(try fits("-line>=0", other))
  }

  @Test(arguments: [
    ("state:maybe", 0, false), ("state:", 0, true), ("state:app", 0, true), ("x tag:", 2, true),
    ("tokens:many", 0, true), ("tokens>x y", 0, false), ("tokens:9..3 x", 0, false),
    ("tokens>99999999999999999 x", 0, false), ("is:good x", 0, false), ("has:", 0, true),
    ("in:nowhere x", 0, false), ("in:answer", 9, true), ("(a", 2, true), ("a)", 1, false),
    ("()", 1, false), ("a or", 4, true), ("or a", 0, false), ("and a", 0, false), ("not", 3, true),
    ("\"open", 0, true), ("\"\" x", 0, false), ("/open", 0, true), ("// x", 0, false),
    ("/a/b", 0, false), ("x /(/", 3, false), ("x /a**b+{2}(?=c)/", 3, false),
    ("-in:answer x", 0, false),
  ])
  func `what means nothing says where, and whether more would make it right`(
    line: String, place: Int, isUnfinished: Bool
  ) {
    do {
      _ = try ExampleFilter(line)
      Issue.record("'\(line)' was read")
    } catch {
      #expect(error.isUnfinished == isUnfinished, "\(line)")
      #expect(error.description.hasSuffix("."))
      // Inside of a pattern, the place is that of what is wrong there.
      #expect(line.contains("/") ? error.place >= place : error.place == place, "\(error)")
    }
  }

  @Test func `deep and long lines are refused, and read in a moment`() {
    for line in [
      String(repeating: "(", count: 9_000), String(repeating: "-", count: 9_000) + "x",
      String(repeating: "not ", count: 2_000) + "x", String(repeating: "x ", count: 6_000),
    ] {
      #expect(throws: ExampleFilterError.self) { try ExampleFilter(line) }
    }
  }

  @Test func `random lines are read or refused`() {
    var random = SeededRandom(seed: 3)
    let pieces = [
      "state:", "approved", "(", ")", "\"", "/", "-", "not", "or", "and", "in:", "answer", " ",
      "tokens",
      ">", "5", "..", "\\", "é", "[", "*", "{2,", "}", "|", "tag:", "x",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let line = (0..<Int.random(in: 0...8, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      guard let filter = try? ExampleFilter(line) else { continue }
      read += 1
      _ = filter.fits(Self.example)
    }
    #expect(read > 1_000)
  }

  @Test func `what a list knows decides as the whole does, or leaves it open`() throws {
    let filters = [
      "state:approved", "refund", "state:pending refund", "state:approved or refund", "-refund",
      "source:file tokens>1", "in:answer nowhere", "/x/", "not (tag:gold and \"30 days\")", "über",
      "\"say \\\"dreißig\\\"\"", "dreißig",
    ].compactMap { try? ExampleFilter($0) }
    #expect(filters.count == 12)
    for filter in filters {
      var facts = ExampleFacts(Self.example)
      if !filter.asksForLineage { facts.lineage = nil }
      let whole = filter.fits(Self.example)
      if let known = filter.fits(facts) { #expect(known == whole, "\(filter.line)") }
      var line = Self.example.example.json.text
      let mayFit = line.withUTF8 { filter.mayFit(facts, line: UnsafeRawBufferPointer($0)) }
      #expect(mayFit || !whole, "\(filter.line)")
    }
    // Most of a million examples are passed over by a word that they haven't.
    var line = Self.example.example.json.text
    let other = try ExampleFilter("sparrow")
    #expect(
      !line.withUTF8 {
        other.mayFit(ExampleFacts(Self.example), line: UnsafeRawBufferPointer($0))
      })
  }

  @Test func `a text over two parts of a turn isn't passed over`() throws {
    let parts: JSON = [["type": "text", "text": "spar"], ["type": "text", "text": "row"]]
    var split = Self.example
    split.example.answer[0].content = parts
    let filter = try ExampleFilter("sparrow")
    #expect(filter.fits(split))
    var line = split.example.json.text
    #expect(line.withUTF8 { filter.mayFit(ExampleFacts(split), line: UnsafeRawBufferPointer($0)) })
  }
}
