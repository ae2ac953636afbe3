import Glibc

// Tells a secret from what stands for one.

/// Whether a value can be a secret.
enum SecretStrength {
  /// Nil for what is no secret at all, as `sk-xxxxxxxx`; true for one that is marked as an example.
  static func isExample(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool? {
    guard distinct(bytes, range) >= 8, !isSequence(bytes, range) else { return nil }
    var has = (digit: false, small: false, capital: false, hyphen: false)
    for byte in bytes[range] {
      if ByteClass.isDigit(byte) {
        has.digit = true
      } else if ByteClass.isCapital(byte) {
        has.capital = true
      } else if ByteClass.isLetter(byte) {
        has.small = true
      } else if byte == UInt8(ascii: "-") {
        has.hyphen = true
      }
    }
    // Words with hyphens between are a name, `sk-learn-something-longer` for one.
    guard has.digit && (has.small || has.capital) || has.capital && !has.hyphen else { return nil }
    guard isStandIn(bytes, range) else { return false }
    return true
  }

  /// The bits of a byte that a value's own frequencies give (Shannon, 1948).
  static func entropy(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Double {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 256) { counts in
      counts.initialize(repeating: 0)
      for byte in bytes[range] { counts[Int(byte)] += 1 }
      let total = Double(range.count)
      var entropy = 0.0
      for count in counts where count > 0 {
        let share = Double(count) / total
        entropy -= share * log2(share)
      }
      return entropy
    }
  }

  static func distinct(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for byte in bytes[range] {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
    return low.nonzeroBitCount + high.nonzeroBitCount
  }

  /// Whether it goes up by ones, mostly: `12345678`, `abcdefgh`.
  static func isSequence(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 1 else { return false }
    var steps = 0
    for place in range.dropFirst() where bytes[place] == bytes[place - 1] &+ 1 { steps += 1 }
    return steps * 2 >= range.count
  }

  private static let standIns = [
    "example", "placeholder", "redacted", "your", "dummy", "changeme", "xxxx", "0000", "fake",
    "sample", "insert", "replace", "secret_here", "goes_here", "goeshere", "test_key",
  ].map { Array($0.utf8) }

  /// Whether it says of itself that it is none.
  static func isStandIn(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    standIns.contains { word in
      guard range.count >= word.count else { return false }
      return (range.lowerBound...range.upperBound - word.count).contains { place in
        word.indices.allSatisfy {
          let byte = bytes[place + $0]
          return (ByteClass.isCapital(byte) ? byte | 0x20 : byte) == word[$0]
        }
      }
    }
  }
}
