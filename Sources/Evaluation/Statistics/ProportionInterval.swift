import Glibc

// How sure one can be of a rate: the score interval (E. B. Wilson, Journal of the American Statistical
// Association 22, 1927), which holds for few cases and for rates near 0 and 1, too.

/// Rates with the intervals in which they are 95 times of 100.
public enum ProportionInterval {
  /// The two-sided quantile of the normal distribution at 95 %.
  static let quantile = 1.959963984540054

  /// - Parameters:
  ///   - count: of successes.
  ///   - total: of trials; without any, every rate is as likely.
  public static func wilson(_ count: Int, of total: Int) -> ClosedRange<Double> {
    wilson(rate: total > 0 ? Double(count) / Double(total) : 0, size: Double(total))
  }

  /// - Parameter size: how many independent trials the rate rests on; need not be whole.
  static func wilson(rate: Double, size: Double) -> ClosedRange<Double> {
    guard size > 0 else { return 0...1 }
    let z = quantile
    let denominator = 1 + z * z / size
    let centre = (rate + z * z / (2 * size)) / denominator
    let half =
      z * sqrt(rate * (1 - rate) / size + z * z / (4 * size * size)) / denominator
    return max(0, centre - half)...min(1, max(centre + half, max(0, centre - half)))
  }

  /// The rate of trials that come in clusters, such as the repeats of one case: those of a cluster are
  /// alike, so that they count for less than as many of different cases.
  ///
  /// The rate's variance is that of the ratio of cluster sums (Cochran, Sampling Techniques, 1977,
  /// section 3.12, with n / (n - 1)); Wilson's interval is then of as many independent trials as have
  /// that variance. Where no variance shows, a cluster counts as one trial.
  ///
  /// - Parameter clusters: successes and trials of each; those without trials count for nothing.
  public static func wilson(clusters: [(count: Int, total: Int)]) -> ClosedRange<Double> {
    let clusters = clusters.filter { $0.total > 0 }
    let total = clusters.reduce(0) { $0 + $1.total }
    let count = clusters.reduce(0) { $0 + $1.count }
    guard total > 0 else { return 0...1 }
    if clusters.allSatisfy({ $0.total == 1 }) { return wilson(count, of: total) }
    let rate = Double(count) / Double(total)
    let number = Double(clusters.count)
    guard clusters.count > 1 else { return wilson(rate: rate, size: 1) }
    let squares = clusters.reduce(0.0) { sum, cluster in
      let residual = Double(cluster.count) - rate * Double(cluster.total)
      return sum + residual * residual
    }
    let variance = squares * number / (number - 1) / (Double(total) * Double(total))
    let size = variance > 0 ? rate * (1 - rate) / variance : number
    return wilson(rate: rate, size: min(max(size, 1), Double(total)))
  }
}
