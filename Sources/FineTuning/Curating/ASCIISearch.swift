import Glibc

// Finds a text in another, whatever the case of its letters.

/// A search that ignores the case of letters.
///
/// Texts of ASCII are looked for byte by byte, which is what a million examples are searched with; of
/// others, both are made lower-case first.
enum ASCIISearch {
  static func contains(_ needle: String, in text: String) -> Bool {
    guard needle.utf8.allSatisfy({ $0 < 0x80 }) else {
      return text.lowercased().firstRange(of: needle.lowercased()) != nil
    }
    var text = text
    return text.withUTF8 { contains(needle, in: UnsafeRawBufferPointer($0)) }
  }

  /// - Parameter needle: of ASCII.
  static func contains(_ needle: String, in text: UnsafeRawBufferPointer) -> Bool {
    let needle = needle.utf8.map(lowered)
    guard let first = needle.first else { return true }
    let count = needle.count
    guard text.count >= count else { return false }
    let other = (0x61...0x7A).contains(first) ? first & ~0x20 : first
    return needle.withUnsafeBufferPointer { needle in
      var place = 0
      let last = text.count - count
      while place <= last {
        let byte = text[place]
        if byte == first || byte == other {
          var length = 1
          while length < count, lowered(text[place + length]) == needle[length] { length += 1 }
          if length == count { return true }
        }
        place += 1
      }
      return false
    }
  }

  /// Whether a text that ends with a bracket stands in another as it is.
  static func containsExactly(_ needle: StaticString, in text: UnsafeRawBufferPointer) -> Bool {
    guard let start = text.baseAddress else { return false }
    let length = needle.utf8CodeUnitCount
    var place = 0
    // Brackets are rare in texts.
    while place < text.count,
      let found = memchr(start + place, Int32(UInt8(ascii: "[")), text.count - place)
    {
      let end = UnsafeRawPointer(found) - start + 1
      if end >= length, memcmp(start + end - length, needle.utf8Start, length) == 0 { return true }
      place = end
    }
    return false
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
