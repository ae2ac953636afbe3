import Core
import Evaluation
import Testing

@Suite struct AssertionReaderTests {
  private struct Missing: Error, CustomStringConvertible { let description = "there is none" }

  private func reader() -> AssertionReader {
    AssertionReader { path in
      switch path {
      case "schema.json": #"{"type": "object"}"#
      case "schema.yaml": "type: object"
      case "rubric.txt": "Be kind.\n"
      default: throw Missing()
      }
    }
  }

  private func read(_ yaml: String) throws -> ([Assertion], [UnsupportedAssertion]) {
    var reader = reader()
    let json = try YAML(parsing: yaml).json
    return (try reader.assertions(in: json, place: "tests[0].assert"), reader.unsupported)
  }

  @Test func `an object is read with all its keys`() throws {
    let (assertions, notes) = try read(
      """
      - type: not-similar
        value: hello
        threshold: 0.7
        weight: 2
        metric: tone
        provider: {id: "openai:x"}
        config: {votes: 3}
      """)
    var expected = Assertion("similar", value: "hello")
    expected.isNegated = true
    expected.threshold = 0.7
    expected.weight = 2
    expected.metric = "tone"
    expected.model = "openai:x"
    expected.config = ["votes": 3]
    #expect(assertions == [expected])
    #expect(assertions[0].name == "not-similar")
    #expect(notes.isEmpty)
  }

  @Test func `sets hold assertions`() throws {
    let (assertions, _) = try read(
      """
      - type: assert-set
        threshold: 0.5
        metric: both
        assert:
          - {type: contains, value: a}
          - {type: is-json}
      """)
    #expect(assertions[0].members.map(\.type) == ["contains", "is-json"])
    #expect(assertions[0].threshold == 0.5)
  }

  @Test func `files are read as what they are`() throws {
    let (assertions, _) = try read(
      """
      - {type: is-json, value: "file://schema.json"}
      - {type: is-json, value: "file://schema.yaml"}
      - {type: llm-rubric, value: "file://rubric.txt"}
      """)
    #expect(assertions.map(\.value) == [["type": "object"], ["type": "object"], "Be kind.\n"])
    #expect(throws: AssertionError.self) {
      try read(#"- {type: llm-rubric, value: "file://lost.txt"}"#)
    }
  }

  @Test func `what isn't carried out is listed`() throws {
    let (assertions, notes) = try read(
      """
      - {type: javascript, value: output.length > 3}
      - {type: not-perplexity, threshold: 2}
      - {type: equals, value: x, transform: output.trim()}
      - {type: equals, value: "file://check.py:check"}
      - {type: equals, value: x, colour: red}
      - {type: equals, value: "{{ name | upper }}"}
      - {$ref: "#/assertionTemplates/a"}
      - {type: contains, value: y}
      """)
    #expect(assertions.map(\.value) == ["x", "{{ name | upper }}", "y"])
    #expect(
      notes.map(\.name) == [
        "javascript", "not-perplexity", "transform", "file://check.py:check", "colour",
        "{{ name | upper }}", "$ref",
      ])
    #expect(notes[0].place == "tests[0].assert[0]")
    #expect(notes.allSatisfy { !$0.reason.isEmpty })
  }

  @Test(arguments: [
    ("- {type: contians, value: x}", "did you mean 'contains'?"),
    ("- {value: x}", "has no type"), ("- just text", "an assertion was expected"),
    ("- {type: contains}", "has no value"), ("- {type: latency}", "has no threshold"),
    ("- {type: equals, value: x, weight: -1}", "less than 0"),
    ("- {type: equals, value: x, threshold: high}", "no number"), ("type: equals", "a list"),
    ("- {type: assert-set}", "no list 'assert'"), ("- {type: program}", "no command line"),
  ])
  func `what is no assertion is refused in a sentence`(yaml: String, part: String) {
    #expect {
      try read(yaml)
    } throws: { error in
      "\(error)".hasPrefix("tests[0].assert") && "\(error)".contains(part)
    }
  }

  @Test func `sets in sets come to an end`() {
    var json: JSON = [["type": "equals", "value": "x"]]
    for _ in 0..<20 { json = [["type": "assert-set", "assert": json]] }
    var reader = reader()
    #expect(throws: AssertionError.self) { try reader.assertions(in: json, place: "a") }
  }

  // MARK: Columns

  private func cell(_ text: String) throws -> Assertion? {
    var reader = reader()
    return try reader.assertion(inColumn: text, place: "line 2")
  }

  @Test(
    arguments: [
      ("Paris", "equals", "Paris", nil), ("equals: Paris", "equals", "Paris", nil),
      ("contains: a: b", "contains", "a: b", nil), ("not-contains:x", "not-contains", "x", nil),
      ("contains-any: a, \"b, \"\"c\"\"\" ,d", "contains-any", ["a", "b, \"c\"", "d"], nil),
      ("icontains-all:a,b", "icontains-all", ["a", "b"], nil),
      ("regex: ^a:b$", "regex", "^a:b$", nil), ("is-json", "is-json", nil, nil),
      ("similar(0.9): x", "similar", "x", 0.9), ("similar: x", "similar", "x", 0.8),
      ("rouge-n(0.5): x", "rouge-n", "x", 0.5), ("rouge-n: x", "rouge-n", "x", 0.75),
      ("grade: Be kind", "llm-rubric", "Be kind", nil),
      ("llm-rubric: Be kind", "llm-rubric", "Be kind", nil),
      ("factuality: x", "factuality", "x", nil), ("starts-with: Yes", "starts-with", "Yes", nil),
      ("levenshtein(5): x", "levenshtein", "x", 5), ("latency(200)", "latency", nil, 200),
      ("cost(0.01)", "cost", nil, 0.01), ("similar to it", "equals", "similar to it", nil),
      ("contains", "", nil, nil), ("Answer: 3", "equals", "Answer: 3", nil),
      ("model-graded-factuality: x", "factuality", "x", nil),
    ] as [(String, String, JSON?, Double?)])
  func `a cell is an assertion`(
    text: String, name: String, value: JSON?, threshold: Double?
  ) throws {
    guard !name.isEmpty else {
      #expect(throws: AssertionError.self) { try cell(text) }
      return
    }
    let assertion = try #require(try cell(text))
    #expect(assertion.name == name)
    #expect(assertion.value == value)
    #expect(assertion.threshold == threshold)
  }

  @Test(arguments: [
    "javascript: output.length", "fn:x", "eval: x", "python: x", "file://check.js",
    "webhook: https://example.org",
  ])
  func `code in a cell is listed`(text: String) throws {
    var reader = reader()
    #expect(try reader.assertion(inColumn: text, place: "line 2") == nil)
    #expect(reader.unsupported.count == 1)
  }

  @Test func `an empty cell is no assertion`() throws { #expect(try cell("  ") == nil) }

  // MARK: Filling in

  private let inputs: JSON.Object = [
    "name": "{{other}}", "other": "x", "who": ["city": "Rome", "tags": ["a", "b"]], "n": 3,
  ]

  @Test(
    arguments: [
      ("Hi {{name}}!", "Hi {{other}}!"), ("{{ who.city }}", "Rome"),
      ("{{who.tags[1]}} {{ who['city'] }}", "b Rome"), ("{{n}}", "3"), ("{{lost}}", "{{lost}}"),
      ("{{ name | upper }}", "{{ name | upper }}"), ("{% if n %}", "{% if n %}"),
      ("{{who.tags}}", ["a", "b"]), ("{ {{n}} {", "{ 3 {"), ("{{n", "{{n"), ("{{{n}}}", "{{{n}}}"),
      (["a": ["{{n}}"]], ["a": ["3"]]), (7, 7),
    ] as [(JSON, JSON)])
  func `inputs are filled in once`(value: JSON, filled: JSON) {
    #expect(Assertion("equals", value: value).filled(with: inputs).value == filled)
  }

  @Test func `members are filled in, and command lines never`() {
    var set = Assertion("assert-set")
    set.members = [
      Assertion("equals", value: "{{n}}"), Assertion("program", value: "check {{n}}"),
    ]
    #expect(set.filled(with: inputs).members.map(\.value) == ["3", "check {{n}}"])
  }
}
