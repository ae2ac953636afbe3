// Amounts of money, counted exactly: a budget must not be crossed by what rounding hides.

/// An amount of US dollars, in millionths of a millionth.
public struct Money: Hashable, Sendable, Comparable {
  /// 10⁻¹² dollars, so that the price of one token is a whole number.
  public var picodollars: Int

  public init(picodollars: Int) { self.picodollars = picodollars }

  /// The nearest amount; the largest or smallest there is for what is beyond them.
  public init(dollars: Double) {
    let picodollars = (dollars * 1e12).rounded()
    self.picodollars =
      picodollars.isNaN ? 0 : Int(exactly: picodollars) ?? (picodollars < 0 ? .min : .max)
  }

  public static let zero = Money(picodollars: 0)

  public var dollars: Double { Double(picodollars) / 1e12 }

  public static func < (a: Money, b: Money) -> Bool { a.picodollars < b.picodollars }

  /// The sum; the largest or smallest amount there is for what is beyond them.
  public static func + (a: Money, b: Money) -> Money {
    let (sum, overflow) = a.picodollars.addingReportingOverflow(b.picodollars)
    return Money(picodollars: overflow ? (b.picodollars < 0 ? .min : .max) : sum)
  }

  public static func - (a: Money, b: Money) -> Money {
    let (difference, overflow) = a.picodollars.subtractingReportingOverflow(b.picodollars)
    return Money(picodollars: overflow ? (b.picodollars < 0 ? .max : .min) : difference)
  }

  public static func += (a: inout Money, b: Money) { a = a + b }

  /// The amount so many times.
  public static func * (money: Money, count: Int) -> Money {
    let (product, overflow) = money.picodollars.multipliedReportingOverflow(by: count)
    let isNegative = (money.picodollars < 0) != (count < 0)
    return Money(picodollars: overflow ? (isNegative ? .min : .max) : product)
  }
}
