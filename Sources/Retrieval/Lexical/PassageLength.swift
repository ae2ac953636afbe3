// The length of a passage in one byte: exact while it is short, then within three percent.

enum PassageLength {
  /// The byte of a length; 0 is kept for passages that aren't there.
  static func code(_ length: Int) -> UInt8 {
    guard length >= 32 else { return UInt8(max(length, 1)) }
    let exponent = length.bitWidth - length.leadingZeroBitCount - 5
    let code = 32 + (exponent - 1) * 16 + (length >> exponent) - 16
    return UInt8(min(code, 255))
  }

  /// The length that a byte stands for: the middle of those that have it.
  static func length(_ code: UInt8) -> Int {
    guard code >= 32 else { return Int(code) }
    let exponent = Int(code - 32) / 16 + 1
    return (16 + Int(code - 32) % 16) << exponent + 1 << (exponent - 1)
  }
}
