import Core
import Testing

@Suite struct SameBytesTests {
  @Test func `two spellings of a letter are not the same bytes`() {
    #expect("é" == "e\u{301}")
    #expect(!"é".hasSameBytes(as: "e\u{301}"))
    // As long, and equal to Swift.
    #expect(!"a\u{301}\u{323}".hasSameBytes(as: "a\u{323}\u{301}"))
    #expect("a\u{301}\u{323}" == "a\u{323}\u{301}")
    #expect("".hasSameBytes(as: ""))
    #expect("漢字\r\n\0".hasSameBytes(as: "漢字\r\n\0"))
  }

  @Test func `a buffer holds its own bytes only`() {
    let text = "a\r\nb\u{301}\u{323}\n\n漢"
    #expect(TextBuffer(text).holds(text))
    #expect(!TextBuffer(text).holds("a\r\nb\u{323}\u{301}\n\n漢"))
    #expect(!TextBuffer(text).holds("a\n\rb\u{301}\u{323}\n\n漢"))
    #expect(!TextBuffer(text).holds(text + "\n"))
  }
}
