// Posting lists: what is written is read, bounds hold, and bytes that can't be a list are refused.

import RandomSource
import Testing

@testable import Retrieval

@Suite struct PostingListTests {
  /// Postings with gaps of all sizes, and the lengths of their passages.
  private static func postings(
    _ count: Int, _ random: inout SeededRandom
  ) -> (passages: [UInt32], frequencies: [UInt8], lengths: [UInt8]) {
    var passages: [UInt32] = []
    var next: UInt32 = 0
    for _ in 0..<count {
      next += UInt32.random(in: 0...(Bool.random(using: &random) ? 3 : 200), using: &random)
      passages.append(next)
      next += 1
    }
    let frequencies = passages.map { _ in
      UInt8.random(in: 1...(Int.random(in: 0..<20, using: &random) == 0 ? 255 : 6), using: &random)
    }
    let lengths = (0..<Int(next)).map { _ in UInt8.random(in: 1...255, using: &random) }
    return (passages, frequencies, lengths)
  }

  private static func encoded(
    _ passages: [UInt32], _ frequencies: [UInt8], _ lengths: [UInt8]
  ) -> [UInt8] {
    var encoder = PostingEncoder()
    for (passage, frequency) in zip(passages, frequencies) {
      encoder.append(passage, frequency: frequency)
    }
    lengths.withUnsafeBufferPointer { encoder.encode(lengths: $0) }
    return encoder.bytes
  }

  private static func list(_ bytes: [UInt8], count: Int, span: Int) throws -> PostingList {
    try bytes.withUnsafeBytes { try PostingList($0, count: count, span: span) }
  }

  @Test(arguments: [1, 2, 127, 128, 129, 255, 256, 300, 1000, 5000])
  func `a list is read as it was written`(_ count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let (passages, frequencies, lengths) = Self.postings(count, &random)
    let bytes = Self.encoded(passages, frequencies, lengths)
    let list = try Self.list(bytes, count: count, span: lengths.count)
    var read: [UInt32] = []
    var readFrequencies: [UInt8] = []
    for block in 0..<list.blockCount {
      try list.decode(block)
      read += (0..<list.filled).map { list.passages[$0] }
      readFrequencies += (0..<list.filled).map { list.frequencies[$0] }
      #expect(list.last(of: block) == read.last)
    }
    #expect(read == passages)
    #expect(readFrequencies == frequencies)
  }

  @Test func `no posting scores above the bound of its block`() throws {
    var random = SeededRandom(seed: 5)
    let (passages, frequencies, lengths) = Self.postings(2000, &random)
    let bytes = Self.encoded(passages, frequencies, lengths)
    let list = try Self.list(bytes, count: 2000, span: lengths.count)
    // Whatever the average length has become since.
    for average in [1, 20, 130, 3000] {
      let scorer = BM25(passages: 5000, length: 5000 * average)
      let weight = scorer.weight(frequency: 2000, count: 3)
      for block in 0..<list.blockCount - 1 {
        try list.decode(block)
        let bound = try #require(list.peaks(of: block)).bound(
          weight: weight, dampings: scorer.dampings)
        let best = (0..<list.filled).map {
          BM25.contribution(
            weight: weight, frequency: list.frequencies[$0],
            damping: scorer.dampings[Int(lengths[Int(list.passages[$0])])])
        }.max()
        #expect(try #require(best) <= bound)
      }
    }
  }

  @Test func `damaged bytes are an error or a list, and never more`() throws {
    var random = SeededRandom(seed: 6)
    let (passages, frequencies, lengths) = Self.postings(700, &random)
    let bytes = Self.encoded(passages, frequencies, lengths)
    var refused = 0
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: damaged.indices, using: &random)
        damaged[place] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random))
      }
      do {
        let list = try Self.list(damaged, count: 700, span: lengths.count)
        var last: UInt32?
        for block in 0..<list.blockCount {
          try list.decode(block)
          for place in 0..<list.filled {
            let passage = list.passages[place]
            #expect(passage < lengths.count)
            #expect(last.map { $0 < passage } ?? true)
            last = passage
          }
        }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }

  @Test func `a length is exact while it is short, then within three percent`() {
    for length in 1..<32 {
      #expect(PassageLength.length(PassageLength.code(length)) == length)
    }
    var last: UInt8 = 0
    for length in 1..<200_000 {
      let code = PassageLength.code(length)
      #expect(code >= last)
      last = code
      let error = abs(PassageLength.length(code) - length)
      #expect(error * 100 <= 4 * length)
    }
    #expect(PassageLength.code(.max) == 255)
    #expect(PassageLength.code(0) == 1)
  }
}
