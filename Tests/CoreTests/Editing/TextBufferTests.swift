import Testing

@testable import Core

@Suite("Text buffer")
struct TextBufferTests {
  @Test("LF, CRLF and CR end a line alike")
  func lineEnds() {
    #expect(TextBuffer("a\nb\r\nc\rd\r\r\ne").lines == ["a", "b", "c", "d", "", "e"])
    #expect(
      TextBuffer("a\nb\r\nc\rd").lineEnds
        == [.lineFeed, .carriageReturnLineFeed, .carriageReturn])
  }

  @Test(
    "Every byte of a text is kept, whatever ends its lines",
    arguments: [
      "", "a\nb\r\nc\rd\r\r\ne", "\r", "\r\n", "\n\r", "a\u{2028}b\n", "e\u{301}\r\n\u{301}",
    ])
  func keepsBytes(text: String) {
    let buffer = TextBuffer(text)
    #expect(Array(buffer.text.utf8) == Array(text.utf8))
    #expect(buffer.utf8Count == text.utf8.count)
    #expect(buffer.holds(text))
    #expect(!buffer.holds(text + "x"))
  }

  @Test("A change touches no other line end")
  func keepsOtherLineEnds() {
    var buffer = TextBuffer("one\r\ntwo\nthree\rfour")
    buffer.replace(
      TextPosition(line: 1, offset: 0)..<TextPosition(line: 1, offset: 3), with: "2")
    #expect(Array(buffer.text.utf8) == Array("one\r\n2\nthree\rfour".utf8))
  }

  @Test(
    "What is typed or pasted takes the line ends of the lines around, and LF where there are none")
  func adapts() {
    let mixed = TextBuffer("a\r\nb\nc\rd")
    func adapted(line: Int) -> [UInt8] {
      Array(mixed.adapting("x\ny\r\nz", to: TextPosition(line: line, offset: 0)).utf8)
    }
    #expect(adapted(line: 0) == Array("x\r\ny\r\nz".utf8))
    #expect(adapted(line: 1) == Array("x\ny\nz".utf8))
    #expect(adapted(line: 3) == Array("x\ry\rz".utf8))
    #expect(Array(TextBuffer("a").adapting("x\r\n", to: .start).utf8) == Array("x\n".utf8))
  }

  @Test("A CR and an LF that meet are one line end, and part again when the change is taken back")
  func lineEndsMeet() {
    var buffer = TextBuffer("a\rx\nb")
    let taken = TextPosition(line: 1, offset: 0)..<TextPosition(line: 1, offset: 1)
    let (range, text) = buffer.joiningLineEnds(taken, "")
    #expect(buffer.text(in: range) == "\rx\n")
    #expect(text == "\r\n")
    let end = buffer.replace(taken, with: "")
    #expect(buffer.lines == ["a", "b"])
    #expect(end == TextPosition(line: 1, offset: 0))
    buffer.replace(range.lowerBound..<range.lowerBound.after(text), with: "\rx\n")
    #expect(buffer.lines == ["a", "x", "b"])
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
    #expect(Array(buffer.text.utf8) == Array("oX\r\nYree".utf8))
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

  @Test("The word at a place is the one around it; where there is none, it is the character there")
  func wordAtPlace() {
    let buffer = TextBuffer("one, snake_case\n漢字")
    func word(_ line: Int, _ offset: Int) -> String {
      buffer.text(in: buffer.word(at: TextPosition(line: line, offset: offset)))
    }
    #expect(word(0, 0) == "one")
    #expect(word(0, 2) == "one")
    #expect(word(0, 3) == ",")
    #expect(word(0, 9) == "snake_case")
    #expect(word(0, 15) == "")
    #expect(word(1, 3) == "漢字")
  }

  @Test("Paragraphs begin and end at empty lines")
  func paragraphs() {
    let buffer = TextBuffer("one\ntwo\n \n\nthree\nfour\n")
    func line(_ position: TextPosition) -> Int { position.line }
    #expect(line(buffer.paragraphEnd(after: .start)) == 2)
    #expect(line(buffer.paragraphEnd(after: TextPosition(line: 2, offset: 0))) == 6)
    #expect(line(buffer.paragraphStart(before: buffer.end)) == 3)
    #expect(line(buffer.paragraphStart(before: TextPosition(line: 4, offset: 2))) == 3)
    #expect(line(buffer.paragraphStart(before: TextPosition(line: 4, offset: 0))) == 0)
  }
}
