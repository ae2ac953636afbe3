// How sure one can be of a mean over queries, and of the difference of two: the percentile bootstrap
// and the sign-flip permutation test (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
// chapters 13 and 15). Seeded, so that the same numbers give the same answer.

/// A mean with the interval in which it is 95 times of 100.
public struct Estimate: Hashable, Sendable {
  public var mean: Double
  public var interval: ClosedRange<Double>

  public init(mean: Double, interval: ClosedRange<Double>) {
    self.mean = mean
    self.interval = interval
  }
}

/// The difference of two settings over the same queries.
public struct PairedDifference: Hashable, Sendable {
  /// Of the second over the first.
  public var estimate: Estimate
  /// How often a difference as large comes about when there is none.
  public var pValue: Double

  /// Whether the interval leaves out 0, and few random signs give as much: of a handful of queries the
  /// interval alone would say so too soon.
  public var isSignificant: Bool { !estimate.interval.contains(0) && pValue <= 0.05 }
}

/// Estimates from values that are one a query.
public struct Resampling: Sendable {
  private let seed: UInt64
  private let samples: Int

  /// - Parameter samples: how many times it is drawn anew.
  public init(seed: UInt64 = 1, samples: Int = 2000) {
    self.seed = seed
    self.samples = samples
  }

  /// The mean of the values, with its interval; 0 where there are none.
  public func mean(of values: [Double]) -> Estimate {
    ratio(of: values.map { ($0, 1) })
  }

  /// The mean of values that come in clusters, such as the repeats of one case: whole clusters are drawn
  /// anew, and the mean is that of all values in those drawn.
  ///
  /// - Parameter clusters: the sum and the number of the values of each.
  public func ratio(of clusters: [(sum: Double, count: Double)]) -> Estimate {
    let count = clusters.reduce(0) { $0 + $1.count }
    guard count > 0 else { return Estimate(mean: 0, interval: 0...0) }
    var ratios: [Double] = []
    ratios.reserveCapacity(samples)
    forEachSample(of: clusters.count) { draws in
      var (sum, weight) = (0.0, 0.0)
      for index in draws {
        sum += clusters[index].sum
        weight += clusters[index].count
      }
      ratios.append(weight > 0 ? sum / weight : 0)
    }
    ratios.sort()
    let low = ratios[Int(0.025 * Double(samples))]
    let high = ratios[min(Int(0.975 * Double(samples)), samples - 1)]
    let mean = clusters.reduce(0) { $0 + $1.sum } / count
    return Estimate(mean: mean, interval: low...high)
  }

  /// Calls back with what each sample draws: as many places as there are, from 0, some of them more
  /// than once.
  public func forEachSample(of count: Int, _ body: ([Int]) -> Void) {
    var random = SplitMix64(seed: seed)
    var draws = Array(repeating: 0, count: count)
    for _ in 0..<samples {
      for place in draws.indices { draws[place] = random.next(below: UInt64(count)) }
      body(draws)
    }
  }

  /// How much the second values are above the first of the same queries.
  public func difference(from first: [Double], to second: [Double]) -> PairedDifference {
    let differences = zip(first, second).map { $1 - $0 }
    let estimate = mean(of: differences)
    return PairedDifference(estimate: estimate, pValue: pValue(of: differences))
  }

  /// Two-sided: the share of random signs that give a mean as far from 0, the given one included.
  private func pValue(of differences: [Double]) -> Double {
    var random = SplitMix64(seed: seed)
    let observed = abs(differences.reduce(0, +))
    // Sums of the same numbers in another order differ in their last digits.
    let threshold = observed * (1 - 1e-12)
    var count = 1
    for _ in 0..<samples {
      var signs: UInt64 = 0
      var sum = 0.0
      for (index, difference) in differences.enumerated() {
        if index % 64 == 0 { signs = random.next() }
        sum += signs & 1 == 0 ? difference : -difference
        signs >>= 1
      }
      if abs(sum) >= threshold { count += 1 }
    }
    return Double(count) / Double(samples + 1)
  }

}

/// SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
private struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number below a bound; the bias of less than 2^-32 counts for nothing here.
  mutating func next(below bound: UInt64) -> Int {
    Int(next().multipliedFullWidth(by: bound).high)
  }
}
