// Bytes looked for within others, in a time that grows with the sum of both: Knuth, Morris and Pratt,
// Fast Pattern Matching in Strings, 1977.

/// What is looked for; valid as long as its bytes are.
struct BytePattern {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Of each of its beginnings, the length of the longest shorter one that it ends with.
  private let borders: [Int32]

  /// - Parameter bytes: at least one.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var borders = [Int32](repeating: 0, count: bytes.count)
    var length = 0
    for index in bytes.indices.dropFirst() {
      while length > 0, bytes[index] != bytes[length] { length = Int(borders[length - 1]) }
      if bytes[index] == bytes[length] { length += 1 }
      borders[index] = Int32(length)
    }
    self.borders = borders
  }

  /// Where it begins for the first time, at or after an offset.
  func find(in whole: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int? {
    var length = 0
    var index = offset
    while index < whole.count {
      while length > 0, whole[index] != bytes[length] { length = Int(borders[length - 1]) }
      if whole[index] == bytes[length] { length += 1 }
      index += 1
      if length == bytes.count { return index - length }
    }
    return nil
  }
}
