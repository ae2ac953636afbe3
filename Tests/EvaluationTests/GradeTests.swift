import Evaluation
import Testing

@Suite struct GradeTests {
  private func result(_ score: Double, weight: Double = 1) -> AssertionResult {
    AssertionResult(
      type: "equals", passed: score == 1, score: score, weight: weight, reason: "It is so.")
  }

  @Test func `a case passes when each assertion that counts does`() {
    #expect(Grade([result(1), result(1)]).passed)
    #expect(!Grade([result(1), result(0.9)]).passed)
    #expect(Grade([result(1), result(0, weight: 0)]).passed)
    #expect(Grade([]).passed)
  }

  @Test func `a threshold looks at the mean by weight`() {
    let grade = Grade([result(1, weight: 3), result(0)], threshold: 0.75)
    #expect(grade.score == 0.75)
    #expect(grade.passed)
    #expect(!Grade([result(1), result(0)], threshold: 0.75).passed)
  }
}
