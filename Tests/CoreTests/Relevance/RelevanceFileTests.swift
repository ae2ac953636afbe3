import Testing

@testable import Core

@Suite struct RelevanceFileTests {
  @Test func `queries are read with ids of either name, numbers among them`() throws {
    let text =
      "\u{FEFF}{\"id\": \"a\", \"text\": \"one\", \"more\": []}\r\n\n{\"_id\": 7, \"text\": \"two\"}"
    #expect(
      try QueryFile.queries(of: text, name: "q.jsonl")
        == [JudgedQuery(id: "a", text: "one"), JudgedQuery(id: "7", text: "two")])
  }

  @Test(arguments: [
    ("{\"id\": \"a\"}", "q.jsonl:1: no \"text\"; expected {\"id\": "),
    ("\n{\"text\": \"x\"}", "q.jsonl:2: no \"id\"; expected "),
    ("{\"id\": 1,", "q.jsonl:1: column 10: "),
    ("[]", "q.jsonl:1: no JSON object; expected "),
    (
      "{\"id\": 1, \"text\": \"x\"}\n{\"id\": \"1\", \"text\": \"y\"}",
      "q.jsonl:2: the query 1 was there before"
    ),
  ])
  func `a bad query is told with its line and what was expected`(
    _ text: String, _ problem: String
  ) {
    let error = #expect(throws: RelevanceFileError.self) {
      try QueryFile.queries(of: text, name: "q.jsonl")
    }
    #expect("\(error!)".hasPrefix(problem), "\(error!)")
  }

  @Test(arguments: [
    "1 0 d 2\n1\t0\te\t-1\n", "query-id\tcorpus-id\tscore\n1\td\t2\n1\te\t-1\n",
    "1\td\t2\n1\te\t-1",
    #"{"query": 1, "doc": "d", "start": 0, "end": 5, "grade": 2}"# + "\n"
      + #"{"query": "1", "document": "e", "start": 3, "end": 4, "grade": -1}"#,
  ])
  func `judgments are read in every form`(_ text: String) throws {
    let judgments = try QrelsFile.judgments(of: text, name: "q")
    #expect(judgments.map(\.query) == ["1", "1"])
    #expect(judgments.map(\.document) == ["d", "e"])
    #expect(judgments.map(\.grade) == [2, -1])
    let isSpans = text.hasPrefix("{")
    #expect(judgments.map(\.characters) == (isSpans ? [0..<5, 3..<4] : [nil, nil]))
  }

  @Test(arguments: [
    ("1 0 d", "q:1: the grade 'd' is no whole number; expected query-id"),
    ("1 0 d 1\n1 0 e", "q:2: 3 columns; expected 'query 0 document grade'"),
    ("1 0 d x", "q:1: the grade 'x' is no whole number; expected 'query 0 document grade'"),
    ("query-id\tcorpus-id\tscore\n1\t\t1", "q:2: 3 columns; expected query-id"),
    (#"{"query": "1", "doc": "d", "start": 5, "end": 5}"#, "q:1: \"start\" and \"end\" must be "),
    (
      #"{"query": "1", "doc": "d", "start": 0, "end": 9223372036854775807}"#,
      "q:1: \"start\" and \"end\" must be "
    ),
    (#"{"query": "1", "start": 0, "end": 5}"#, "q:1: no \"doc\"; expected "),
    ("nonsense", "q:1: 1 columns; expected 'query 0 document grade'"),
  ])
  func `a bad judgment is told with its line and what was expected`(
    _ text: String, _ problem: String
  ) {
    let error = #expect(throws: RelevanceFileError.self) {
      try QrelsFile.judgments(of: text, name: "q")
    }
    #expect("\(error!)".hasPrefix(problem), "\(error!)")
  }

  @Test func `what is said last holds, and null takes back`() throws {
    let judgments = try Judgments(
      parsing: """
        {"query":"1","text":"first"}
        {"query":"1","document":"a","grade":2}
        {"query":"1","document":"b","start":0,"end":9,"grade":3}
        {"query":"1","document":"b","start":20,"end":29,"grade":0}
        {"query":"2","document":"a","grade":1}
        {"query":"1","document":"a","grade":1}
        {"query":"1","text":"again"}
        {"query":"2","document":"a","grade":null}
        """, name: "j")
    #expect(judgments.queries == [JudgedQuery(id: "1", text: "again")])
    #expect(judgments.judgedQueries.map(\.id) == ["1"])
    // A document is as good as its best part, and relevant parts are what is looked for.
    let relevance = try #require(judgments.relevance(to: "1"))
    #expect(relevance.grades == ["a": 1, "b": 3])
    #expect(relevance.spans == ["b": SpanSet([0..<9])])
    #expect(judgments.relevance(to: "2") == nil)
    #expect(judgments.hasSpans)
  }

  @Test func `every judgment reads back from its line`() throws {
    let judgments = [
      Judgment(query: "q", document: "a b\n", grade: -1),
      Judgment(query: "q", document: "c", span: 3..<7, grade: 2),
      Judgment(query: "q", document: "d", grade: nil),
    ]
    var expected = Judgments()
    for judgment in judgments { expected.insert(judgment) }
    let text = judgments.map(\.json.text).joined(separator: "\n")
    #expect(try Judgments(parsing: text, name: "j") == expected)
  }

  @Test func `characters lead to bytes, however many each has`() {
    let text = String(repeating: "aé漢😀", count: 300)
    let bytes = Array(text.utf8)
    let offsets = TextOffsets(of: bytes)
    let scalars = Array(text.unicodeScalars)
    for start in stride(from: 0, to: scalars.count, by: 7) {
      let end = min(start + 5, scalars.count)
      let expected = String(String.UnicodeScalarView(scalars[start..<end]))
      #expect(offsets.bytes(ofScalars: start..<end).map(offsets.text(in:)) == expected)
    }
    #expect(offsets.bytes(ofScalars: 0..<1200) == 0..<bytes.count)
    #expect(offsets.bytes(ofScalars: 0..<1201) == nil)
    #expect(TextOffsets(of: []).bytes(ofScalars: 0..<0) == 0..<0)
  }

  @Test func `a run's scores fall strictly as 32-bit numbers, and its words have no spaces`() {
    let passage = Passage(source: "a b.md", bytes: 0..<1, lines: 1...1, text: "x")
    let scores = [2.0, 2.0, 2.0 - 1e-12, .nan, -1.5, -1.5]
    let ranking = scores.map { RankedDocument(document: "a b", score: $0, passage: passage) }
    let lines = TRECRun(name: "my run").lines(query: "q", ranking: ranking).split(separator: "\n")
    let columns = lines.map { $0.split(separator: " ") }
    #expect(columns.allSatisfy { $0.count == 6 && $0[2] == "a%20b" && $0[5] == "my%20run" })
    #expect(columns.map { Int($0[3]) } == [1, 2, 3, 4, 5, 6])
    let written = columns.compactMap { Float($0[4]) }
    #expect(written.count == 6)
    #expect(zip(written, written.dropFirst()).allSatisfy { $0 > $1 })
  }
}
