import Core
import Testing

@testable import Evaluation

// Figures that other programs give: statsmodels 0.15 (proportion_confint, mcnemar), scipy 1.17 (binomtest),
// and small cases that can be counted by hand.

@Suite struct StatisticsTests {
  private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 }

  @Test(arguments: [
    (8, 10, 0.4901624715366417, 0.9433178485456247), (0, 10, 0, 0.2775327998628892),
    (10, 10, 0.7224672001371106, 1), (1, 1, 0.20654931437723745, 1),
    (450, 1000, 0.4194153840742968, 0.4809672917742588),
  ])
  func `Wilson's interval`(count: Int, total: Int, low: Double, high: Double) {
    let interval = ProportionInterval.wilson(count, of: total)
    #expect(isNear(interval.lowerBound, low), "\(interval)")
    #expect(isNear(interval.upperBound, high), "\(interval)")
  }

  @Test func `repeats that always agree count as one, those that never do as many`() {
    let agreeing = (0..<20).map { (count: $0 < 10 ? 5 : 0, total: 5) }
    let one = ProportionInterval.wilson(clusters: agreeing)
    let alone = ProportionInterval.wilson(10, of: 20)
    // The cluster's own estimate has n - 1.
    #expect(abs(one.lowerBound - alone.lowerBound) < 0.01)
    let mixed = ProportionInterval.wilson(clusters: (0..<20).map { _ in (count: 2, total: 4) })
    #expect(mixed.upperBound - mixed.lowerBound < alone.upperBound - alone.lowerBound + 1e-9)
    #expect(ProportionInterval.wilson(clusters: []) == 0...1)
  }

  @Test(arguments: [
    (1, 9, 0.021484375), (5, 5, 1), (0, 0, 1), (0, 6, 0.03125), (30, 60, 0.0020602656809630745),
  ])
  func `McNemar's exact test`(gained: Int, lost: Int, p: Double) {
    #expect(abs(ExactTest.mcnemar(gained: gained, lost: lost) - p) < 1e-9)
    #expect(
      ExactTest.mcnemar(gained: gained, lost: lost)
        == ExactTest.mcnemar(gained: lost, lost: gained))
  }

  @Test func `pass^k is the mean of C(c, k) over C(n, k)`() {
    let cases = [(passed: 3, asked: 4), (passed: 4, asked: 4), (passed: 0, asked: 4)]
    #expect(isNear(RepeatedPasses.all(1, of: cases) ?? 0, 7.0 / 12))
    #expect(isNear(RepeatedPasses.all(2, of: cases) ?? 0, (3.0 / 6 + 1) / 3))
    #expect(isNear(RepeatedPasses.any(2, of: cases) ?? 0, 2.0 / 3))
    #expect(RepeatedPasses.all(5, of: cases) == nil)
  }

  @Test func `the interval of a quantile lies between two of the values`() throws {
    let values = (1...100).map(Double.init)
    let estimate = try #require(QuantileInterval.estimate(0.5, of: values.reversed()))
    #expect(estimate.mean == 51)
    // The places 40 and 60 of 100, as Hahn and Meeker's table has them.
    #expect((40...42).contains(estimate.interval.lowerBound))
    #expect((60...62).contains(estimate.interval.upperBound))
    #expect(QuantileInterval.estimate(0.95, of: []) == nil)
    #expect(QuantileInterval.estimate(0.95, of: [3])?.interval == 3...3)
  }

  @Test func `a smaller difference needs more cases`() throws {
    let few = try #require(SampleSize.pairs(gained: 20, lost: 5, of: 100))
    let many = try #require(SampleSize.pairs(gained: 15, lost: 10, of: 100))
    #expect(few < many)
    // Connor's formula by hand: (1.96 √.25 + .8416 √(.25 - .0225))² / .0225.
    #expect(few == 85)
    #expect(SampleSize.pairs(gained: 7, lost: 7, of: 100) == nil)
    #expect(SampleSize.mean(difference: 0.5, deviation: 1) == 32)
  }

  @Test func `clusters are drawn whole`() {
    let resampling = Resampling(seed: 3, samples: 500)
    // Two clusters that differ: a sample's mean is that of one, of the other, or of both.
    var means: Set<Double> = []
    resampling.forEachSample(of: 2) { draws in
      means.insert(Double(draws.reduce(0, +)) / 2)
    }
    #expect(means == [0, 0.5, 1])
    let estimate = resampling.ratio(of: [(0, 10), (10, 10)])
    #expect(estimate.mean == 0.5)
    #expect(estimate.interval == 0...1)
  }
}
