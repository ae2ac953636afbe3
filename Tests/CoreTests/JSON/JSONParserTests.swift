import Testing

@testable import Core

@Suite struct JSONParserTests {
  @Test(
    arguments: [
      ("null", nil), ("true", true), (" false\t\r\n", false), ("0", 0), ("-0", 0), ("42", 42),
      ("-17", -17), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.5", 1.5), ("1e3", 1000.0),
      ("-2.5E-1", -0.25), ("\"\"", ""), ("[]", []), ("{}", [:]),
      (
        "[1,[2,[]],{\"a\":{}}]",
        [1, [2, []], ["a": [:]]]
      ),
      ("{\"b\":1,\"a\":2}", ["b": 1, "a": 2]), ("{\"\":[ ]}", ["": []]),
      (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u65e5""#, "é日"),
      (#""\ud83d\ude00""#, "😀"), ("\"日本\"", "日本"), ("\"\u{7F}\"", "\u{7F}"),
      (#""\u0000""#, "\0"),
    ] as [(String, JSON)])
  func everyKindOfValueIsRead(_ text: String, _ expected: JSON) throws {
    #expect(try JSON(parsing: text) == expected)
  }

  @Test(arguments: [
    ("", 0), (" ", 1), ("nul", 0), ("truth", 0), ("True", 0), ("01", 2), ("-", 1), ("1.", 2),
    (".5", 0), ("+1", 0), ("1e", 2), ("1e999", 5), ("0x1", 1), ("NaN", 0), ("'a'", 0), ("\"a", 2),
    ("\"\\x\"", 3), ("\"\\u12G4\"", 5), ("\"\\u12", 3), ("\"\\", 2), ("\"a\nb\"", 2),
    ("[1,]", 3), ("[1 2]", 3), ("[", 1), ("[1", 2), ("{", 1), ("{a:1}", 1), ("{\"a\"}", 4),
    ("{\"a\":}", 5), ("{\"a\":1,}", 7), ("{\"a\":1 \"b\"", 7), ("1 2", 2), ("[]]", 2), ("}", 0),
  ])
  func whatIsNotJSONIsToldWithItsPlace(_ text: String, _ offset: Int) {
    do {
      let value = try JSON(parsing: text)
      Issue.record("'\(text)' was read as \(value)")
    } catch {
      #expect((error.line, error.column) == (1, offset + 1))
    }
  }

  @Test func aMistakeIsToldByItsLineAndItsColumn() throws {
    let error = try #require(throws: JSONError.self) {
      try JSON(parsing: "{\n  \"a\": 1,\n  \"日本\": x\n}")
    }
    #expect("\(error)" == "line 3, column 9: a value was expected")
  }

  @Test func aByteOrderMarkIsNoPartOfTheValue() throws {
    #expect(try JSON(parsing: "\u{FEFF}{\"a\": 1}") == ["a": 1])
  }

  @Test(
    arguments: [
      (#""\ud83d""#, "\u{FFFD}"), (#""\ude00""#, "\u{FFFD}"), (#""\ud83dx""#, "\u{FFFD}x"),
      (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
      (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
    ] as [(String, JSON)])
  func halfASurrogatePairBecomesTheReplacementCharacter(_ text: String, _ expected: JSON) throws {
    #expect(try JSON(parsing: text) == expected)
  }

  @Test(
    arguments: [
      ([0xFF], "\u{FFFD}"), ([0x61, 0xC3], "a\u{FFFD}"), ([0xC3, 0x28], "\u{FFFD}("),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xC3, 0x5C, 0x6E], "\u{FFFD}\n"),
    ] as [([UInt8], String)])
  func invalidUTF8InAStringBecomesTheReplacementCharacter(_ bytes: [UInt8], _ expected: String)
    throws
  {
    #expect(try JSON(parsing: [0x22] + bytes + [0x22]) == .string(expected))
  }

  @Test func nestingIsReadTo256AndRefusedBeyond() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try JSON(parsing: nested(256)).text == nested(256))
    #expect(throws: JSONError.self) { try JSON(parsing: nested(257)) }
    #expect(throws: JSONError.self) {
      try JSON(parsing: String(repeating: "{\"a\":", count: 1_000_000))
    }
  }

  @Test func ofARepeatedNameTheLastCounts() throws {
    let value = try JSON(parsing: #"{"a":1,"b":2,"a":3}"#)
    #expect(value["a"] == 3)
    #expect(value.text == #"{"a":1,"b":2,"a":3}"#)
  }

  @Test func bytesThatAreNotContiguousAreReadAlike() throws {
    let bytes = Array(#"{"a":[1]}"#.utf8)
    #expect(try JSON(parsing: bytes.lazy.map { $0 }) == ["a": [1]])
    #expect(try JSON(parsing: bytes[5..<8]) == [1])
  }
}
