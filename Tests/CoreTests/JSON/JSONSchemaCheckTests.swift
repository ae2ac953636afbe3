import Core
import Testing

@Suite("Values against JSON schemas")
struct JSONSchemaCheckTests {
  private func problems(_ value: String, _ schema: String) throws -> [String] {
    try JSON(parsing: value).mismatches(with: JSON(parsing: schema)).map(\.description)
  }

  @Test(
    "What fits is valid",
    arguments: [
      ("1", #"{"type":"integer"}"#), ("1.0", #"{"type":"integer"}"#), ("null", "true"),
      ("1", #"{"type":"any"}"#), ("{}", "{}"),
      (#"{"a":1}"#, #"{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}"#),
      ("[1,\"a\"]", #"{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}"#),
      ("1.0", #"{"enum":[1]}"#), (#"{"a":1,"b":2}"#, #"{"const":{"b":2,"a":1}}"#),
      ("0.3", #"{"multipleOf":0.1}"#), ("null", #"{"type":["string","null"]}"#),
      (#""a""#, #"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#),
    ])
  func valid(value: String, schema: String) throws {
    #expect(try problems(value, schema).isEmpty)
  }

  @Test(
    "What doesn't fit is told with its path",
    arguments: [
      ("1.5", #"{"type":"integer"}"#, "$: integer was expected, not number"),
      ("{}", #"{"required":["a"]}"#, "$: 'a' is missing"),
      (
        #"{"a":{"b c":[1,"x"]}}"#,
        #"{"properties":{"a":{"properties":{"b c":{"items":{"type":"integer"}}}}}}"#,
        #"$.a["b c"][1]: integer was expected, not string"#
      ),
      (#"{"x":1}"#, #"{"additionalProperties":false}"#, "$.x: the schema has no such member"),
      ("3", #"{"maximum":2}"#, "$: 3 is not at most 2"),
      ("2", #"{"exclusiveMinimum":2}"#, "$: 2 is not above 2"),
      ("[]", #"{"minItems":1}"#, "$: has 0 items, at least 1 were expected"),
      ("\"abc\"", #"{"maxLength":2}"#, "$: has 3 characters, at most 2 were expected"),
      ("[1,1]", #"{"uniqueItems":true}"#, "$: has the same item more than once"),
      (#""c""#, #"{"enum":["a","b"]}"#, #"$: "c" is none of "a", "b""#),
      (
        "true", #"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#,
        "$: fits none of 2 choices ($: integer was expected, not boolean)"
      ),
      ("1", #"{"not":{"type":"integer"}}"#, "$: is what the schema rules out"),
      ("1", "false", "$: nothing may stand here"),
    ])
  func invalid(value: String, schema: String, problem: String) throws {
    #expect(try problems(value, schema) == [problem])
  }

  @Test("A schema may refer to its own parts, also in a circle")
  func references() throws {
    let tree = ##"""
      {"$defs": {"node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}}}},
       "$ref": "#/$defs/node"}
      """##
    #expect(try problems(#"{"next":{"next":{}}}"#, tree).isEmpty)
    #expect(
      try problems(#"{"next":{"next":1}}"#, tree) == [
        "$.next.next: object was expected, not integer"
      ])
    #expect(try problems("1", ##"{"$ref":"#"}"##).isEmpty)
    #expect(try problems("1", ##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##).count <= 1)
  }

  @Test("No more problems are told than asked for")
  func limit() throws {
    let value = JSON.array(Array(repeating: "x", count: 100))
    #expect(value.mismatches(with: ["items": ["type": "integer"]], limit: 3).count == 3)
  }
}
