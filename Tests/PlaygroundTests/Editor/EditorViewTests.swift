import Core
import Testing

@testable import Playground

@Suite("Editor view")
struct EditorViewTests {
  private var view = EditorView(buffer: TextBuffer("aaa bbb ccc\n\n漢字漢字"), width: 4)

  @Test("Rows are told from any row on, as many as are asked for")
  mutating func rows() {
    let rows = view.rows(from: .init(line: 0, row: 1), height: 4)
    #expect(rows.map(\.row.line) == [0, 0, 1, 2])
    #expect(rows.map(\.range) == [4..<8, 8..<11, 0..<0, 0..<6])
    #expect(view.rows(from: .init(line: 0, row: 0), height: 99).count == 6)
  }

  @Test("A place and a position lead to each other")
  mutating func places() {
    for line in view.buffer.lines.indices {
      for offset in view.buffer.lines[line].utf8.indices.map({ index in
        view.buffer.lines[line].utf8.distance(
          from: view.buffer.lines[line].startIndex, to: index)
      }) {
        let position = TextPosition(line: line, offset: offset)
        guard isBetweenCharacters(position, in: view.buffer) else { continue }
        let (row, column) = view.place(of: position)
        #expect(view.position(in: row, column: column) == position)
      }
    }
  }

  @Test("A position past the end of a wrapped row stays on it")
  mutating func endOfRow() {
    #expect(view.position(in: .init(line: 0, row: 0), column: 99).offset == 3)
    #expect(view.position(in: .init(line: 0, row: 2), column: 99).offset == 11)
    #expect(view.position(in: .init(line: 2, row: 0), column: 3).offset == 3)
  }

  @Test("Rows above and below are found over line ends, and are none beyond the text")
  mutating func moves() {
    let start = EditorView.RowPosition(line: 0, row: 1)
    #expect(view.row(start, movedBy: 3) == .init(line: 2, row: 0))
    #expect(view.row(start, movedBy: 4) == .init(line: 2, row: 1))
    #expect(view.row(start, movedBy: 5) == nil)
    #expect(view.row(.init(line: 2, row: 0), movedBy: -2) == .init(line: 0, row: 2))
    #expect(view.row(start, movedBy: -2) == nil)
  }

  @Test("A row that is no more becomes the nearest before it")
  mutating func clamped() {
    #expect(view.clamped(.init(line: 9, row: 9)) == .init(line: 2, row: 1))
  }
}
