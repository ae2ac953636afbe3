import Core
import Glibc

// How sure one can be of a quantile, whatever the values' distribution: the interval between two of
// the ordered values, whose places follow from the binomial distribution (G. J. Hahn and W. Q. Meeker,
// Statistical Intervals, 1991, section 5.2).

/// Quantiles with the intervals in which they are at least 95 times of 100.
public enum QuantileInterval {
  /// The quantile of values; nil for none. Where there are too few values for an end, it is the least or
  /// the largest of them.
  public static func estimate(_ share: Double, of values: [Double]) -> Estimate? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let count = sorted.count
    let place = min(count - 1, Int(Double(count) * share))
    var low = 0
    var high = count - 1
    var cumulative = 0.0
    let base = logFactorial(count)
    for successes in 0...count {
      let (a, b) = (Double(successes), Double(count - successes))
      cumulative += exp(
        base - logFactorial(successes) - logFactorial(count - successes) + a * log(share)
          + b * log(1 - share))
      if cumulative <= 0.025 { low = min(successes, place) }
      if cumulative >= 0.975 {
        high = max(min(successes, count - 1), place)
        break
      }
    }
    return Estimate(mean: sorted[place], interval: sorted[low]...sorted[high])
  }
}
