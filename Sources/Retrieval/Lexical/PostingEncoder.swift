// Writes posting lists; PostingList says what they look like.

/// The postings of one term, gathered and written.
struct PostingEncoder {
  private(set) var passages: [UInt32] = []
  private(set) var frequencies: [UInt8] = []
  private(set) var bytes: [UInt8] = []
  /// The shortest length for each frequency in a block.
  private var shortest = [UInt8](repeating: .max, count: 256)

  var count: Int { passages.count }

  /// - Parameter passage: larger than those before.
  mutating func append(_ passage: UInt32, frequency: UInt8) {
    passages.append(passage)
    frequencies.append(frequency)
  }

  mutating func removeAll() {
    passages.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
  }

  /// Puts the list in `bytes`.
  ///
  /// - Parameter lengths: by passage, as `PassageLength` codes them.
  mutating func encode(lengths: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    let fullBlocks = count / PostingList.blockSize
    bytes.append(contentsOf: repeatElement(0, count: fullBlocks * PostingList.entrySize))
    for block in 0..<fullBlocks { encodeBlock(block, lengths: lengths) }
    for place in fullBlocks * PostingList.blockSize..<count {
      var gap = gap(at: place)
      while gap >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: gap) | 0x80)
        gap >>= 7
      }
      bytes.append(UInt8(gap))
      bytes.append(frequencies[place])
    }
  }

  /// Passages between the one at a place and the one before.
  @inline(__always)
  private func gap(at place: Int) -> UInt32 {
    place == 0 ? passages[0] : passages[place] &- passages[place &- 1] &- 1
  }

  private mutating func encodeBlock(_ block: Int, lengths: UnsafeBufferPointer<UInt8>) {
    let places = block * PostingList.blockSize..<(block + 1) * PostingList.blockSize
    let peaks = peaks(at: places, lengths: lengths)
    let start = UInt32(bytes.count)
    let last = passages[places.upperBound - 1]
    bytes.withUnsafeMutableBytes { bytes in
      let entry = block * PostingList.entrySize
      bytes.storeBytes(of: last, toByteOffset: entry, as: UInt32.self)
      bytes.storeBytes(of: start, toByteOffset: entry + 4, as: UInt32.self)
      bytes.storeBytes(of: peaks, toByteOffset: entry + 8, as: UInt64.self)
    }
    let gapWidth = BitPacking.width(places.reduce(0) { $0 | gap(at: $1) })
    let frequencyWidth = BitPacking.width(
      places.reduce(0) { $0 | UInt32(frequencies[$1] - 1) })
    bytes.append(UInt8(gapWidth))
    bytes.append(UInt8(frequencyWidth))
    var packed = bytes
    bytes = []
    BitPacking.pack(places, width: gapWidth, to: &packed) { gap(at: $0) }
    BitPacking.pack(places, width: frequencyWidth, to: &packed) { UInt32(frequencies[$0] - 1) }
    bytes = packed
  }

  /// The largest frequency first. Of more than four, the first two become one that is as good as
  /// both.
  private mutating func peaks(
    at places: Range<Int>, lengths: UnsafeBufferPointer<UInt8>
  ) -> UInt64 {
    var largest: UInt8 = 1
    for place in places {
      let frequency = frequencies[place]
      largest = max(largest, frequency)
      let length = lengths[Int(passages[place])]
      if length < shortest[Int(frequency)] { shortest[Int(frequency)] = length }
    }
    var peaks: [(frequency: UInt8, length: UInt8)] = []
    var best: UInt8 = .max
    for frequency in stride(from: largest, through: 1, by: -1) {
      let length = shortest[Int(frequency)]
      shortest[Int(frequency)] = .max
      if length < best || peaks.isEmpty {
        peaks.append((frequency, length))
        best = length
      }
    }
    while peaks.count > 4 {
      peaks[1].frequency = peaks[0].frequency
      peaks.removeFirst()
    }
    return peaks.reversed().reduce(0) {
      $0 << 16 | UInt64($1.length) << 8 | UInt64($1.frequency)
    }
  }
}
