import RandomSource
import Testing

@testable import Core

@Suite struct JSONWriterTests {
  @Test(
    arguments: [
      (nil, "null"), ([1, -2.5, true, "a"], #"[1,-2.5,true,"a"]"#), (.number(1), "1"),
      (.number(1e300), "1e+300"), (.number(.infinity), "null"), (.number(.nan), "null"),
      (["b": [:], "a": []], #"{"b":{},"a":[]}"#),
      ("\"\\/\n\r\t\u{8}\u{0}\u{1F}\u{7F}", #""\"\\/\n\r\t\u0008\u0000\u001f\u007f""#),
      ("é日😀", "\"é日😀\""),
    ] as [(JSON, String)])
  func aValueIsWrittenOnOneLine(_ value: JSON, _ expected: String) {
    #expect(value.text == expected)
  }

  @Test func textOverSeveralLinesIsIndentedByLevel() {
    let value: JSON = ["a": [1, []], "b": [:]]
    #expect(value.text(indent: 2) == "{\n  \"a\": [\n    1,\n    []\n  ],\n  \"b\": {}\n}")
    #expect(value.text(indent: 1) == "{\n \"a\": [\n  1,\n  []\n ],\n \"b\": {}\n}")
  }

  @Test func whatIsWrittenReadsBackAsItself() throws {
    var random = SeededRandom(seed: 42)
    for _ in 0..<2000 {
      let value = JSON.random(depth: 4, using: &random)
      #expect(try JSON(parsing: value.text) == value)
      #expect(try JSON(parsing: value.text(indent: 2)) == value)
    }
  }

  @Test func noBytesCanCrashTheParser() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<2000 {
      var bytes = Array(JSON.random(depth: 3, using: &random).text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        bytes[index] = UInt8.random(in: .min ... .max, using: &random)
      }
      if let value = try? JSON(parsing: bytes) {
        #expect((try? JSON(parsing: value.text)) == value)
      }
    }
  }
}

extension JSON {
  /// Any value, with the characters and numbers that writers get wrong.
  fileprivate static func random(depth: Int, using random: inout SeededRandom) -> JSON {
    func text() -> String {
      let scalars = [
        "a", "\"", "\\", "/", "\n", "\0", "\u{1F}", "\u{7F}", "é", "日", "😀", "\u{2028}",
      ]
      return (0..<Int.random(in: 0...6, using: &random))
        .map { _ in scalars.randomElement(using: &random) ?? "" }.joined()
    }
    switch Int.random(in: 0...(depth > 0 ? 8 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: .min ... .max, using: &random))
    case 3: return .integer(Int.random(in: -10...10, using: &random))
    case 4: return .number(Double.random(in: -1e6...1e6, using: &random) + 0.123)
    case 5: return .string(text())
    case 6, 7:
      return .array(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          .random(depth: depth - 1, using: &random)
        })
    default:
      return .object(
        Object(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            Object.Member(name: text(), value: .random(depth: depth - 1, using: &random))
          }))
    }
  }
}
