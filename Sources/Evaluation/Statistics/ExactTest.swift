import Glibc

// Whether what differs between two variants may be chance: the exact test for pairs (Q. McNemar,
// Psychometrika 12, 1947), in which only the cases count on which the two disagree.

/// Probabilities that need no approximation.
public enum ExactTest {
  /// How often two variants that are as good as each other disagree as much or more.
  ///
  /// - Parameters:
  ///   - gained: cases that only the second passes.
  ///   - lost: cases that only the first passes.
  public static func mcnemar(gained: Int, lost: Int) -> Double {
    let total = gained + lost
    guard total > 0 else { return 1 }
    return min(1, 2 * lowerTail(min(gained, lost), of: total))
  }

  /// How often a fair coin shows at most so many heads.
  private static func lowerTail(_ count: Int, of total: Int) -> Double {
    let base = logFactorial(total) - Double(total) * M_LN2
    return (0...count).reduce(0) { sum, heads in
      sum + exp(base - logFactorial(heads) - logFactorial(total - heads))
    }
  }
}

/// How many cases a comparison needs until it can tell, four times of five, at 5 %.
public enum SampleSize {
  /// The two-sided quantile at 5 %, and that of a power of 80 %.
  private static let (alpha, power) = (1.959963984540054, 0.8416212335729143)

  /// For a rate, by the cases on which two variants disagree (R. J. Connor, Biometrics 43, 1987); nil
  /// where no difference shows.
  ///
  /// - Parameter total: all cases that were compared.
  public static func pairs(gained: Int, lost: Int, of total: Int) -> Int? {
    guard total > 0, gained != lost else { return nil }
    let disagreement = Double(gained + lost) / Double(total)
    let difference = Double(gained - lost) / Double(total)
    let root =
      alpha * sqrt(disagreement)
      + power * sqrt(max(0, disagreement - difference * difference))
    return whole(root * root / (difference * difference))
  }

  /// For the mean of a difference; nil where none shows.
  public static func mean(difference: Double, deviation: Double) -> Int? {
    guard difference != 0, deviation > 0 else { return nil }
    let root = (alpha + power) * deviation / difference
    return whole(root * root)
  }

  private static func whole(_ number: Double) -> Int? {
    Int(exactly: number.rounded(.up))
  }
}
