// One term of a query in one segment: bounds its scores without looking at postings, adds up those of
// a stretch of passages, or looks one up. It only ever goes forward.

struct TermScorer {
  private let list: PostingList
  private let weight: Float
  private let dampings: UnsafePointer<Float>
  private let lengths: UnsafePointer<UInt8>
  /// The block in which the next passage stands.
  private var block = 0
  /// Where to go on in a block, and in which.
  private var place = 0
  private var enteredBlock = -1
  /// The block whose bound is known.
  private var boundedBlock = -1
  private var blockBound: UInt32 = 0

  /// - Parameters:
  ///   - dampings: by the code of a length; see `BM25`.
  ///   - lengths: by passage, as many as the list's span.
  init(
    _ list: PostingList, weight: Float, dampings: UnsafePointer<Float>,
    lengths: UnsafePointer<UInt8>
  ) {
    self.list = list
    self.weight = weight
    self.dampings = dampings
    self.lengths = lengths
  }

  /// The most that the term adds to the score of a passage of a stretch; 0 where it has none.
  ///
  /// - Parameter start: not before that of an earlier call.
  mutating func bound(from start: UInt32, upTo end: UInt32) throws -> UInt32 {
    while block < list.blockCount, list.last(of: block) < start { block += 1 }
    var bound: UInt32 = 0
    var next = block
    while next < list.blockCount {
      if next > 0, list.last(of: next - 1) &+ 1 >= end { break }
      bound = max(bound, try self.bound(of: next))
      next += 1
    }
    return bound
  }

  private mutating func bound(of block: Int) throws -> UInt32 {
    if block == boundedBlock { return blockBound }
    if let peaks = list.peaks(of: block) {
      blockBound = peaks.bound(weight: weight, dampings: dampings)
    } else {
      try list.decode(block)
      blockBound = 0
      for place in 0..<list.filled { blockBound = max(blockBound, contribution(at: place)) }
    }
    boundedBlock = block
    return blockBound
  }

  /// Adds the term to the scores of the passages of a stretch, and marks those.
  ///
  /// - Parameters:
  ///   - scores: by passage, from the start.
  ///   - marks: a bit for each passage, from the start.
  mutating func add(
    from start: UInt32, upTo end: UInt32, to scores: UnsafeMutablePointer<UInt32>,
    marks: UnsafeMutablePointer<UInt64>
  ) throws {
    while block < list.blockCount {
      try enterBlock()
      while place < list.filled, list.passages[place] < start { place &+= 1 }
      while place < list.filled, list.passages[place] < end {
        let offset = Int(list.passages[place] &- start)
        scores[offset] &+= contribution(at: place)
        marks[offset >> 6] |= 1 &<< UInt64(offset & 63)
        place &+= 1
      }
      if place < list.filled { return }
      block += 1
      if list.last(of: block - 1) &+ 1 >= end { return }
    }
  }

  /// What the term adds to the score of a passage.
  ///
  /// - Parameter passage: not before that of an earlier call.
  mutating func contribution(to passage: UInt32) throws -> UInt32 {
    while block < list.blockCount, list.last(of: block) < passage { block &+= 1 }
    guard block < list.blockCount else { return 0 }
    try enterBlock()
    while place < list.filled, list.passages[place] < passage { place &+= 1 }
    guard place < list.filled, list.passages[place] == passage else { return 0 }
    return contribution(at: place)
  }

  /// How often the term stands in a passage, in halves.
  mutating func frequency(in passage: UInt32) throws -> UInt8 {
    try contribution(to: passage) > 0 ? list.frequencies[place] : 0
  }

  private mutating func enterBlock() throws {
    guard list.block != block || enteredBlock != block else { return }
    try list.decode(block)
    enteredBlock = block
    place = 0
  }

  @inline(__always)
  private func contribution(at place: Int) -> UInt32 {
    BM25.contribution(
      weight: weight, frequency: list.frequencies[place],
      damping: dampings[Int(lengths[Int(list.passages[place])])])
  }
}
