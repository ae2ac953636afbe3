import Core
import RandomSource
import Testing

@testable import Screen

@Suite("Snippets")
struct SnippetTests {
  private func passage(_ text: String, words: [String], headings: [String] = ["Title"]) -> Passage {
    var matches: [Range<Int>] = []
    for word in words {
      for range in text.ranges(of: word) {
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        matches.append(start..<start + word.utf8.count)
      }
    }
    return Passage(
      source: "a.md", headings: headings, bytes: 0..<text.utf8.count, lines: 1...9, text: text,
      matches: matches.sorted { $0.lowerBound < $1.lowerBound })
  }

  private func matched(_ snippet: Snippet) -> [String] {
    snippet.matches.map { String(snippet.text[utf8: $0]) }
  }

  @Test("Headings are left out, since the passage's name holds them")
  func headings() {
    let snippet = Snippet(
      of: passage("# Title\n\n## Part\n\nThe refund comes soon.", words: ["refund"]), width: 40)
    #expect(snippet.text == "The refund comes soon.")
    #expect(matched(snippet) == ["refund"])
  }

  @Test("A passage of nothing but a heading shows it without its marks")
  func onlyHeading() {
    #expect(Snippet(of: passage("## Part", words: []), width: 40).text == "Part")
    #expect(Snippet(of: passage("", words: []), width: 40).text == "")
  }

  @Test("What looks like a heading in code stays")
  func code() {
    let snippet = Snippet(of: passage("# a comment\nlet x = 1", words: [], headings: []), width: 40)
    #expect(snippet.text == "# a comment let x = 1")
  }

  @Test("The line begins where most of the words stand, with ellipses for what is left out")
  func bestPlace() {
    let text =
      "One sentence about nothing at all that goes on and on. "
      + "Then the parcel and its price come together here. And more words follow behind it."
    let snippet = Snippet(of: passage(text, words: ["parcel", "price", "the"]), width: 40)
    #expect(snippet.text.hasPrefix("…"))
    #expect(snippet.text.hasSuffix("…"))
    #expect(DisplayText.width(of: snippet.text) <= 40)
    #expect(matched(snippet).contains("parcel"))
    #expect(matched(snippet).contains("price"))
  }

  @Test("Line ends and runs of blanks become single blanks")
  func blanks() {
    let snippet = Snippet(of: passage("a  b\r\n\r\n\tc refund", words: ["refund"]), width: 40)
    #expect(snippet.text == "a b c refund")
    #expect(matched(snippet) == ["refund"])
  }

  @Test("Wide characters fit the width, and their matches are found")
  func wide() {
    let text = String(repeating: "長い文章です。", count: 9) + "返品は三十日以内です。" + "おわり。"
    let snippet = Snippet(of: passage(text, words: ["返品"]), width: 30)
    #expect(DisplayText.width(of: snippet.text) <= 30)
    #expect(matched(snippet) == ["返品"])
  }

  @Test("Any passage and any matches give a line that fits", arguments: 1...40)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let text = (0..<9).map { _ in random.hostileText() }.joined(separator: " ")
      let bytes = text.utf8.count
      let matches = (0..<5).map { _ in
        let start = Int.random(in: 0...bytes, using: &random)
        return start..<Int.random(in: start...bytes, using: &random)
      }
      let passage = Passage(
        source: "x", headings: ["x"], bytes: 0..<bytes, lines: 1...1, text: text, matches: matches)
      let width = Int.random(in: -2...60, using: &random)
      let snippet = Snippet(of: passage, width: width)
      #expect(DisplayText.width(of: snippet.text) <= max(0, width))
      for match in snippet.matches { #expect(match.upperBound <= snippet.text.utf8.count) }
    }
  }

  @Test("What is lit is shown in place of the query's words, as much of it as there is room for")
  func lit() {
    let text =
      "The refund comes soon. " + String(repeating: "Nothing of this. ", count: 9)
      + "Vouchers are not paid out in cash, whatever anybody says of them."
    let start = text.utf8.count - 65
    let snippet = Snippet(
      of: passage(text, words: ["refund"]), width: 40, lit: [start..<text.utf8.count])
    #expect(matched(snippet) == ["Vouchers are not paid out"])
    #expect(DisplayText.width(of: snippet.text) <= 40)
    // Offsets of another text than this one are passed over.
    #expect(Snippet(of: passage("Short.", words: []), width: 40, lit: [50..<90]).matches.isEmpty)
  }
}
