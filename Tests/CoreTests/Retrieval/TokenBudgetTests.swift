// What a budget of tokens keeps and cuts.

import Core
import Testing

@Suite struct TokenBudgetTests {
  private func passages(_ tokens: [Int]) -> [Passage] {
    tokens.map { Passage(source: "a", bytes: 0..<1, lines: 1...1, text: "x", tokens: $0) }
  }

  @Test(arguments: [
    ([100, 200, 300], 600, [100, 200, 300], []), ([100, 200, 300], 300, [100, 200], [300]),
    ([500, 100], 300, [100], [500]), ([100], 0, [], [100]), ([100], -5, [], [100]),
    ([], 100, [], []),
    ([Int.max, Int.max, 1], Int.max, [Int.max], [Int.max, 1]),
  ])
  func `passages are kept in order while they fit`(
    _ tokens: [Int], _ budget: Int, _ kept: [Int], _ cut: [Int]
  ) {
    let result = passages(tokens).fitting(tokens: budget)
    #expect(result.kept.map(\.tokens) == kept)
    #expect(result.cut.map(\.tokens) == cut)
  }
}
