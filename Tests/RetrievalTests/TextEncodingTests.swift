// Which encoding a text is taken to be in, and what is made of it.

import Testing

@testable import Retrieval

@Suite struct TextEncodingTests {
  private func text(_ bytes: [UInt8]) -> String? {
    TextEncoding(of: bytes).map { String(decoding: $0.utf8(bytes), as: UTF8.self) }
  }

  @Test func `UTF-8 stays as it is`() {
    for text in ["", "plain", "grün 日本 😀", "\u{FEFF}marked"] {
      #expect(TextEncoding(of: Array(text.utf8)) == .utf8)
      #expect(TextEncoding.utf8.utf8(Array(text.utf8)) == Array(text.utf8))
    }
  }

  @Test func `UTF-16 is known by its mark`() {
    let units = Array("grün 😀\n".utf16)
    let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(text([0xFF, 0xFE] + little) == "grün 😀\n")
    #expect(text([0xFE, 0xFF] + big) == "grün 😀\n")
    #expect(text([0xFF, 0xFE]) == "")
    #expect(text([0xFF, 0xFE, 0x61]) == nil)
    #expect(text([0xFF, 0xFE, 0x00, 0xD8]) == "\u{FFFD}")
  }

  @Test func `what is plainly text is taken for Windows-1252`() {
    #expect(text(Array("caf".utf8) + [0xE9, 0x20, 0x80, 0x20, 0x93, 0x78, 0x94]) == "café € “x”")
  }

  @Test func `UTF-8 with a few wrong bytes is mended, not read as something else`() {
    #expect(text(Array("日本".utf8.dropLast())) == "日\u{FFFD}")
    #expect(text(Array("grün und schön ".utf8) + [0xFF]) == "grün und schön \u{FFFD}")
  }

  @Test(
    arguments: [
      [0x61, 0x00, 0x62], [0x89, 0x50, 0x4E, 0x47, 0x01], [0x61, 0x62, 0x63, 0x81],
      [0xE0, 0xE1, 0xE2, 0x61],
    ] as [[UInt8]])
  func `what is no text has no encoding`(bytes: [UInt8]) {
    #expect(text(bytes) == nil)
  }
}
