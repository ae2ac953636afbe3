import Core

// A distribution as bars of text, for reports and for the pane.

/// Bars that lie on their side, one a range of sizes; what is far above most is in the last one.
public struct HistogramChart: Hashable, Sendable {
  public let distribution: Distribution
  /// How many ranges there are at most.
  public let rows: Int

  public init(_ distribution: Distribution, rows: Int = 10) {
    self.distribution = distribution
    self.rows = max(2, rows)
  }

  /// One bar.
  public struct Bar: Hashable, Sendable {
    public var range: Range<Int>
    public var count: Int
    /// Whether it stands for all from its start on.
    public var isOpen: Bool
  }

  /// The bars from the smallest sizes on; none of no numbers.
  public var bars: [Bar] {
    guard distribution.count > 0 else { return [] }
    // Few that are very large would leave one bar for all the others.
    let high = distribution.quantile(0.98)
    let width = Self.niceWidth(of: high - distribution.least + 1, in: rows - 1)
    let first = distribution.least / width * width
    var bars: [Bar] = []
    var start = first
    while start <= high {
      let range = start..<start + width
      bars.append(Bar(range: range, count: distribution.count(in: range), isOpen: false))
      start += width
    }
    let rest = distribution.count - bars.reduce(0) { $0 + $1.count }
    if rest > 0 {
      bars.append(
        Bar(range: start..<max(start, distribution.largest) + 1, count: rest, isOpen: true))
    }
    return bars
  }

  /// The lines of the chart: range, bar, count and share.
  ///
  /// - Parameter columns: how wide a line is at most; at least 40.
  public func lines(columns: Int = 60) -> [String] {
    let bars = bars
    guard let largest = bars.map(\.count).max(), largest > 0 else { return [] }
    let names = bars.map { bar in
      bar.isOpen
        ? "\(Numbers.grouped(bar.range.lowerBound)) +"
        : bar.range.count == 1
          ? Numbers.grouped(bar.range.lowerBound)
          : "\(Numbers.grouped(bar.range.lowerBound))–\(Numbers.grouped(bar.range.upperBound - 1))"
    }
    let counts = bars.map { Numbers.grouped($0.count) }
    let shares = bars.map { Numbers.share(Double($0.count) / Double(distribution.count)) }
    func width(_ texts: [String]) -> Int { texts.map(\.count).max() ?? 0 }
    let room = max(40, columns) - width(names) - width(counts) - width(shares) - 4
    return bars.indices.map { place in
      let bar = Numbers.bar(
        Double(bars[place].count) / Double(largest), cells: max(4, room))
      // What is there is seen, however few they are.
      let shown = bar.isEmpty && bars[place].count > 0 ? "▏" : bar
      return Self.right(names[place], width(names)) + " "
        + shown + String(repeating: " ", count: max(4, room) - shown.count) + " "
        + Self.right(counts[place], width(counts)) + "  " + Self.right(shares[place], width(shares))
    }
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// 1, 2 or 5 times a power of ten, so that so many ranges cover the span.
  private static func niceWidth(of span: Int, in rows: Int) -> Int {
    var unit = 1
    while true {
      for factor in [1, 2, 5]
      where (unit * factor).multipliedReportingOverflow(by: rows).overflow
        || unit * factor * rows >= span
      {
        return unit * factor
      }
      unit *= 10
    }
  }
}
