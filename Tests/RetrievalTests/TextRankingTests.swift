// Which texts are most like another, by their words.

import Testing

@testable import Retrieval

@Suite struct TextRankingTests {
  private let texts = [
    "The bell rings.", "My parcel is late", "Nothing", "parcels, late parcels: where?",
    "a late bell",
  ]

  @Test func `texts that share the most and the rarest words come first`() throws {
    let best = try TextRanking.best(3, of: texts, for: "Where is my late PARCEL?")
    #expect(Set(best.prefix(2)) == [1, 3])
    #expect(best.last == 4)
  }

  @Test func `texts that share no word come last, in their order`() throws {
    #expect(try TextRanking.best(5, of: texts, for: "rings") == [0, 1, 2, 3, 4])
    #expect(try TextRanking.best(2, of: texts, for: "xyz") == [0, 1])
  }

  @Test(arguments: ["", "\" OR * (", "text: NEAR/3 {", "\u{0}"])
  func `no query is a syntax error`(_ query: String) throws {
    #expect(try TextRanking.best(9, of: texts, for: query).count == 5)
  }

  @Test func `of no texts, none is best`() throws {
    #expect(try TextRanking.best(3, of: [], for: "a") == [])
    #expect(try TextRanking.best(-1, of: texts, for: "a") == [])
  }
}
