import Core
import RandomSource
import Testing

@Suite("Wrapping")
struct WrapTests {
  private func rows(_ text: String, _ width: Int) -> [String] {
    Wrap.rows(of: text, width: width).map { String(text[utf8: $0]) }
  }

  @Test("Lines break after white space, which hangs over the edge")
  func words() {
    #expect(rows("one two three", 8) == ["one two ", "three"])
    #expect(rows("one two     three", 7) == ["one two     ", "three"])
    #expect(rows("", 5) == [""])
    #expect(rows("    x", 3) == ["    ", "x"])
  }

  @Test("A word that is wider than the pane breaks anywhere")
  func longWords() {
    #expect(rows("abcdefgh", 3) == ["abc", "def", "gh"])
    #expect(rows("a bcdefgh", 4) == ["a ", "bcde", "fgh"])
  }

  @Test("Wide characters never stand across the edge, and marks stay with their letters")
  func wideCharacters() {
    #expect(rows("漢字漢", 5) == ["漢字", "漢"])
    #expect(rows("漢字", 1) == ["漢", "字"])
    #expect(rows("abe\u{301}d", 3) == ["abe\u{301}", "d"])
  }

  @Test("A tab reaches to the next stop")
  func tabs() {
    #expect(Wrap.expandingTabs("a\tb\t漢\tc") == "a   b   漢  c")
    #expect(Wrap.column(of: 2, in: "a\tb") == 4)
  }

  @Test("The rows of any text are its text, and no wider than the pane", arguments: 1...40)
  func anyText(width: Int) throws {
    var random = SeededRandom(seed: UInt64(width))
    for _ in 0..<40 {
      for line in WrappedText(random.text(pieces: 40), width: width).lines {
        let ranges = Wrap.rows(of: line, width: width)
        #expect(ranges.first?.lowerBound == 0)
        #expect(ranges.last?.upperBound == line.utf8.count)
        for (row, next) in zip(ranges, ranges.dropFirst()) {
          #expect(row.upperBound == next.lowerBound)
        }
        for range in ranges {
          let row = line[utf8: range]
          let visible = row.unicodeScalars.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
          let cells = visible.reduce(0) { $0 + Wrap.cells(of: $1, at: $0) }
          // A character wider than the pane stands alone.
          try #require(
            cells <= width || visible.filter { Wrap.cells(of: $0, at: 0) > 0 }.count == 1)
        }
      }
    }
  }

  @Test("A text that comes in pieces wraps as it does at once", arguments: 1...40)
  func pieces(width: Int) throws {
    var random = SeededRandom(seed: UInt64(1000 + width))
    for _ in 0..<40 {
      var pieces: [String] = []
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        // Cut between any two scalars, also between a letter and its mark, or CR and LF.
        pieces += random.text(pieces: 3).unicodeScalars.map { String($0) }
      }
      var growing = WrappedText(width: width)
      var group = ""
      for piece in pieces {
        group.unicodeScalars.append(contentsOf: piece.unicodeScalars)
        if Bool.random(using: &random) {
          growing.append(group)
          group = ""
        }
      }
      growing.append(group)
      let whole = WrappedText(pieces.joined(), width: width)
      try #require(growing.rows == whole.rows)
      try #require(growing.lines.map { Array($0.utf8) } == whole.lines.map { Array($0.utf8) })
    }
  }

  @Test("CRLF is one line end, also when it comes in two pieces")
  func lineEnds() {
    var text = WrappedText(width: 10)
    text.append("a\r")
    text.append("\nb\r\nc")
    #expect(text.lines == ["a", "b", "c"])
  }
}
