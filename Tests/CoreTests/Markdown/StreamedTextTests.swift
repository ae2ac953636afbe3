import RandomSource
import Testing

@testable import Core

@Suite("Rendered texts as they stream")
struct StreamedTextTests {
  /// What texts are made of at random: markup, and what is hostile to terminals and to columns.
  private static let parts = [
    "a", "word ", " ", "\n", "\n\n", "\r\n", "*", "**", "_", "`", "```", "```swift\n", "~~", "[",
    "](u)", "]", "> ", "- ", "1. ", "# ", "| ", "|\n|--|--|\n", "    ", "\t", "\\", "&amp;",
    "<http://x>", "漢字", "e\u{301}", "\u{1b}]0;x\u{7}", "\u{1b}Pq\u{1b}\\", "\u{9b}2J", "👩‍👩‍👧", "שלום",
    "\u{202e}", "---\n", "===\n", "https://a.b/c.", "x | y\n", "- [ ] ", "\u{0}", "&#0;",
  ]
  private static let jsonParts = [
    "{", "}", "[", "]", "\"", ":", ",", " ", "\n", "1", "true", "\\", "漢", "\"name\": ", "-2.5e3",
  ]

  private static func text(
    of parts: [String], count: Int, beginning: String = "", _ random: inout SeededRandom
  ) -> String {
    beginning
      + (0..<count).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined()
  }

  /// Checks that a text gives the same rows whole and in pieces, and that they know their places.
  private static func check(_ text: String, width: Int, _ random: inout SeededRandom) {
    var whole = RenderedText(width: width)
    whole.append(text)
    var streamed = RenderedText(width: width)
    var rest = Substring(text).unicodeScalars
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...9, using: &random))
      streamed.append(String(piece))
      rest = rest.dropFirst(piece.count)
    }
    if Bool.random(using: &random) {
      whole.end()
      streamed.end()
    }
    let pieces = whole.pieces(ofRows: 0..<whole.rowCount)
    #expect(pieces == streamed.pieces(ofRows: 0..<streamed.rowCount), "\(text.debugDescription)")
    let bytes = Array(text.utf8)
    for piece in pieces.joined() {
      guard let source = piece.source, source.count == piece.text.utf8.count, piece.text != " ("
      else { continue }
      #expect(Array(piece.text.utf8) == Array(bytes[source]), "\(text.debugDescription)")
    }
  }

  @Test("Cut anywhere, a text gives the same rows as whole", arguments: 0..<8)
  func anyCut(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<60 {
      let count = Int.random(in: 1...40, using: &random)
      Self.check(
        Self.text(of: Self.parts, count: count, &random), width: [1, 5, 20, 60][seed % 4], &random)
      Self.check(
        Self.text(of: Self.jsonParts, count: count, beginning: "{", &random),
        width: [1, 5, 20, 60][seed % 4], &random)
    }
  }

  @Test("So does a paragraph that is longer than any block")
  func longParagraphs() {
    var random = SeededRandom(seed: 9)
    for width in [7, 60] {
      Self.check(
        Self.text(of: ["a", "b ", "*", "**", "`", "漢"], count: 5000, &random), width: width, &random
      )
      Self.check("{\"a\": \"" + String(repeating: "wörd 漢\\n ", count: 1500), width: width, &random)
    }
  }

  /// Texts that cost much where what is looked at grows with what has come.
  private static let hostileTexts = [
    String(repeating: "*", count: 60_000), String(repeating: "[", count: 60_000),
    String(repeating: "[a](", count: 15_000), String(repeating: ">", count: 60_000),
    String(repeating: "a**b ", count: 60_000), String(repeating: "`a``b```c ", count: 30_000),
    String(repeating: "|", count: 60_000), String(repeating: "- ", count: 30_000),
    String(repeating: "漢", count: 30_000), String(repeating: "{", count: 30_000),
    String(repeating: "[", count: 300) + String(repeating: "\"", count: 30_000),
    String(repeating: "x", count: 60_000), String(repeating: "e\u{301}\u{301}", count: 20_000),
  ]

  @Test(
    "Hostile texts are taken in, and no row is wider than the pane", arguments: hostileTexts.indices
  )
  func hostile(index: Int) {
    let text = Self.hostileTexts[index]
    var rendered = RenderedText(width: 30)
    rendered.append(text)
    rendered.end()
    for row in 0..<min(rendered.rowCount, 200) {
      let line = rendered.pieces(ofRows: row..<row + 1).joined().map(\.text).joined()
      let shown = line.reversed().drop { $0 == " " }
      #expect(DisplayText.width(of: String(shown)) <= 30)
    }
  }

  @Test("Every byte that isn't markup is on some row")
  func nothingIsLost() {
    var random = SeededRandom(seed: 3)
    let letters = (0..<400).map { _ in
      ["alpha", "beta", "gamma", "delta"][Int.random(in: 0..<4, using: &random)]
        + [" ", "\n", "\n\n- ", "\n\n> ", " **", "\n# ", "\n| ", "\n1. "][
          Int.random(in: 0..<8, using: &random)]
    }.joined()
    for width in [3, 17, 80] {
      var text = RenderedText(width: width)
      text.append(letters)
      text.end()
      var isShown = Array(repeating: false, count: letters.utf8.count)
      for piece in text.sourced { for offset in piece.source ?? 0..<0 { isShown[offset] = true } }
      for (offset, byte) in letters.utf8.enumerated() where 0x61...0x7A ~= byte {
        #expect(isShown[offset])
      }
    }
  }

  @Test("A text as it came keeps its markup and its empty lines")
  func plain() {
    #expect(
      rows(of: "# a\n\n\n*b* `c`\n    d", form: .plain) == ["# a", "", "", "*b* `c`", "    d"])
  }

  @Test("A place is found on its row, also behind a cut in a line without an end")
  func places() {
    var text = RenderedText(width: 10)
    text.append(String(repeating: "abcdefghij", count: 2000))
    for offset in stride(from: 0, to: 20_000, by: 333) {
      #expect(text.rowIndex(ofSource: offset) == offset / 10)
    }
  }
}
