// Numbers of the same few bits each, one behind the other, the lowest bit first.

enum BitPacking {
  /// The bits that the largest of some numbers needs.
  static func width(_ largest: UInt32) -> Int { 32 - largest.leadingZeroBitCount }

  static func bytes(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }

  static func pack(
    _ places: Range<Int>, width: Int, to bytes: inout [UInt8], _ number: (Int) -> UInt32
  ) {
    var bits: UInt64 = 0
    var filled = 0
    for place in places {
      bits |= UInt64(number(place)) << UInt64(filled)
      filled += width
      while filled >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        filled -= 8
      }
    }
    if filled > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
  }

  /// The number at a place.
  ///
  /// Reads 8 bytes from where it begins, so as many must follow the last one.
  @inline(__always)
  static func number(_ place: Int, of packed: UnsafeRawPointer, width: Int) -> UInt32 {
    let bit = place &* width
    let word = (packed + bit >> 3).loadUnaligned(as: UInt64.self).littleEndian
    return UInt32(truncatingIfNeeded: (word &>> UInt64(bit & 7)) & (1 &<< UInt64(width) &- 1))
  }
}
