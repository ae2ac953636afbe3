import Testing

@testable import Core

@Suite struct TokenRatioTests {
  @Test func itComesToWhatTheServerCounts() {
    var ratio = TokenRatio()
    #expect(ratio.corrected(100) == 100)
    let hasLearned = (0..<20).map { _ in ratio.learn(estimated: 500, counted: 600) }
    #expect(hasLearned.allSatisfy { $0 })
    #expect(ratio.corrected(100) == 120)
    var estimate = TokenEstimate(ratio: ratio)
    estimate.add(String(repeating: "abcd", count: 100))
    #expect(estimate.tokens == 120)
  }

  @Test(
    "what can't be is not learned from",
    arguments: [
      (31, 31), (100, 0), (100, -5), (100, 24), (100, 401), (0, 0), (-1, -1), (100, Int.max),
      (Int.min, 1),
    ])
  func hostileCounts(estimated: Int, counted: Int) {
    var ratio = TokenRatio()
    let hasLearned = ratio.learn(estimated: estimated, counted: counted)
    #expect(!hasLearned)
    #expect(ratio.scale == 1)
  }

  @Test func noServerCanBringItOutOfItsBounds() {
    var ratio = TokenRatio()
    for _ in 0..<10_000 { _ = ratio.learn(estimated: 1 << 39, counted: 1 << 40) }
    #expect(ratio.scale == 2)
    #expect(ratio.estimated <= 40_000)
    for _ in 0..<10_000 { _ = ratio.learn(estimated: 100, counted: 400) }
    #expect(ratio.scale <= 4)
    #expect(ratio.corrected(1 << 40) <= 1 << 42)
  }

  @Test func oneLongPromptIsNotAllThatIsBelieved() {
    var ratio = TokenRatio()
    for _ in 0..<100 { _ = ratio.learn(estimated: 1000, counted: 1000) }
    _ = ratio.learn(estimated: 1_000_000, counted: 3_000_000)
    #expect((1.4...1.6).contains(ratio.scale))
  }

  @Test func aModelThatWasReplacedIsLearnedAnew() {
    var ratio = TokenRatio()
    for _ in 0..<1000 { _ = ratio.learn(estimated: 1000, counted: 1000) }
    for _ in 0..<200 { _ = ratio.learn(estimated: 1000, counted: 2000) }
    #expect(ratio.scale > 1.95)
  }

  @Test(
    "a ratio from a file that can't be is as nothing learned",
    arguments: [
      (0.0, 1.0), (-1, -1), (.nan, 1), (1, .infinity), (1e300, 1e300), (100, 1), (1, 100),
    ])
  func hostileFiles(estimated: Double, counted: Double) {
    #expect(TokenRatio(estimated: estimated, counted: counted) == TokenRatio())
  }
}
