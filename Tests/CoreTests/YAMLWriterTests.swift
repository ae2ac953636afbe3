import Testing

@testable import Core

@Suite struct YAMLWriterTests {
  @Test func whatIsWrittenReadsBackAsItWas() throws {
    let object: JSON.Object = [
      "plain": "some words, (and more) it's ok", "colon": "a: b", "hash": "a # b", "no": "no",
      "number": "12", "empty": "", "dash": "- x", "lines": "one\n\n  two\n", "ends": "one\ntwo",
      "spaces": "  a\nb", "odd": "a\tb\u{85}c\u{2028}d\u{7F}", "wide": "日本語 é 🙂", "null": .null,
      "true": true, "float": 0.25, "int": -3,
      "list": [1, "two", [3], ["a": 1, "b": ["c": []]], [:]],
      "nested": ["a": ["b": ["c": "d"]]], "a key: with # signs": 1, "openai.id": "pmpt_1",
      "trailing": "a \n b", "blank line": "a\n   \nb",
    ]
    #expect(try YAML(parsing: object.yamlText).json == .object(object), "\(object.yamlText)")
  }
}
