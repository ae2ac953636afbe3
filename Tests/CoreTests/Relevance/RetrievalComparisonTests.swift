import Core
import Testing

struct RetrievalComparisonTests {
  @Test func `what is better and what is worse is named`() {
    let comparison = comparison(
      recall: (Array(repeating: 0.2, count: 8), Array(repeating: 0.6, count: 8)),
      precision: (Array(repeating: 0.5, count: 8), Array(repeating: 0.3, count: 8)))
    #expect(
      comparison.lines.last?.text == "Better: recall. Worse: precision. The rest can be chance.")
  }

  @Test(arguments: [1, 3])
  func `a few queries prove nothing`(queries: Int) {
    let comparison = comparison(
      recall: (Array(repeating: 0, count: queries), Array(repeating: 1, count: queries)),
      precision: (Array(repeating: 1, count: queries), Array(repeating: 0, count: queries)))
    #expect(comparison.lines.last?.text == "No difference is more than chance may bring.")
  }

  private func comparison(
    recall: ([Double], [Double]), precision: ([Double], [Double])
  ) -> RetrievalComparison {
    RetrievalComparison(
      queries: recall.0.count, before: RetrievalSettings(), now: RetrievalSettings(),
      rows: [
        RetrievalComparison.Row(
          metric: RetrievalMetric(.recall), before: recall.0, now: recall.1),
        RetrievalComparison.Row(
          metric: RetrievalMetric(.precision), before: precision.0, now: precision.1),
      ], tokensBefore: 1, tokensNow: 1, millisecondsBefore: 1, millisecondsNow: 1)
  }
}
