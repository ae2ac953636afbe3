import Core
import Evaluation
import Testing

@testable import Grading

@Suite struct JSONGraderTests {
  private let grader = Grader.plain
  private let schema: JSON = ["type": "object", "required": ["a"]]

  @Test func `is-json wants nothing but JSON`() throws {
    #expect(try grader.passes(Assertion("is-json", nil), #"{"a": 1}"#))
    #expect(try grader.passes(Assertion("is-json", nil), "3"))
    #expect(try !grader.passes(Assertion("is-json", nil), #"Here: {"a": 1}"#))
    #expect(try grader.passes(Assertion("is-json", nil, not: true), "no"))
  }

  @Test func `is-json holds JSON to a schema, an object or a text`() throws {
    #expect(try grader.passes(Assertion("is-json", schema), #"{"a": 1}"#))
    #expect(try !grader.passes(Assertion("is-json", schema), #"{"b": 1}"#))
    #expect(try grader.passes(Assertion("is-json", schema, not: true), #"{"b": 1}"#))
    let yaml: JSON = "type: object\nrequired: [a]"
    #expect(try !grader.passes(Assertion("is-json", yaml), "[]"))
    #expect(throws: GradingError.self) { try grader.passes(Assertion("is-json", 3), "{}") }
  }

  @Test func `contains-json finds an object in a text`() throws {
    let text = #"Sure! {not it} {"s": "a } \" b", "a": {"b": 1}} Bye."#
    #expect(JSONObjects.found(in: text) == [["s": "a } \" b", "a": ["b": 1]]])
    #expect(try grader.passes(Assertion("contains-json", nil), text))
    #expect(try grader.passes(Assertion("contains-json", schema), text))
    #expect(try !grader.passes(Assertion("contains-json", ["required": ["z"]]), text))
    #expect(try !grader.passes(Assertion("contains-json", nil), "[1] {"))
  }

  @Test func `any of several objects will do`() throws {
    let text = #"{"b": 1} and {"a": 1}"#
    #expect(try grader.passes(Assertion("contains-json", schema), text))
    #expect(try !grader.passes(Assertion("contains-json", schema, not: true), text))
  }

  @Test func `braces without end come to an end`() {
    #expect(JSONObjects.found(in: String(repeating: "{", count: 200_000)).isEmpty)
  }
}
