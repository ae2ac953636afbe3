// A number for a content, taken as it is read.

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv). It tells a touched file from a
/// changed one; it is no defence against anyone.
struct ContentDigest {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// As it is stored.
  var value: Int { Int(truncatingIfNeeded: state) }

  mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { update($0) }
  }

  mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    var state = state
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    self.state = state
  }

  /// A text, told apart from the ones before and after it.
  mutating func update(_ text: String) {
    update(Array(text.utf8) + [0])
  }

  static func of(_ bytes: [UInt8]) -> Int {
    var digest = ContentDigest()
    digest.update(bytes)
    return digest.value
  }
}
