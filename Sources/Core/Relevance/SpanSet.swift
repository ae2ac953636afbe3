// Stretches of one document, each byte counted once.

/// A set of bytes as ranges that neither overlap nor touch, in order.
public struct SpanSet: Hashable, Sendable {
  public private(set) var spans: [Range<Int>] = []

  public init(_ spans: some Sequence<Range<Int>> = []) {
    for span in spans { insert(span) }
  }

  /// The number of bytes.
  public var count: Int { spans.reduce(0) { $0 + $1.count } }

  public mutating func insert(_ span: Range<Int>) {
    guard !span.isEmpty else { return }
    let start = spans.partitioningIndex { $0.upperBound >= span.lowerBound }
    let end = spans.partitioningIndex { $0.lowerBound > span.upperBound }
    let joined = spans[start..<end].reduce(span) { joined, other in
      min(joined.lowerBound, other.lowerBound)..<max(joined.upperBound, other.upperBound)
    }
    spans.replaceSubrange(start..<end, with: CollectionOfOne(joined))
  }

  /// The stretches of the set that are in a range.
  public func intersection(with range: Range<Int>) -> [Range<Int>] {
    let start = spans.partitioningIndex { $0.upperBound > range.lowerBound }
    return spans[start...].prefix { $0.lowerBound < range.upperBound }.map { $0.clamped(to: range) }
      .filter { !$0.isEmpty }
  }
}

extension Array {
  /// The first index from which on all elements fulfil a condition; those before it must not.
  fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
