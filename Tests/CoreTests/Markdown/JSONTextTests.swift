import Testing

@testable import Core

@Suite("JSON as rows")
struct JSONTextTests {
  @Test("A value is indented, with its names, and empty lists stay on their line")
  func indented() {
    #expect(
      rows(of: #"{"a" :1,"b":[true,{"c":null}],"d":[],"e":{}}"#) == [
        "{", #"  "a": 1,"#, #"  "b": ["#, "    true,", "    {", #"      "c": null"#, "    }",
        "  ],",
        #"  "d": [],"#, #"  "e": {}"#, "}",
      ])
  }

  @Test("It is shown so from its first byte on, as it streams")
  func streaming() {
    var text = RenderedText(width: 40)
    text.append("{\"name\":")
    #expect(text.lines == ["{", "  \"name\":"])
    text.append(" \"a va")
    #expect(text.lines == ["{", "  \"name\": \"a va"])
    text.append("lue\", \"n\": [1,")
    #expect(text.lines == ["{", "  \"name\": \"a value\",", "  \"n\": [", "    1,"])
  }

  @Test("A value in one code block is indented, and what follows is Markdown")
  func fenced() {
    #expect(
      rows(of: "```json\n[{\"a\":1}]\n```\nAnd *so* on.", width: 12) == [
        "── json ────", "[", "  {", "    \"a\": 1", "  }", "]", "────────────", "And so on.",
      ])
  }

  @Test(
    "What only begins like JSON is Markdown",
    arguments: [
      "{\"a\": 1} is an object, *not* all.", "{curly} *words*", "[\"a\", b] *c*", "[docs](u) *x*",
      "{\"a\" 1, *b*}",
    ])
  func others(text: String) {
    #expect(!rows(of: text).joined().contains("*"))
    #expect(rows(of: text).count == 1)
  }

  @Test("Its pieces say what they are, and where in the text they stand")
  func pieces() {
    var text = RenderedText(width: 40)
    let json = #"{ "a" : [ -1.5, "x" ] }"#
    text.append(json)
    #expect(
      text.sourced.map(\.style) == [
        .jsonMark, .jsonName, .jsonMark, .jsonMark, .jsonLiteral, .jsonMark, .jsonString, .jsonMark,
        .jsonMark,
      ])
    let bytes = Array(json.utf8)
    for piece in text.sourced where piece.text != ": " {
      #expect(piece.source.map { Array(bytes[$0]) } == Array(piece.text.utf8))
    }
  }
}
