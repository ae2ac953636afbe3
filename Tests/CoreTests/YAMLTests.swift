import Testing

@testable import Core

@Suite struct YAMLTests {
  @Test(arguments: [
    ("a: 1", #"{"a":1}"#),
    ("a: '1'\nb: \"2\"", #"{"a":"1","b":"2"}"#),
    (
      "[true, yes, no, ~, null, 1.5, -2, 0x1F, 0o17, 1e3, 1_000, .5, +3]",
      #"[true,"yes","no",null,null,1.5,-2,31,15,1000,"1_000",0.5,3]"#
    ),
    ("a: 2024-01-02\nb: 12:30", #"{"a":"2024-01-02","b":"12:30"}"#),
    ("a: |\n  x\n  y\n", #"{"a":"x\ny\n"}"#),
    ("a: &x [1]\nb: *x", #"{"a":[1],"b":[1]}"#),
    ("z: 1\na: 2\nm: 3", #"{"z":1,"a":2,"m":3}"#),
    ("", "null"),
    ("# only a comment\n", "null"),
    ("日本: 語", #"{"日本":"語"}"#),
    ("a: 1e999\nb: nan\nc: .inf", #"{"a":"1e999","b":"nan","c":".inf"}"#),
  ])
  func valuesFollowTheCoreSchemaInOrder(_ text: String, _ expected: String) throws {
    #expect(try YAML(parsing: text).json.text == expected)
  }

  @Test func valuesAndKeysKnowTheirLines() throws {
    let yaml = try YAML(parsing: "a: 1\n\nb:\n  - x\n  - c: y\n", firstLine: 10)
    #expect(yaml.map?.map(\.line) == [10, 12])
    #expect(yaml["b"]?.list?.map(\.line) == [13, 14])
  }

  @Test(arguments: [
    ("a: [1,\nb: 2", 2), ("a: 1\na: 2", 1), ("a: b: c", 1), ("\tx: 1", 1), ("a: *nowhere", 1),
    ("? [1, 2]\n: x", 1), ("---\na: 1\n---\nb: 2", 3), ("a: \u{1}", 1),
  ])
  func aMistakeIsToldWithItsLineAndWithoutTheText(_ text: String, _ line: Int) {
    do {
      _ = try YAML(parsing: text)
      Issue.record("'\(text)' was read")
    } catch {
      #expect(error.line == line)
      #expect(!error.problem.isEmpty)
    }
  }

  @Test(arguments: [
    String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
    String(repeating: "[", count: 1_000_000),
    String(repeating: "{a: ", count: 100_000),
    String(repeating: "- ", count: 100_000),
    (1...40).reduce("a0: &a0 [x]\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1), *a\($1 - 1)]\n" },
    (1...40).reduce("a0: &a0 [x]\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1), *a\($1 - 1)]\n" }
      + "? *a40\n: 1\n",
  ])
  func hostileTextIsRefusedInTime(_ text: String) {
    #expect(throws: YAMLError.self) { try YAML(parsing: text) }
  }
}
