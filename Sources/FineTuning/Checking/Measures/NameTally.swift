// How often names come: classes and tools. A file may have any number of them.

/// Names with how often each was counted; past a number of different ones only that there were more.
public struct NameTally: Hashable, Sendable {
  /// Different names that are told apart.
  public static let mostNames = 1000

  public private(set) var counts: [String: Int] = [:]
  /// Of names past `mostNames`.
  public private(set) var others = 0

  public init() {}

  public mutating func add(_ name: String, count: Int = 1) {
    // A name is kept whole where it is one; a hostile one is cut.
    let name = name.utf8.count > 100 ? String(name.prefix(100)) : name
    if let known = counts[name] {
      counts[name] = known + count
    } else if counts.count < Self.mostNames {
      counts[name] = count
    } else {
      others += count
    }
  }

  public mutating func merge(_ other: NameTally) {
    for (name, count) in other.counts.sorted(by: { $0.key < $1.key }) { add(name, count: count) }
    others += other.others
  }

  public var total: Int { others + counts.values.reduce(0, +) }

  /// The most frequent first; of equal ones in the order of the alphabet.
  public var ranked: [(name: String, count: Int)] {
    counts.map { (name: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
  }
}
