import Core
import Testing

@Suite struct TextSearchTests {
  private func found(_ query: String, in line: String) -> [String] {
    TextSearch(query).matches(in: line).map { String(line[utf8: $0]) }
  }

  @Test func `small letters find any case, capitals only themselves`() {
    #expect(found("on", in: "On and on, ON") == ["On", "on", "ON"])
    #expect(found("On", in: "On and on, ON") == ["On"])
    #expect(found("éa", in: "ÉA éa Éa ea") == ["ÉA", "éa", "Éa"])
    #expect(found("Éa", in: "ÉA éa Éa") == ["Éa"])
    #expect(found("a日b", in: "A日B a日b a月b") == ["A日B", "a日b"])
  }

  @Test func `places don't overlap`() {
    #expect(TextSearch("aa").matches(in: "aaaaa") == [0..<2, 2..<4])
    #expect(TextSearch("éé").matches(in: "éééé") == [0..<4, 4..<8])
  }

  @Test func `a letter is not found where it carries a mark`() {
    #expect(found("e", in: "e e\u{301} e") == ["e", "e"])
    #expect(found("👩", in: "👩‍👧 👩") == ["👩"])
  }

  @Test func `places of a whole text are in its order`() {
    let buffer = TextBuffer("日本 a\nb\nA日")
    #expect(
      TextSearch("a").matches(in: buffer).map(\.lowerBound) == [
        TextPosition(line: 0, offset: 7), TextPosition(line: 2, offset: 0),
      ])
    #expect(TextSearch("日").matches(in: buffer).count == 2)
    #expect(TextSearch("").matches(in: buffer).isEmpty)
  }
}

@Suite struct TextWindowTests {
  @Test func `every byte of a window stands where it says`() {
    let buffer = TextBuffer("日本\nabc\n\nlast é")
    for line in buffer.lines.indices {
      let position = TextPosition(line: line, offset: 0)
      for reach in 0...20 {
        let window = TextWindow(
          of: buffer, around: position..<position, before: reach, after: reach)
        #expect(window.byte(at: position) != nil)
        for byte in 0..<window.bytes.count {
          let place = window.position(of: byte)
          #expect(window.byte(at: place) == byte)
          let text = Array(buffer.lines[place.line].utf8) + [UInt8(ascii: "\n")]
          #expect(window.bytes[byte] == text[place.offset])
        }
      }
    }
  }

  @Test func `a window ends at scalars, and at the text's ends`() {
    let buffer = TextBuffer("日本語")
    let middle = TextPosition(line: 0, offset: 3)
    let window = TextWindow(of: buffer, around: middle..<middle, before: 1, after: 4)
    #expect(String(decoding: window.bytes, as: UTF8.self) == "日本")
    #expect(window.beginsText)
  }
}
