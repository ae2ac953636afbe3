// Terms by their bytes, each with a number: a hash table that keeps the bytes in one piece of memory,
// since a segment has tens of thousands of terms, and each word of each passage is looked up.

struct TermTable {
  /// Numbers of terms by hash; -1 for a free place. A power of two of them, at most half in use.
  private var slots = [Int32](repeating: -1, count: 1 << 14)
  private var hashes: [UInt32] = []
  /// Where each term begins in `bytes`, and where the last one ends.
  private var starts: [Int] = [0]
  private var bytes: [UInt8] = []

  /// How many there are: the next one's number.
  var count: Int { hashes.count }

  /// The number of a term, which it is given when it is new.
  mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = Self.hash(term)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, isEqual(number, term) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(count)
    hashes.append(hash)
    bytes.append(contentsOf: term)
    starts.append(bytes.count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  /// The numbers of all terms, in the order of their bytes.
  func sorted() -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      (0..<count).sorted { one, other in
        bytes[starts[one]..<starts[one + 1]].lexicographicallyPrecedes(
          bytes[starts[other]..<starts[other + 1]])
      }
    }
  }

  func withBytes<Value>(
    of number: Int, _ body: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    try bytes.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[starts[number]..<starts[number + 1]]))
    }
  }

  private func isEqual(_ number: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = starts[number]..<starts[number + 1]
    guard range.count == term.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for place in 0..<term.count where bytes[range.lowerBound + place] != term[place] {
        return false
      }
      return true
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// FNV-1a.
  private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in term { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return hash
  }
}
