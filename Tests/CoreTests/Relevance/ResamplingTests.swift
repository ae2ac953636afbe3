import RandomSource
import Testing

@testable import Core

@Suite struct ResamplingTests {
  private func values(_ seed: UInt64, shift: Double = 0) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<200).map { _ in Double.random(in: 0...1, using: &random) + shift }
  }

  @Test func `the same values give the same interval, which holds their mean`() {
    let estimate = Resampling().mean(of: values(1))
    #expect(Resampling().mean(of: values(1)) == estimate)
    #expect(Resampling(seed: 2).mean(of: values(1)) != estimate)
    #expect(estimate.interval.contains(estimate.mean))
    // Of 200 even numbers, the mean's standard error is .289 / sqrt(200) = .0204.
    let width = estimate.interval.upperBound - estimate.interval.lowerBound
    #expect(0.065...0.095 ~= width)
  }

  @Test func `a difference on every query is told from chance`() {
    let one = values(1)
    let real = Resampling().difference(from: one, to: one.map { $0 + 0.01 })
    #expect(real.isSignificant)
    #expect(abs(real.estimate.mean - 0.01) < 1e-9)
    #expect(real.pValue < 0.001)
    // The same difference between other queries is nothing.
    let chance = Resampling().difference(from: one, to: values(2, shift: 0.01))
    #expect(!chance.isSignificant)
    #expect(chance.pValue > 0.05)
  }

  @Test func `no difference at all has a p of 1, and no values no interval`() {
    let same = Resampling().difference(from: values(1), to: values(1))
    #expect(same.estimate.interval == 0...0)
    #expect(same.pValue == 1)
    #expect(Resampling().mean(of: []) == Estimate(mean: 0, interval: 0...0))
  }

  @Test func `the frontier is what no other point beats in both`() {
    let points = [(3, 0.5), (1, 0.2), (2, 0.2), (2, 0.6), (1, 0.2), (5, 0.9)].map {
      CostQualityPoint(cost: $0.0, quality: $0.1)
    }
    #expect(points.frontier == [1, 3, 5])
    #expect([CostQualityPoint]().frontier == [])
  }
}
