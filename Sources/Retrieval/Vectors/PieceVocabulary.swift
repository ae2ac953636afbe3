// The pieces that words are made of, each known by its place in a list, and found by its bytes.

/// A list of word pieces. One that begins with `##` goes on with a word that has begun.
struct PieceVocabulary: Sendable {
  let count: Int
  /// The pieces one after the other, without `##`.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var continues: [Bool] = []
  /// An open hash table of places; -1 where there is none. At most half of it is taken.
  private var slots: [Int32]
  private var longest = 0

  /// - Parameter list: the pieces, a line each, in the order of their places.
  init(_ list: some Sequence<UInt8>) {
    let lines = Array(list).split(separator: UInt8(ascii: "\n"))
    count = lines.count
    var size = 1024
    while size < 2 * lines.count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (place, line) in lines.enumerated() {
      let isContinuing = line.count > 2 && line.starts(with: [0x23, 0x23])
      let piece = isContinuing ? line.dropFirst(2) : line
      bytes += piece
      ends.append(bytes.count)
      continues.append(isContinuing)
      longest = max(longest, piece.count)
      var hash = Self.seed(isContinuing)
      for byte in piece { Self.add(byte, to: &hash) }
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(place)
    }
  }

  /// The longest piece with which a word goes on at a byte; nil when there is none.
  func longestPiece(of word: [UInt8], from start: Int) -> (place: Int, end: Int)? {
    var hash = Self.seed(start > 0)
    var best: (place: Int, end: Int)?
    for position in start..<min(word.count, start + longest) {
      Self.add(word[position], to: &hash)
      if let place = place(of: word[start...position], hash: hash, isContinuing: start > 0) {
        best = (place, position + 1)
      }
    }
    return best
  }

  private func place(of piece: ArraySlice<UInt8>, hash: UInt32, isContinuing: Bool) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      let start = place > 0 ? ends[place - 1] : 0
      if ends[place] - start == piece.count, continues[place] == isContinuing,
        bytes[start..<ends[place]].elementsEqual(piece)
      {
        return place
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  // FNV-1a, whose value for a word's beginning leads to that of a longer one.

  private static func seed(_ isContinuing: Bool) -> UInt32 {
    isContinuing ? 0x811C_9DC5 : 0x0100_0193
  }

  private static func add(_ byte: UInt8, to hash: inout UInt32) {
    hash = (hash ^ UInt32(byte)) &* 0x0100_0193
  }
}
