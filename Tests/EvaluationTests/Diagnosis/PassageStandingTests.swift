import Core
import Evaluation
import Testing

@Suite struct PassageStandingTests {
  private func passage(_ source: String, _ bytes: Range<Int>, tokens: Int = 10) -> Passage {
    Passage(source: source, bytes: bytes, lines: 1...1, text: "text", tokens: tokens)
  }

  private func standing(
    of passage: Passage, found: [Passage], limit: Int = 2, budget: Int = 100
  ) -> PassageStanding {
    let given = Array(found.prefix(limit)).fitting(tokens: budget).kept
    return PassageStanding(
      of: passage, given: given, found: found,
      with: RetrievalSettings(limit: limit, budget: budget))
  }

  @Test func `a passage is given, cut by k or by the budget, or not found`() {
    let found = [
      passage("a", 0..<100), passage("b", 0..<100, tokens: 95), passage("c", 0..<100),
    ]
    #expect(standing(of: found[0], found: found) == .given)
    #expect(standing(of: found[1], found: found) == .cut(rank: 2, by: .budget))
    #expect(standing(of: found[2], found: found) == .cut(rank: 3, by: .limit))
    #expect(standing(of: passage("d", 0..<100), found: found) == .notFound)
    #expect(
      PassageStanding(
        of: found[0], given: [found[1]], found: found, with: RetrievalSettings(limit: 2))
        == .cut(rank: 1, by: .step))
  }

  @Test func `other cuts of the same bytes stand for a passage where they hold most of it`() {
    let halves = [passage("a", 0..<60), passage("a", 60..<120)]
    #expect(standing(of: passage("a", 10..<110), found: halves) == .given)
    #expect(standing(of: passage("a", 10..<110), found: [halves[0]]) == .notFound)
    #expect(standing(of: passage("a", 0..<70), found: [halves[0]]) == .given)
    #expect(standing(of: passage("b", 0..<60), found: halves) == .notFound)
  }

  @Test func `what is beyond the reach of a reranker is not found`() {
    let found = (0..<60).map { passage("\($0)", 0..<10) }
    #expect(standing(of: found[49], found: found) == .cut(rank: 50, by: .limit))
    #expect(standing(of: found[50], found: found) == .notFound)
  }
}
