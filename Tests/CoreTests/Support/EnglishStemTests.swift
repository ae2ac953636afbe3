import Testing

@testable import Core

@Suite("English stems")
struct EnglishStemTests {
  @Test(
    "Words of one family have one stem",
    arguments: [
      ["refund", "refunds", "refunded", "refunding"], ["deliver", "delivers", "delivered"],
      ["relate", "relates", "relating"], ["hop", "hopped", "hopping"],
      ["connect", "connection", "connected"], ["hopeful", "hopefulness"], ["pony", "ponies"],
    ])
  func families(words: [String]) {
    #expect(Set(words.map(EnglishStem.of)).count == 1)
  }

  @Test(
    "Short words and words with other letters stay", arguments: ["is", "as", "größe", "h2o", ""])
  func kept(word: String) {
    #expect(EnglishStem.of(word) == word)
  }
}
