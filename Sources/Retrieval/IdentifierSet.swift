// A set of rows of a table, small enough to hold all of a large one.

/// Identifiers of rows in a database, a bit each: millions of them take little.
struct IdentifierSet {
  private var words: [UInt64] = []

  func contains(_ id: Int64) -> Bool {
    let (word, bit) = Self.place(id)
    return words.indices.contains(word) && words[word] & bit != 0
  }

  /// Whether it wasn't in the set before.
  mutating func insert(_ id: Int64) -> Bool {
    let (word, bit) = Self.place(id)
    if word >= words.count {
      words += [UInt64](repeating: 0, count: word + 1 - words.count)
    }
    defer { words[word] |= bit }
    return words[word] & bit == 0
  }

  /// SQLite counts rows from 1.
  private static func place(_ id: Int64) -> (word: Int, bit: UInt64) {
    (Int(max(id, 0) >> 6), 1 << UInt64(max(id, 0) & 63))
  }
}
