// Finds examples that are too much alike among millions: what is the same by sorting hashes, what is
// near by sorting bands of signatures. It keeps fingerprints, no texts.

/// How like is too like.
public struct LikenessSettings: Hashable, Sendable {
  /// The least estimated Jaccard similarity of near texts, from 0 to 1, over pairs of words: at 0.65, a
  /// text of 60 words may differ from another in 6.
  public var threshold: Double

  public init(threshold: Double = 0.65) { self.threshold = threshold }
}

/// The fingerprints of a check, in the order of their lines: 192 bytes each.
public struct LikenessIndex: Sendable {
  struct Entry {
    var fingerprint: ExampleFingerprint
    var line: UInt32
    var group: ExampleGroup
  }

  public let settings: LikenessSettings
  /// In chunks: a list that grows by doubling would need its memory three times.
  private var chunks: [[Entry]] = []
  public private(set) var count = 0
  private static let chunkSize = 1024

  public init(settings: LikenessSettings = LikenessSettings()) { self.settings = settings }

  /// Adds an example. A group's examples are added in the order of their lines, groups in any order.
  public mutating func append(
    _ fingerprint: ExampleFingerprint, line: Int, group: ExampleGroup = .training
  ) {
    if count % Self.chunkSize == 0 {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.chunkSize)
    }
    chunks[chunks.count - 1].append(
      Entry(fingerprint: fingerprint, line: UInt32(clamping: line), group: group))
    count += 1
  }

  /// Adds the examples that follow these.
  public mutating func merge(_ later: LikenessIndex) {
    for chunk in later.chunks {
      for entry in chunk {
        append(entry.fingerprint, line: Int(entry.line), group: entry.group)
      }
    }
  }

  /// What is alike: each example's first and gravest likeness, in the order of the examples.
  public func finish() -> [LikenessMatch] {
    var matches: [LikenessMatch] = []
    finish { matches.append($0) }
    return matches
  }

  /// Gives what is alike, one after the other, where a list of it might be too long.
  public func finish(_ take: (LikenessMatch) -> Void) {
    guard count > 1 else { return }
    var search = LikenessSearch(self)
    search.findSame()
    search.findNear()
    search.give(take)
  }

  @inline(__always)
  subscript(_ place: Int) -> Entry {
    _read { yield chunks[place / Self.chunkSize][place % Self.chunkSize] }
  }
}
