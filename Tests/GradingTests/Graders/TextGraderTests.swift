import Core
import Evaluation
import Testing

@testable import Grading

@Suite struct TextGraderTests {
  private let grader = Grader.plain

  @Test func `equals takes the same bytes, and nothing else`() throws {
    #expect(try grader.passes(Assertion("equals", "Yes"), "Yes"))
    #expect(try !grader.passes(Assertion("equals", "Yes"), "Yes "))
    #expect(try grader.passes(Assertion("equals", 42), "42"))
    #expect(try grader.passes(Assertion("equals", true), "true"))
    #expect(try !grader.passes(Assertion("equals", "caf\u{E9}"), "cafe\u{301}"))
    #expect(try grader.passes(Assertion("equals", "", not: true), "x"))
  }

  @Test func `equals compares JSON by what it says`() throws {
    let expected = Assertion("equals", ["a": 1, "b": [true, nil]])
    #expect(try grader.passes(expected, #"{ "b": [true, null], "a": 1.0 }"#))
    #expect(try !grader.passes(expected, #"{"a": 1, "b": [null, true]}"#))
    #expect(try !grader.passes(expected, "a: 1"))
    #expect(try grader.passes(Assertion("equals", ["a": 1], not: true), "no JSON"))
  }

  @Test func `contains looks anywhere`() throws {
    #expect(try grader.passes(Assertion("contains", "needle"), "hay needle hay"))
    #expect(try !grader.passes(Assertion("contains", "Needle"), "hay needle hay"))
    #expect(try grader.passes(Assertion("icontains", "NEEDLE"), "hay Needle hay"))
    #expect(try grader.passes(Assertion("contains", 0), "10"))
    #expect(try grader.passes(Assertion("contains", "aab"), "aaab"))
    #expect(throws: GradingError.self) { try grader.passes(Assertion("contains", ""), "x") }
  }

  @Test func `lists are looked for all, or any`() throws {
    let list: JSON = ["red", "Green"]
    #expect(try grader.passes(Assertion("contains-all", list), "Green and red"))
    #expect(try !grader.passes(Assertion("contains-all", list), "green and red"))
    #expect(try grader.passes(Assertion("icontains-all", list), "green and RED"))
    #expect(try grader.passes(Assertion("contains-any", list), "a red one"))
    #expect(try !grader.passes(Assertion("contains-any", list), "a green one"))
    #expect(try grader.passes(Assertion("icontains-any", list), "a green one"))
    #expect(try grader.passes(Assertion("contains-all", #""1,000", in stock"#), "1,000 in stock"))
    #expect(throws: GradingError.self) { try grader.passes(Assertion("contains-any", []), "x") }
  }

  @Test func `a missing text is named`() throws {
    let result = try grader.result(Assertion("contains-all", ["a", "zebra"]), answer("a b"))
    #expect(result.reason == "It does not contain “zebra”.")
  }

  @Test func `starts-with looks at the beginning`() throws {
    #expect(try grader.passes(Assertion("starts-with", "Yes"), "Yes, of course"))
    #expect(try !grader.passes(Assertion("starts-with", "yes"), "Yes, of course"))
  }

  @Test func `regex matches anywhere, as in JavaScript`() throws {
    #expect(try grader.passes(Assertion("regex", #"\d{4}"#), "in 1987"))
    #expect(try !grader.passes(Assertion("regex", #"^\d{4}$"#), "in 1987"))
    #expect(try grader.passes(Assertion("regex", #"(?<year>\d{4})(?!\d)"#), "in 1987"))
    #expect(try grader.passes(Assertion("regex", "a", not: true), "b"))
    #expect(throws: GradingError.self) { try grader.passes(Assertion("regex", "("), "x") }
  }

  @Test(arguments: [
    (#"^\d{4}$"#, "1987", true), (#"^\d{4}$"#, "1987\n", false), (#"\d"#, "\u{0663}", false),
    (#"^{.*}$"#, #"{"a": 1}"#, true), (#"[[]x[]]"#, "[x", false), (#"[[]x"#, "[x", true),
    (#"^[^[\]]+$"#, "a]", false), (#"^[\w.]+@[\w.]+$"#, "a.b@c.d", true),
    (#"a{2,}b{,3}"#, "aab{,3}", true), (#"^\p{Lu}"#, "É", true), (#"[$]5"#, "$5", true),
    (#"\$5\b"#, "$5 or so", true), (#"(?i)YES$"#, "yes", true), (#"[&&]"#, "&", true),
    (#"^(?<q>['"]).*\k<q>$"#, "'x'", true), (#"x]"#, "x]", true),
  ])
  func `patterns mean what they mean in JavaScript`(
    pattern: String, text: String, matches: Bool
  ) throws {
    #expect(try grader.passes(Assertion("regex", .string(pattern)), text) == matches)
  }

  @Test(arguments: ["(a+)+$", "(?:(?:a{1,900}){1,900}){1,900}c"])
  func `an expression that would go on for ever is given up`(pattern: String) throws {
    let hostile = String(repeating: "a", count: 5000) + "!"
    #expect(throws: GradingError.self) {
      try grader.passes(Assertion("regex", .string(pattern)), hostile)
    }
  }
}
