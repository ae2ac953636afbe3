import Testing

@testable import Core

@Suite("Markdown's blocks as rows")
struct BlockTests {
  @Test("Headings lose their marks and keep their level")
  func headings() {
    var text = RenderedText(width: 40)
    text.append("# One\n###### Six ##\n####### no heading\n\nUnderlined\n===\nAlso\n---\n#none\n")
    text.end()
    #expect(
      text.lines == ["One", "Six", "####### no heading", "", "Underlined", "Also", "#none"])
    #expect(
      text.sourced.map(\.kind) == [
        .heading(level: 1), .heading(level: 6), .text, .heading(level: 1), .heading(level: 2),
        .text,
      ])
  }

  @Test("Line ends stay, empty lines show as one, and none stands at the top")
  func lines() {
    #expect(
      rows(of: "\n\none\ntwo  \nthree\\\nfour\n\n\n\nfive\r\nsix\n") == [
        "one", "two", "three", "four", "", "five", "six",
      ])
  }

  @Test("Items show their markers, and what belongs to them stands under their text")
  func lists() {
    #expect(
      rows(
        of: """
          - one
          * two
            goes on
              and on
          - outer
            - inner

              its paragraph
          10. ten
          11) eleven
          """) == [
          "• one", "• two", "  goes on", "  and on", "• outer", "  • inner", "",
          "    its paragraph",
          "10. ten", "11) eleven",
        ])
  }

  @Test("Tasks show a box")
  func tasks() {
    #expect(rows(of: "- [ ] open\n- [x] done\n- [y] none") == ["☐ open", "☒ done", "• [y] none"])
  }

  @Test("A number begins a list within a paragraph only when it is 1")
  func interruptingLists() {
    #expect(rows(of: "It was\n1984. A year.") == ["It was", "1984. A year."])
    #expect(rows(of: "These:\n1. one\n2. two") == ["These:", "1. one", "2. two"])
  }

  @Test("Quotes have a bar on each of their rows, also where a line forgets its mark")
  func quotes() {
    #expect(
      rows(of: "> one two three four\nlazy\n>\n> > deeper\n\nout", width: 12) == [
        "│ one two", "│ three four", "│ lazy", "│", "│ │ deeper", "", "out",
      ])
  }

  @Test("Code keeps its blanks and its markup; the language stands in its edge")
  func code() {
    #expect(
      rows(of: "```swift\nlet a = *b*\n\n\n  // c\n```\nafter", width: 20) == [
        "── swift ───────────", "let a = *b*", "", "", "  // c", "────────────────────", "after",
      ])
    #expect(
      rows(of: "~~~\n```\n~~~~", width: 5) == ["─────", "```", "─────"])
    #expect(
      rows(of: "para\n\n    code\n\n      more\npara") == [
        "para", "", "code", "", "  more", "para",
      ])
    #expect(
      rows(of: "- item\n  ```\n  x\n  ```", width: 9) == [
        "• item", "  ───────", "  x", "  ───────",
      ])
  }

  @Test("Three marks are a rule across the pane")
  func rules() {
    #expect(rows(of: "a\n\n---\n* * *\n___", width: 4) == ["a", "", "────", "────", "────"])
  }

  @Test("HTML is text")
  func html() {
    #expect(rows(of: "<div>\n*a*</div>") == ["<div>", "a</div>"])
  }

  @Test("What is nested too deep for the pane is indented by half of it at the most")
  func depth() {
    let nested = (0..<40).map { String(repeating: "  ", count: $0) + "- x" }.joined(separator: "\n")
    for width in [4, 10, 60] {
      for line in rows(of: nested, width: width) {
        #expect(DisplayText.width(of: line) <= width)
      }
    }
    #expect(rows(of: String(repeating: ">", count: 30) + " a", width: 12).count >= 1)
  }
}
