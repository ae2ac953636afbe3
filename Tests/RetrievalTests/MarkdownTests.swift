// Which headings Markdown has, and which lines only look like one.

import Testing

@testable import Retrieval

@Suite struct MarkdownTests {
  private func paths(_ markdown: String) -> [[String]] { cuts(markdown).map(\.headings) }

  @Test func `headings nest by level`() {
    let markdown = "intro\n\n# A\na\n## B\nb\n### C\nc\n## D\nd\n# E\ne\n"
    #expect(
      paths(markdown) == [[], ["A"], ["A", "B"], ["A", "B", "C"], ["A", "D"], ["E"]])
    expectExact(cuts(markdown), Array(markdown.utf8))
  }

  @Test func `closing marks are no part of a title but a sharp is`() {
    #expect(paths("## Title ##\nx\n# C#\ny\n# #\nz") == [["Title"], ["C#"], []])
  }

  @Test func `setext headings take the whole paragraph above`() {
    #expect(paths("Two\nlines\n===\na\n\nSub\n---\nb") == [["Two lines"], ["Two lines", "Sub"]])
  }

  @Test(arguments: [
    "#nospace\ntext", "    # indented code", "\\# escaped", "####### seven", "- item\n---\ntext",
    "> quote\n---\ntext", "text\n\n---\n\ntext", "| a |\n---\n", "- # in a list",
  ])
  func `what only looks like a heading is none`(_ markdown: String) {
    #expect(paths(markdown) == [[]])
  }

  @Test(arguments: [
    "```sh\n# comment\n```", "~~~~\n# a\n~~~\n# b\n~~~~", "- ```\n  # comment\n  ```",
    "1. item\n\n   ```\n# comment\n   ```", "```\n# never closed", "<!--\n# hidden\n-->",
    "<pre>\n# raw\n\n# raw\n</pre>", "```\n``` no close\n# a\n```",
    "- a\n\n    ```\n    # b\n    ```",
  ])
  func `nothing in fenced code or raw HTML is a heading`(_ block: String) {
    let markdown = "# Top\n" + block
    #expect(paths(markdown) == [["Top"]])
    expectExact(cuts(markdown), Array(markdown.utf8))
  }

  @Test func `a heading after a fence counts again`() {
    #expect(paths("# A\n```\n# x\n```\n# B\nb") == [["A"], ["B"]])
    #expect(paths("# A\n``` a`b\n# B\nb") == [["A"], ["B"]])
  }

  @Test func `front matter is a passage without headings`() {
    let markdown = "---\ntitle: x\n# comment\n---\n# A\na"
    #expect(paths(markdown) == [[], ["A"]])
    #expect(text(cuts(markdown)[0], of: markdown) == "---\ntitle: x\n# comment\n---")
  }

  @Test(arguments: ["---\n\n# A\na\n\n---\nb", "---\n# A\na"])
  func `a line across the page is no front matter`(_ markdown: String) {
    #expect(paths(markdown).contains(["A"]))
  }

  @Test func `a heading alone goes with the deeper one under it`() {
    let markdown = "# Guide\n\n## Install\n\nRun it.\n\n# Empty\n\n# Next\n\nText."
    let passages = cuts(markdown)
    #expect(passages.map(\.headings) == [["Guide", "Install"], ["Empty"], ["Next"]])
    #expect(text(passages[0], of: markdown) == "# Guide\n\n## Install\n\nRun it.")
  }

  @Test func `line ends and byte order marks change no title`() {
    #expect(paths("\u{FEFF}# A\r\na\r\n\r\nB\r\n---\r\nb\r\n") == [["A"], ["A", "B"]])
  }

  @Test func `a huge heading is cut in the title only`() {
    let markdown = "# " + String(repeating: "word ", count: 50_000) + "\ntext"
    let passages = cuts(markdown)
    #expect(passages.allSatisfy { $0.headings.map(\.count) == [200] })
    expectExact(passages, Array(markdown.utf8))
  }
}
