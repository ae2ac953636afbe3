// Where a term stands in a segment: the passages, and how often in each. A list is
//
//   a directory: for each full block of 128 postings 16 bytes: the last passage (4 bytes), where
//     the block begins (4), and up to 4 peaks (frequency and length, a byte each);
//   the blocks: a byte with the width of passages, one with that of frequencies, then the gaps
//     between passages, and the frequencies, each less 1 and packed in so many bits;
//   the rest of less than 128 postings: the gap less 1 as a variable-length number of 7 bits a byte,
//     and the frequency in a byte.
//
// Passages are counted from the segment's first. A peak is a posting that no other in the block beats
// in both frequency and length, so that the best of the peaks bounds the scores of the block,
// whatever the average length has become since.

import GRDB

/// A list as it is stored, and what of it is decoded at the moment.
final class PostingList {
  static let blockSize = 128
  static let entrySize = 16
  /// Bytes behind the data that may be read, and mean nothing.
  static let padding = 8

  /// The error for a list that can't be one.
  private static let damage = DatabaseError(resultCode: .SQLITE_CORRUPT)

  /// Postings.
  let count: Int
  /// Blocks, the rest included.
  let blockCount: Int
  private let fullBlocks: Int
  private let data: UnsafeMutableRawBufferPointer
  private let size: Int
  private let restStart: Int

  /// The passages of the decoded block, in order.
  let passages: UnsafeMutablePointer<UInt32>
  /// The frequencies of the decoded block.
  let frequencies: UnsafeMutablePointer<UInt8>
  /// The decoded block; -1 at first.
  private(set) var block = -1
  /// Postings in the decoded block.
  private(set) var filled = 0
  private var restLast: UInt32 = 0

  /// Throws a `DatabaseError` for bytes that can't be a list.
  ///
  /// - Parameter span: passages of the list are less than this.
  init(_ stored: UnsafeRawBufferPointer, count: Int, span: Int) throws {
    self.count = count
    fullBlocks = count / Self.blockSize
    blockCount = fullBlocks + (count % Self.blockSize > 0 ? 1 : 0)
    size = stored.count
    data = .allocate(byteCount: stored.count + Self.padding, alignment: 8)
    data.copyMemory(from: stored)
    data[stored.count...].initializeMemory(as: UInt8.self, repeating: 0)
    passages = .allocate(capacity: Self.blockSize)
    frequencies = .allocate(capacity: Self.blockSize)
    guard count > 0, fullBlocks <= stored.count / Self.entrySize, span <= UInt32.max else {
      restStart = 0
      throw Self.damage
    }
    if fullBlocks == 0 {
      restStart = 0
    } else {
      let start = Int(
        data.loadUnaligned(fromByteOffset: (fullBlocks - 1) * Self.entrySize + 4, as: UInt32.self))
      guard fullBlocks * Self.entrySize <= start, start + 2 <= stored.count else {
        restStart = 0
        throw Self.damage
      }
      let bits = Int(data[start]) + Int(data[start + 1])
      restStart = start + 2 + BitPacking.bytes(Self.blockSize, width: bits)
    }
    guard restStart <= stored.count else { throw Self.damage }
    if blockCount > fullBlocks {
      try decode(fullBlocks)
      restLast = passages[filled - 1]
    }
    guard last(of: blockCount - 1) < span else { throw Self.damage }
  }

  deinit {
    data.deallocate()
    passages.deallocate()
    frequencies.deallocate()
  }

  /// The last passage of a block.
  @inline(__always)
  func last(of block: Int) -> UInt32 {
    block == fullBlocks
      ? restLast : data.loadUnaligned(fromByteOffset: block &* Self.entrySize, as: UInt32.self)
  }

  /// The peaks of a full block; nil for the rest.
  func peaks(of block: Int) -> Peaks? {
    guard block < fullBlocks else { return nil }
    return Peaks(
      bytes: data.loadUnaligned(fromByteOffset: block * Self.entrySize + 8, as: UInt64.self))
  }

  /// Decodes a block, where that hasn't been done.
  func decode(_ wanted: Int) throws {
    guard wanted != block else { return }
    block = -1
    var last = wanted == 0 ? -1 : Int(self.last(of: wanted - 1))
    if wanted < fullBlocks {
      let entry = wanted * Self.entrySize
      let start = Int(data.loadUnaligned(fromByteOffset: entry + 4, as: UInt32.self))
      guard start + 2 <= size else { throw Self.damage }
      let (gapWidth, frequencyWidth) = (Int(data[start]), Int(data[start + 1]))
      let gapBytes = BitPacking.bytes(Self.blockSize, width: gapWidth)
      let frequencyBytes = BitPacking.bytes(Self.blockSize, width: frequencyWidth)
      guard gapWidth <= 32, frequencyWidth <= 8, start + 2 + gapBytes + frequencyBytes <= size,
        let base = data.baseAddress
      else { throw Self.damage }
      let gaps = UnsafeRawPointer(base + start + 2)
      for place in 0..<Self.blockSize {
        last &+= Int(BitPacking.number(place, of: gaps, width: gapWidth)) &+ 1
        passages[place] = UInt32(truncatingIfNeeded: last)
      }
      let packed = gaps + gapBytes
      for place in 0..<Self.blockSize {
        let number = BitPacking.number(place, of: packed, width: frequencyWidth)
        frequencies[place] = UInt8(truncatingIfNeeded: number &+ 1)
      }
      // No number is negative, so when the sum is right, those before are in order.
      guard last == Int(self.last(of: wanted)) else { throw Self.damage }
      filled = Self.blockSize
    } else {
      filled = try decodeRest(after: last)
    }
    block = wanted
  }

  private func decodeRest(after last: Int) throws -> Int {
    var last = last
    var position = restStart
    let rest = count % Self.blockSize
    for place in 0..<rest {
      var gap = 0
      var shift = 0
      var byte: UInt8 = 0x80
      while byte & 0x80 != 0 {
        guard position < size, shift < 32 else { throw Self.damage }
        byte = data[position]
        gap |= Int(byte & 0x7F) << shift
        shift += 7
        position += 1
      }
      last += gap + 1
      guard position < size, last < Int(UInt32.max) else { throw Self.damage }
      passages[place] = UInt32(last)
      frequencies[place] = data[position]
      position += 1
    }
    return rest
  }
}

/// Up to four postings of a block that no other beats in both frequency and length.
struct Peaks {
  /// A frequency and the code of a length, four times; where the frequency is 0, there is none.
  let bytes: UInt64

  /// The most that a posting of the block can add to a score.
  func bound(weight: Float, dampings: UnsafePointer<Float>) -> UInt32 {
    var bound: UInt32 = 0
    var rest = bytes
    while rest & 0xFF != 0 {
      let contribution = BM25.contribution(
        weight: weight, frequency: UInt8(truncatingIfNeeded: rest),
        damping: dampings[Int(rest >> 8 & 0xFF)])
      bound = max(bound, contribution)
      rest >>= 16
    }
    return bound
  }
}
