import RandomSource
import Testing

@testable import Core

@Suite("Sentences of a text")
struct TextSentencesTests {
  private static func sentences(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return TextSentences.of(text).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test("Full stops end sentences, abbreviations, initials and decimals don't")
  func stops() {
    #expect(
      Self.sentences("It costs 3.5 euros, e.g. Dr. J. Rae says so. Is it? Yes! See p. 4.")
        == ["It costs 3.5 euros, e.g. Dr. J. Rae says so.", "Is it?", "Yes!", "See p. 4."])
    #expect(Self.sentences("Open until 5 p.m. on Mondays.") == ["Open until 5 p.m. on Mondays."])
    #expect(Self.sentences("Am 3. Oktober ist zu. Danach z.B. nicht.").count == 2)
  }

  @Test("Full stops of Chinese and Japanese need no blank behind them")
  func wideStops() {
    #expect(Self.sentences("三十天以内。可以退货！好吗？") == ["三十天以内。", "可以退货！", "好吗？"])
  }

  @Test("A line end inside of a paragraph is a blank; items, rows and headings stand alone")
  func blocks() {
    let text = """
      # Returns
      You have
      30 days.

      - one item
      2. **another** one
      > a quote. Two.
      | a | b |
      |---|---|
      | 1 | 2 |
      """
    #expect(
      Self.sentences(text) == [
        "Returns", "You have\n30 days.", "one item", "**another** one\n> a quote.", "Two.",
        "| a | b |", "| 1 | 2 |",
      ])
    #expect(
      TextSentences.of(text).map(\.place) == [
        .heading, .prose, .prose, .prose, .prose, .tableHead, .tableRow,
      ])
  }

  @Test("Blocks of code hold no sentences, also where they never end")
  func code() {
    #expect(Self.sentences("Do this.\n```sh\nrm. Now.\n```\nDone.") == ["Do this.", "Done."])
    #expect(Self.sentences("Do this.\n~~~~\nrm. Now.\n```\nmore.") == ["Do this."])
  }

  @Test("A citation behind a full stop belongs to the sentence before it")
  func citations() {
    #expect(
      Self.sentences("Thirty days. [1] [2, 3] Free. [4] says more.")
        == ["Thirty days. [1] [2, 3]", "Free.", "[4] says more."])
    #expect(Self.sentences("Thirty days.[1-2] Free.") == ["Thirty days.[1-2]", "Free."])
  }

  @Test("Ranges stand in the text, in order, without blanks at their ends, whatever the text")
  func ranges() {
    var random = SeededRandom(seed: 6)
    let pieces = [
      "a", "Dr", ".", "!", " ", "\n", "\n\n", "#", "- ", "1. ", "|", "```", "`", "[1]", "[", "]",
      "。", "é", "👩‍👧", "\u{202E}", "\r\n", "\t", ">", "\0", "9", "€", "’", "“x”", "—", "*",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...40, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let bytes = Array(text.utf8)
      var end = 0
      for sentence in TextSentences.of(text) {
        #expect(sentence.range.lowerBound >= end && !sentence.range.isEmpty)
        end = sentence.range.upperBound
        #expect(end <= bytes.count)
        let shown = String(validating: bytes[sentence.range], as: UTF8.self)
        #expect(shown != nil, "cut inside of a scalar")
        #expect(shown?.first?.isWhitespace == false && shown?.last?.isWhitespace == false)
      }
    }
  }
}
