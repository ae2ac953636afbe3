// How reliable a variant is that passes now and fails then: pass^k, the chance that it passes k times
// out of k (S. Yao et al., tau-bench, 2024), estimated without bias from n askings of each case, of
// which c passed, as the mean of C(c, k) / C(n, k).

/// Chances over several askings of each case.
public enum RepeatedPasses {
  /// pass^k: that all of k askings pass; nil where no case was asked so often.
  ///
  /// - Parameter cases: how often each passed, and was asked.
  public static func all(_ k: Int, of cases: [(passed: Int, asked: Int)]) -> Double? {
    mean(cases.filter { $0.asked >= k }.map { chance(k, of: $0.passed, in: $0.asked) })
  }

  /// pass@k: that any of k askings passes (M. Chen et al., Evaluating Large Language Models Trained on
  /// Code, 2021); nil where no case was asked so often.
  public static func any(_ k: Int, of cases: [(passed: Int, asked: Int)]) -> Double? {
    mean(
      cases.filter { $0.asked >= k }.map { 1 - chance(k, of: $0.asked - $0.passed, in: $0.asked) })
  }

  /// The chance that k that are drawn of some are all among certain ones of them.
  private static func chance(_ k: Int, of certain: Int, in total: Int) -> Double {
    guard certain >= k else { return 0 }
    return (0..<k).reduce(1.0) { $0 * Double(certain - $1) / Double(total - $1) }
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
