// How much two texts agree, as a number: the share of their words that both have in the same order.
// It weighs every word alike, and knows nothing of what they mean.

/// The words that two texts have in common.
///
/// Words and signs count, white space doesn't; a word is the same one only when it is written with the
/// same bytes. What both texts share is the longest sequence of words that stands in both in this
/// order, whatever stands between them.
public struct Agreement: Hashable, Sendable {
  /// Words of the longest common sequence.
  public let commonCount: Int
  /// Words of the two texts.
  public let firstCount, secondCount: Int

  /// - Parameter effort: in steps of the comparison, each for 64 words of one text and one word of
  ///   the other; nil comes back for texts that take more.
  public init?(_ first: String, _ second: String, effort: Int = Agreement.standardEffort) {
    guard first.utf8.count + second.utf8.count <= Self.mostBytes else { return nil }
    var names = DiffTokens.Names()
    let words = [first, second].map { names.of(DiffTokens.words(of: $0).filter { !$0.isBlank }) }
    guard
      let count = CommonSequence.length(of: words[0], and: words[1], effort: effort)
    else { return nil }
    (commonCount, firstCount, secondCount) = (count, words[0].count, words[1].count)
  }

  /// Enough for two texts of 100,000 words that have nothing in common.
  public static let standardEffort = 160_000_000

  /// Bytes of both texts that are cut into words at most.
  private static let mostBytes = 8_000_000

  /// From 0, where nothing is common, to 1, where all is: twice the common words by the words of
  /// both (the coefficient of Dice). Two texts without words agree.
  public var share: Double {
    let count = firstCount + secondCount
    return count == 0 ? 1 : 2 * Double(commonCount) / Double(count)
  }

  /// `share` in percent; 100 is kept for texts that agree in all words, 0 for those that share none.
  public var percent: Int {
    let percent = Int((share * 100).rounded())
    if percent == 100, share < 1 { return 99 }
    return percent == 0 && share > 0 ? 1 : percent
  }
}

extension Substring {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

/// The longest common subsequence, by its length: a row of the table of lengths is kept as the bits
/// of a number, 64 columns a word (Heikki Hyyrö, "Bit-Parallel LCS-length Computation Revisited",
/// AWOCA 2004).
private enum CommonSequence {
  static func length(of first: [Int], and second: [Int], effort: Int) -> Int? {
    var start = 0
    let shorter = min(first.count, second.count)
    while start < shorter, first[start] == second[start] { start += 1 }
    var end = 0
    while end < shorter - start, first[first.count - 1 - end] == second[second.count - 1 - end] {
      end += 1
    }
    let columns = first[start..<first.count - end]
    let rows = second[start..<second.count - end]
    guard !columns.isEmpty, !rows.isEmpty else { return start + end }
    let wordCount = (columns.count + 63) / 64
    guard rows.count <= effort / wordCount else { return nil }

    var places: [Int: [Int]] = [:]
    for (place, name) in columns.enumerated() { places[name, default: []].append(place) }
    // A zero is a place at which the common sequence grows by one.
    var row = [UInt64](repeating: .max, count: wordCount)
    var matches = [UInt64](repeating: 0, count: wordCount)
    for name in rows {
      guard let found = places[name] else { continue }
      for place in found { matches[place / 64] |= 1 << UInt64(place % 64) }
      var carry: UInt64 = 0
      for word in 0..<wordCount {
        let both = row[word] & matches[word]
        let (sum, overflow) = row[word].addingReportingOverflow(both)
        let (carried, carryOverflow) = sum.addingReportingOverflow(carry)
        carry = overflow || carryOverflow ? 1 : 0
        row[word] = carried | (row[word] & ~matches[word])
      }
      for place in found { matches[place / 64] = 0 }
    }
    // Beyond the last column the bits of the last word are not of the table.
    let unused = wordCount * 64 - columns.count
    row[wordCount - 1] |= unused == 0 ? 0 : UInt64.max << UInt64(64 - unused)
    return start + end + row.reduce(0) { $0 + (~$1).nonzeroBitCount }
  }
}
