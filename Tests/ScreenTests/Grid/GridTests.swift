import Core
import Playground
import RandomSource
import Testing

@testable import Screen

@Suite("Grid")
struct GridTests {
  private func grid(_ width: Int = 10, _ height: Int = 1) -> Grid {
    Grid(size: Size(width: width, height: height))
  }

  @Test("A wide character takes two cells, and is left out where it would stand across the edge")
  func wideAtEdge() {
    var grid = grid(5)
    let cells = grid.put("漢字漢", x: 0, y: 0, style: .plain)
    #expect(cells == 4)
    #expect(grid.text == "漢字\n")
    #expect(grid.row(0).map(\.width) == [2, 0, 2, 0, 1])
  }

  @Test("Text that begins left of the grid shows what reaches into it")
  func leftEdge() {
    var grid = grid(5)
    grid.put("abcdef", x: -2, y: 0, style: .plain)
    #expect(grid.text == "cdef\n")
    // The left half of a wide character is cut off, and with it the whole.
    grid.put("漢x", x: -1, y: 0, style: .plain)
    #expect(grid.text == "cxef\n")
    expectSound(grid)
  }

  @Test("Whatever covers one half of a wide character blanks the other")
  func halves() {
    var grid = grid(6)
    grid.put("漢字漢", x: 0, y: 0, style: .plain)
    grid.put("x", x: 1, y: 0, style: .plain)
    #expect(grid.text == " x字漢\n")
    grid.put("y", x: 2, y: 0, style: .plain)
    #expect(grid.text == " xy 漢\n")
    grid.put("字", x: 3, y: 0, style: .plain)
    #expect(grid.text == " xy字\n")
    expectSound(grid)
    grid.fill(Rectangle(x: 4, y: 0, width: 1, height: 1), style: .plain)
    #expect(grid.text == " xy\n")
    expectSound(grid)
  }

  @Test("Marks stand on their letter, a few of them, and go with it")
  func marks() {
    var grid = grid(6)
    grid.put("e\u{301}漢\u{300}", x: 0, y: 0, style: .plain)
    #expect(Array(grid.text.unicodeScalars) == Array("e\u{301}漢\u{300}\n".unicodeScalars))
    grid.put("xy", x: 0, y: 0, style: .plain)
    #expect(grid.marks.isEmpty)
    grid.put("z" + String(repeating: "\u{301}", count: 99), x: 0, y: 0, style: .plain)
    #expect(grid.marks[0]?.count == 4)
    grid.put("\u{301}", x: 0, y: 0, style: .plain)
    expectSound(grid)
  }

  @Test("Nothing is written outside the grid")
  func outside() {
    var grid = grid(4, 2)
    for y in [-1, 2, 99] { grid.put("text", x: 0, y: y, style: .plain) }
    grid.put("text", x: 99, y: 0, style: .plain)
    grid.put("text", x: -99, y: 0, style: .plain)
    grid.fill(Rectangle(x: -5, y: -5, width: 3, height: 99), style: .plain)
    grid.restyle(Rectangle(x: 3, y: 1, width: 99, height: 99), style: .plain)
    #expect(grid.text == "\n\n")
    #expect(Grid(size: Size(width: -1, height: 5)).cells.isEmpty)
  }

  @Test("A style laid over another keeps what it leaves open")
  func restyle() {
    var grid = grid(2)
    let red = Style(foreground: .rgb(255, 0, 0), attributes: .bold)
    grid.put("ab", x: 0, y: 0, style: red)
    grid.restyle(
      Rectangle(x: 1, y: 0, width: 1, height: 1), style: Style(background: .ansi(4)))
    #expect(grid.cells[0].style == red)
    #expect(
      grid.cells[1].style
        == Style(foreground: .rgb(255, 0, 0), background: .ansi(4), attributes: .bold))
  }

  @Test("Hostile text never puts a control into a cell, or breaks a row", arguments: 1...40)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var grid = grid(Int.random(in: 1...30, using: &random), 4)
    for _ in 0..<200 {
      let text = random.hostileText()
      let (x, y) = (Int.random(in: -5...35, using: &random), Int.random(in: -1...4, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        grid.put(text, x: x, y: y, style: .plain, limit: Int.random(in: 0...40, using: &random))
      case 1: grid.fill(Rectangle(x: x, y: y, width: 3, height: 1), style: .plain)
      case 2: grid.box(Rectangle(x: x, y: y, width: 7, height: 3), style: .plain)
      default:
        grid.title(text, of: Rectangle(x: x, y: y, width: 12, height: 3), style: .plain)
      }
    }
    expectSound(grid)
  }
}

/// That a grid can be painted as it is: wide characters whole, and no control in any cell.
func expectSound(_ grid: Grid, sourceLocation: SourceLocation = #_sourceLocation) {
  for y in 0..<grid.size.height {
    let row = Array(grid.row(y))
    for (x, cell) in row.enumerated() {
      switch cell.width {
      case 0:
        #expect(x > 0 && row[x - 1].width == 2, sourceLocation: sourceLocation)
      case 2:
        #expect(
          x + 1 < row.count && row[x + 1].width == 0, "half a character at \(x), \(y)",
          sourceLocation: sourceLocation)
      default: break
      }
      if cell.width > 0 {
        let isSafe = Unicode.Scalar(cell.scalar).map(isPrintable) == true
        #expect(isSafe, "U+\(String(cell.scalar, radix: 16))", sourceLocation: sourceLocation)
      }
      #expect(
        cell.hasMarks == (grid.marks[grid.index(x: x, y: y)] != nil),
        sourceLocation: sourceLocation)
    }
  }
  for mark in grid.marks.values.joined() {
    #expect(isPrintable(mark), sourceLocation: sourceLocation)
  }
}

/// Whether a terminal takes a scalar for something to show, and nothing else.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
    false
  default: true
  }
}

extension SeededRandom {
  /// Text of a model or a document that means harm, or just comes from anywhere.
  mutating func hostileText() -> String {
    let pieces = [
      "word", " ", "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{9B}31m", "\u{9D}", "\u{202E}",
      "\u{2066}", "\0", "\r\n", "\n", "\t", "\u{7F}", "漢字", "e\u{301}", "\u{301}", "👩‍👩‍👧‍👦",
      "🇯🇵", "\u{FEFF}", "\u{200B}", "\u{200D}", "\u{FE0F}", "\u{10FFFF}", "\u{FFFE}", "हिन्दी",
      "\u{2028}", "\u{AD}", "\u{E0001}", "{{x}}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &self) {
      if Bool.random(using: &self) {
        text += pieces[Int.random(in: pieces.indices, using: &self)]
      } else if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &self)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
