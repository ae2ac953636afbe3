import Testing

@testable import Core

@Suite("Markdown's tables")
struct TableTests {
  private static let wheels = """
    | Wheel | Price | Weight |
    |:--|:-:|--:|
    | Small | *9* | 1 |
    | Very large | 120 | 12,000 |

    """

  @Test("Columns are as wide as they must be, and aligned as asked")
  func alignment() {
    #expect(
      rows(of: Self.wheels) == [
        "Wheel      │ Price │ Weight",
        "───────────┼───────┼───────",
        "Small      │   9   │      1",
        "Very large │  120  │ 12,000",
      ])
  }

  @Test("The widest columns give way in a narrow pane, and their cells wrap")
  func narrow() {
    let text = "| a | b |\n|--|--|\n| x | some words that are wide |\n"
    let lines = rows(of: text, width: 16)
    #expect(
      lines == [
        "a │ b", "──┼─────────────", "x │ some words", "  │ that are", "  │ wide",
      ])
    #expect(lines.allSatisfy { DisplayText.width(of: $0) <= 16 })
  }

  @Test("Where not even narrow columns fit, the rows are shown as they came")
  func tooNarrow() {
    let lines = rows(of: Self.wheels, width: 12)
    #expect(lines[0] == "| Wheel |")
    #expect(lines.allSatisfy { DisplayText.width(of: $0) <= 12 })
  }

  @Test("While rows come, nothing in the rows before moves; at the table's end it is set once")
  func streaming() {
    var text = RenderedText(width: 40)
    text.append("| a | b |\n|---|---|\n| first | 1 |\n")
    let before = text.lines
    #expect(before == ["a     │ b", "──────┼──", "first │ 1"])
    text.append("| much longer cell | 22 |\n")
    #expect(Array(text.lines.prefix(3)) == before)
    text.append("\nafter")
    #expect(text.lines[0] == "a                │ b")
    #expect(text.lines.last == "after")
  }

  @Test("A cell may hold a bar, and cells that are too many stand in the last")
  func cells() {
    #expect(rows(of: "|a|b|\n|-|-|\n|x \\| y|1|2|\n").last == "x | y │ 1|2")
    #expect(rows(of: "|a|b|\n|-|-|\n|only|\n").last == "only │")
  }

  @Test("Every place of a table is found on the row that shows it")
  func places() throws {
    var text = RenderedText(width: 20)
    text.append("| a | b |\n|--|--|\n| x | some words that are wide |\n\nend")
    text.end()
    for row in 0..<text.rowCount {
      for piece in text.pieces(ofRows: row..<row + 1).joined() {
        guard let source = piece.source else { continue }
        #expect(text.rowIndex(ofSource: source.lowerBound) == row)
      }
    }
  }
}
