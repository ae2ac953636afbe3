import Testing

@testable import Core

@Suite("Text buffer")
struct TextBufferTests {
  @Test("LF, CRLF and CR end a line alike")
  func lineEnds() {
    #expect(TextBuffer("a\nb\r\nc\rd\r\r\ne").lines == ["a", "b", "c", "d", "", "e"])
    #expect(TextBuffer("a\r\n").text == "a\n")
  }

  @Test("An empty text is one empty line")
  func empty() {
    #expect(TextBuffer().lines == [""])
    #expect(TextBuffer().isEmpty)
    #expect(!TextBuffer("\n").isEmpty)
    #expect(TextBuffer("\n").end == TextPosition(line: 1, offset: 0))
  }

  @Test("A range over lines is read and replaced")
  func ranges() {
    var buffer = TextBuffer("one\ntwo\nthree")
    let range = TextPosition(line: 0, offset: 1)..<TextPosition(line: 2, offset: 2)
    #expect(buffer.text(in: range) == "ne\ntwo\nth")
    let end = buffer.replace(range, with: "X\r\nY")
    #expect(buffer.lines == ["oX", "Yree"])
    #expect(end == TextPosition(line: 1, offset: 1))
  }

  @Test("What is put before a mark joins with it, and ends behind it")
  func joins() {
    var buffer = TextBuffer("\u{301}x")
    let end = buffer.replace(.start..<TextPosition.start, with: "e")
    #expect(buffer.lines[0].count == 2)
    #expect(end == TextPosition(line: 0, offset: 3))
  }

  @Test("Steps go over whole characters and line ends, and stop at the ends of the text")
  func steps() {
    let buffer = TextBuffer("👩‍👩‍👧‍👦\ne\u{301}")
    let family = "👩‍👩‍👧‍👦".utf8.count
    #expect(buffer.position(after: .start) == TextPosition(line: 0, offset: family))
    #expect(
      buffer.position(after: TextPosition(line: 0, offset: family))
        == TextPosition(line: 1, offset: 0))
    #expect(buffer.position(after: buffer.end) == buffer.end)
    #expect(buffer.position(before: buffer.end) == TextPosition(line: 1, offset: 0))
    #expect(buffer.position(before: .start) == .start)
    #expect(buffer.character(after: TextPosition(line: 0, offset: family)) == "\n")
    #expect(buffer.character(after: buffer.end) == nil)
  }

  @Test("Words are letters, digits and underscores, in any script")
  func words() {
    let buffer = TextBuffer("snake_case, 漢字 été!")
    #expect(buffer.wordEnd(after: .start).offset == 10)
    #expect(buffer.wordEnd(after: TextPosition(line: 0, offset: 10)).offset == 18)
    #expect(buffer.wordStart(before: buffer.end).offset == 19)
    #expect(buffer.wordStart(before: TextPosition(line: 0, offset: 11)).offset == 0)
  }
}
