import Core
import Evaluation
import Testing

@Suite struct FirmFormatTests {
  private func held(_ assertions: Assertion..., expected: JSON? = nil) -> EvaluationCase {
    EvaluationCase(id: "case", inputs: [:], assertions: assertions, expected: expected)
  }

  private func text(_ evaluated: EvaluationCase, failed: Grade? = nil, schema: JSON? = nil)
    -> String?
  {
    FirmFormat(for: evaluated, failed: failed, responseSchema: schema)?.text
  }

  private func grade(_ passed: Bool...) -> Grade {
    Grade(
      passed.map {
        AssertionResult(type: "any", passed: $0, score: $0 ? 1 : 0, reason: "It is so.")
      })
  }

  @Test func `content alone asks for no form`() {
    for type in ["contains", "icontains", "similar", "llm-rubric", "factuality", "latency"] {
      #expect(text(held(Assertion(type, value: "Paris"))) == nil)
      #expect(text(held(Assertion(type, value: "Paris")), schema: ["type": "object"]) == nil)
    }
  }

  @Test func `JSON is asked for with its schema, and without what would be the answer`() throws {
    let schema: JSON = [
      "type": "object", "properties": ["city": ["const": "Paris"], "kind": ["enum": ["a", "b"]]],
    ]
    let text = try #require(self.text(held(Assertion("is-json", value: schema))))
    #expect(text.hasPrefix("Answer with one JSON value and nothing else"))
    #expect(
      text.hasSuffix(#"{"type":"object","properties":{"city":{},"kind":{"enum":["a","b"]}}}"#))
    #expect(self.text(held(Assertion("is-json", value: .string(schema.text)))) == text)
    let yaml = held(Assertion("is-json", value: "type: object"))
    #expect(try #require(self.text(yaml)).hasSuffix(#"{"type":"object"}"#))
    let contained = try #require(self.text(held(Assertion("contains-json"))))
    #expect(contained == "Put one JSON value into the answer.")
  }

  @Test func `the prompt's own form is asked for where it may be what failed`() throws {
    let schema: JSON = ["type": "object", "required": ["n"]]
    let text = try #require(self.text(held(Assertion("equals", value: "4")), schema: schema))
    #expect(text.contains(schema.text))
    #expect(!text.contains("alone"))
  }

  @Test func `SQL, bare answers and lengths are asked for`() throws {
    let query = held(Assertion("sql-execution", value: "SELECT 1"))
    #expect(try #require(text(query)).contains("one SQL query and nothing else"))
    #expect(try #require(text(held(Assertion("equals", value: "4")))).contains("answer alone"))
    #expect(
      try #require(text(held(Assertion("equals", value: ["a": 1])))).contains("one JSON value"))
    let length = held(Assertion("word-count", value: ["max": 20]))
    #expect(text(length) == "The answer must have at most 20 words.")
    #expect(text(held(Assertion("token-count"))) == "Keep the answer short.")
    #expect(
      text(held(Assertion("word-count", value: "7"))) == "The answer must have exactly 7 words.")
    #expect(text(held(Assertion("program"))) == nil)
    #expect(text(held(Assertion("program")), schema: ["type": "object"]) != nil)
    #expect(
      text(held(Assertion("finish-reason", value: "stop"))) == "Keep the answer short.")
  }

  @Test func `a beginning or a pattern is told unless it is the answer`() throws {
    let paris = Assertion("contains", value: "Paris")
    #expect(text(held(Assertion("starts-with", value: "Paris"), paris)) == nil)
    #expect(text(held(Assertion("starts-with", value: "Paris"))) == nil)
    #expect(text(held(Assertion("starts-with", value: "B"), expected: "B")) == nil)
    #expect(text(held(Assertion("regex", value: "(?i)paris(.*)"), paris)) == nil)
    let beginning = try #require(text(held(Assertion("starts-with", value: "Answer:"), paris)))
    #expect(beginning.hasSuffix("\nAnswer:"))
    let query = held(Assertion("starts-with", value: "SELECT"), expected: "SELECT name FROM city")
    #expect(try #require(text(query)).hasSuffix("\nSELECT"))
    let pattern = #"^[A-Z]{3}-\d+$"#
    #expect(
      try #require(text(held(Assertion("regex", value: .string(pattern)), paris)))
        .hasSuffix("\n" + pattern))
  }

  @Test func `only what failed is asked for`() throws {
    let evaluated = held(Assertion("is-json"), Assertion("contains", value: "Paris"))
    #expect(text(evaluated, failed: grade(true, false)) == nil)
    #expect(text(evaluated, failed: grade(false, true)) != nil)
    var set = Assertion("assert-set")
    set.members = [Assertion("is-sql"), Assertion("contains", value: "x")]
    let whole = Grade([
      AssertionResult(
        type: "assert-set", passed: false, score: 0, reason: "It is so.",
        members: grade(false, true).assertions)
    ])
    #expect(try #require(text(held(set), failed: whole)).contains("SQL"))
    var negated = Assertion("is-json")
    negated.isNegated = true
    #expect(text(held(negated)) == "Answer in plain words, not in JSON.")
  }

  @Test func `limits alone are no matter of form or content`() {
    let evaluated = held(Assertion("latency"), Assertion("contains", value: "x"))
    #expect(grade(false, true).failsOnlyLimits(of: evaluated))
    #expect(!grade(false, false).failsOnlyLimits(of: evaluated))
    #expect(!grade(true, true).failsOnlyLimits(of: evaluated))
  }

  @Test func `it stands at the end of what the user said last`() throws {
    let firm = try #require(FirmFormat(for: held(Assertion("is-sql"))))
    let messages = [
      Message(role: .system, parts: [.text("You write SQL.")]),
      Message(role: .user, parts: [.text("How many?")]),
      Message(role: .assistant, parts: [.text("SELECT")]),
    ]
    let firmer = firm.added(to: messages)
    #expect(firmer.count == 3)
    #expect(firmer[1].text == "How many?\n\n" + firm.text)
    #expect(firm.added(to: [messages[0]]).last?.text == firm.text)
  }

  @Test func `a huge schema is not quoted`() throws {
    let schema: JSON = ["enum": .array((0..<5000).map { .integer($0) })]
    let text = try #require(self.text(held(Assertion("is-json", value: schema))))
    #expect(text.utf8.count < 200)
  }
}
