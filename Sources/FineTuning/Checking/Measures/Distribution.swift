// How numbers are spread, in memory that does not grow with how many there are.

/// Whole numbers from 0, counted by size: exactly below 4,096, above in steps of a two-thousandth (the
/// buckets of Tene's HdrHistogram).
public struct Distribution: Hashable, Sendable {
  /// By `bucket`, as far as any were counted.
  private var buckets: [Int] = []
  public private(set) var count = 0
  public private(set) var sum = 0
  /// The least and the largest; 0 of none.
  public private(set) var least = 0
  public private(set) var largest = 0

  public init() {}

  public mutating func add(_ value: Int) {
    let value = max(0, value)
    let bucket = Self.bucket(of: value)
    if bucket >= buckets.count {
      buckets.append(contentsOf: repeatElement(0, count: bucket + 1 - buckets.count))
    }
    buckets[bucket] += 1
    least = count == 0 ? value : min(least, value)
    largest = max(largest, value)
    count += 1
    sum += value
  }

  /// Adds all that another counted.
  public mutating func merge(_ other: Distribution) {
    guard other.count > 0 else { return }
    if other.buckets.count > buckets.count {
      buckets.append(contentsOf: repeatElement(0, count: other.buckets.count - buckets.count))
    }
    for (bucket, count) in other.buckets.enumerated() where count > 0 { buckets[bucket] += count }
    least = count == 0 ? other.least : min(least, other.least)
    largest = max(largest, other.largest)
    count += other.count
    sum += other.sum
  }

  /// The mean; 0 of none.
  public var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

  /// The least number that so large a share of all are not above (the nearest-rank method); 0 of none.
  ///
  /// - Parameter share: from 0 to 1.
  public func quantile(_ share: Double) -> Int {
    guard count > 0 else { return 0 }
    let rank = max(1, Int((share * Double(count)).rounded(.up)))
    var seen = 0
    for (bucket, count) in buckets.enumerated() {
      seen += count
      if seen >= rank { return min(max(Self.start(of: bucket), least), largest) }
    }
    return largest
  }

  public var median: Int { quantile(0.5) }

  /// How many numbers are in a range, which is taken to begin and end where buckets do.
  public func count(in range: Range<Int>) -> Int {
    let first = Self.bucket(of: max(0, range.lowerBound))
    let end = min(buckets.count, Self.bucket(of: max(0, range.upperBound)))
    return first < end ? buckets[first..<end].reduce(0, +) : 0
  }

  private static func bucket(of value: Int) -> Int {
    guard value >= 4096 else { return value }
    let shift = Int.bitWidth - 12 - value.leadingZeroBitCount
    return 4096 + (shift - 1) * 2048 + (value >> shift) - 2048
  }

  private static func start(of bucket: Int) -> Int {
    guard bucket >= 4096 else { return bucket }
    let shift = (bucket - 4096) / 2048 + 1
    return ((bucket - 4096) % 2048 + 2048) << shift
  }
}
