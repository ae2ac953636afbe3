// Web pages as text: structure, what is left out, lines, encodings, and pages that want to do harm.

import Core
import Testing

@testable import Retrieval

@Suite struct HTMLTextTests {
  private func document(_ page: [UInt8]) throws -> SourceDocument {
    try HTMLText.document(of: page, isCancelled: { false })
  }

  private func text(_ page: String) throws -> String {
    String(decoding: try document(Array(page.utf8)).text, as: UTF8.self)
  }

  @Test func `a page becomes headings, paragraphs, lists, tables and code`() throws {
    let page = """
      <!doctype html><html><head><title> Returns &amp;
        refunds </title></head><body>
      <h1>Returns <em>now</em><a class="headerlink" href="#r">¶</a></h1>
      <p>Within <b>30</b> days,
      at   no&nbsp;cost.</p><p>Second.<br>Next line.
      <ul><li>one</li><li>two<ol><li>deep</li><li><p>deeper</p></li></ol></ul>
      <table><tr><th>a</th><th>b</th></tr>
      <tr><td>1</td>
      <td>2</td></tr></table>
      <h2>Code</h2><pre>
      let x = `y`

        indented &lt;T&gt;
      </pre><dl><dt>term<dd>meaning</dl><img alt="A picture" src=x>
      """
    let document = try document(Array(page.utf8))
    #expect(document.title == "Returns & refunds")
    #expect(document.syntax == .markdown)
    #expect(
      String(decoding: document.text, as: UTF8.self) == """
        # Returns now

        Within 30 days,
        at no cost.

        Second.
        Next line.

        - one
        - two
          1. deep

          2. deeper

        a | b
        1 | 2

        ## Code

        ```
        let x = `y`

          indented <T>
        ```

        term
        meaning

        A picture

        """)
  }

  @Test func `each line knows its line in the page`() throws {
    let page = "<html>\n<h1>A\nB</h1>\n<p>one\ntwo\n</p>\n<pre>\n\nx\n y\n</pre>\n<p>é&amp;\nend"
    let document = try document(Array(page.utf8))
    let lines = String(decoding: document.text, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(
      zip(lines, document.fileLines).filter { !$0.0.isEmpty }.map { "\($0.1): \($0.0)" } == [
        "2: # A B", "4: one", "5: two", "9: ```", "9: x", "10:  y", "10: ```", "12: é&", "13: end",
      ])
    #expect(document.fileLines.count == lines.count)
    #expect(document.linesInFile(1...3) == 2...4)
    #expect(document.linesInFile(4...900) == 5...13)
  }

  @Test func `scripts, styles, navigation and what is hidden are left out`() throws {
    #expect(
      try text(
        """
        <body><nav><ul><li>Home</ul></nav><script>if (a < b) { "</p>" }</script>
        <div role="navigation"><p>next</p></div><style>p { color: red }</style>
        <p hidden>secret</p><noscript>Enable it</noscript><svg><title>no</title><text>x</text></svg>
        <button>Press</button><p>Kept.</p><select><option>1</select>
        """) == "Kept.\n")
  }

  @Test func `text that looks like Markdown opens no section`() throws {
    let made = try text(
      "<p># not a heading<p>text<br>---<p>===<p>```<p>~~~ x<p>&lt;!-- no<p>&lt;pre&gt;<p>#tag - x")
    let blocks = MarkdownBlocks(made)
    #expect(blocks.headings.isEmpty)
    #expect(blocks.codes == 0)
    #expect(made.contains("\\# not a heading"))
    #expect(made.hasSuffix("#tag - x\n"))
  }

  @Test func `a fence in code does not close it`() throws {
    let made = try text("<pre>```\n# no\n````\n</pre><h2>yes</h2>")
    #expect(MarkdownBlocks(made).headings == ["yes"])
  }

  @Test(
    arguments: [
      ("<meta charset=windows-1252><p>gr", [0xFC, 0x6E, 0x20, 0x80], "grün €"),
      ("<p>gr", [0xFC, 0x6E, 0x20, 0x80], "grün €"),
      ("<meta charset=latin1><p>gr", [0xC3, 0xBC, 0x6E], "grün"),
      ("<meta charset=shift_jis><p>", [0x93, 0xFA, 0x96, 0x7B], "日本"),
    ] as [(String, [UInt8], String)])
  func `a page is read in its encoding`(start: String, rest: [UInt8], expected: String) throws {
    #expect(
      String(decoding: try document(Array(start.utf8) + rest).text, as: UTF8.self)
        == expected + "\n")
  }

  @Test func `UTF-16 is read, and a binary file is none`() throws {
    let page = Array("<p>grün".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try document([0xFF, 0xFE] + page).text == Array("grün\n".utf8))
    #expect(throws: SkipReason.binary) { try document([0x3C, 0, 1, 2]) }
  }

  @Test func `deep, cut and senseless pages are read in bounded space`() throws {
    let deep = String(repeating: "<ul><li>x", count: 20_000)
    #expect(try text(deep).utf8.count < 40 * deep.utf8.count)
    for page in ["", "<", "<p", "</p></p>", "<h1>", "<pre>x", "<li>", "<td>a<td>b", "<title>x"] {
      _ = try text(page)
    }
    #expect(try text("<h1></h1><p>x") == "x\n")
    #expect(try text("<h3>a<div>b</div>c</h3>d") == "### a b c\n\nd\n")
  }

  @Test func `reading a page can be cancelled`() {
    #expect(throws: CancellationError.self) {
      try HTMLText.document(of: Array("<p>x".utf8), isCancelled: { true })
    }
  }
}

/// What the Markdown scanner finds in a text.
private struct MarkdownBlocks {
  var headings: [String] = []
  var codes = 0

  init(_ text: String) {
    var scanner = MarkdownScanner(text: Array(text.utf8))
    while let block = scanner.next() {
      switch block {
      case .heading(_, let title, _): headings.append(title)
      case .body(let block): if block.kind == .code { codes += 1 }
      case .frontMatter: codes += 1
      }
    }
  }
}
