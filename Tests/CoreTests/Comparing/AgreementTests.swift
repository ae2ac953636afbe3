import RandomSource
import Testing

@testable import Core

@Suite("Agreement")
struct AgreementTests {
  private func percent(_ first: String, _ second: String) throws -> Int {
    try #require(Agreement(first, second)).percent
  }

  @Test("It is the share of words that both have in the same order")
  func share() throws {
    let agreement = try #require(
      Agreement("You can return it within 30 days", "You may return it in 14 days"))
    #expect(agreement.commonCount == 4)
    #expect(agreement.firstCount == 7)
    #expect(agreement.secondCount == 7)
    #expect(agreement.share == 8.0 / 14)
    #expect(agreement.percent == 57)
  }

  @Test("White space is no difference, a sign and a capital are one")
  func whatCounts() throws {
    #expect(try percent("a b\nc", "a  b c") == 100)
    #expect(try percent("Yes.", "Yes!") == 50)
    #expect(try percent("Yes", "yes") == 0)
    #expect(try percent("caf\u{E9}", "cafe\u{301}") == 0)
  }

  @Test("Texts without words agree, one without words has nothing in common with another")
  func empty() throws {
    #expect(try percent("", " \n") == 100)
    #expect(try percent("", "word") == 0)
  }

  @Test("A hundred percent are all words, and none are none")
  func rounding() throws {
    let words = (1...1000).map { "w\($0)" }
    #expect(
      try percent(words.joined(separator: " "), words.dropLast().joined(separator: " ")) == 99)
    let others = words.dropFirst().map { "x" + $0 } + [words[0]]
    #expect(try percent(words.joined(separator: " "), others.joined(separator: " ")) == 1)
  }

  @Test("It agrees with the table of all lengths, whichever text comes first")
  func againstTable() throws {
    var random = SeededRandom(seed: 61)
    for _ in 0..<200 {
      let texts = (0..<2).map { _ in
        (0..<Int.random(in: 0...180, using: &random)).map { _ in
          Int.random(in: 0..<12, using: &random)
        }
      }
      let words = texts.map { $0.map { "w\($0)" }.joined(separator: " ") }
      let count = Self.commonLength(texts[0], texts[1])
      #expect(try #require(Agreement(words[0], words[1])).commonCount == count)
      #expect(try #require(Agreement(words[1], words[0])).commonCount == count)
    }
  }

  /// The length of the longest common subsequence, by the textbook.
  private static func commonLength(_ first: [Int], _ second: [Int]) -> Int {
    var row = Array(repeating: 0, count: second.count + 1)
    for a in first {
      var diagonal = 0
      for (place, b) in second.enumerated() {
        let above = row[place + 1]
        row[place + 1] = a == b ? diagonal + 1 : max(above, row[place])
        diagonal = above
      }
    }
    return row[second.count]
  }

  @Test("Texts that would take too long have no number")
  func effort() {
    let (first, second) = (
      (0..<100).map { "a\($0)" }.joined(separator: " "),
      (0..<100).map { "b\($0)" }.joined(separator: " ")
    )
    #expect(Agreement(first, second, effort: 199) == nil)
    #expect(Agreement(first, second, effort: 200)?.commonCount == 0)
    #expect(Agreement(first, first, effort: 0)?.percent == 100)
  }
}
