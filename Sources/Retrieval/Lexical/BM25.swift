// How well a passage fits a query: BM25 over weighted fields, in fixed point, so that a sum is the
// same in whatever order it is made. docs/retrieval.md says what the constants come from.

import Glibc

/// The scorer of a set of passages.
struct BM25 {
  /// How much an occurrence counts by where it stands, in halves: the index stores whole numbers.
  enum FieldWeight {
    static let name = 4
    static let headings = 4
    static let text = 2
    static let parts = 1
  }

  static let k1: Float = 1.5
  static let b: Float = 0.75
  /// What a score of 1 is in fixed point.
  static let one: Float = 65536
  /// The largest weight of a term in fixed point: 64 such terms are still a number of 32 bits.
  private static let largestWeight: Float = 60_000_000

  let passages: Int
  /// What of the frequency must be added to it below the fraction line, by the code of a length.
  private(set) var dampings: [Float]

  /// - Parameters:
  ///   - passages: how many there are.
  ///   - length: of all of them together, as `PassageLength` counts.
  init(passages: Int, length: Int) {
    self.passages = passages
    let average = Float(max(length, 1)) / Float(max(passages, 1))
    dampings = (0...255).map { code in
      let length = Float(PassageLength.length(UInt8(code)))
      // Frequencies are in halves, too.
      return 2 * Self.k1 * (1 - Self.b + Self.b * length / average)
    }
  }

  /// How telling a term is, by the number of passages that hold it; above 0.
  func inverseFrequency(_ frequency: Int) -> Double {
    let frequency = Double(min(frequency, passages))
    return log(1 + (Double(passages) - frequency + 0.5) / (frequency + 0.5))
  }

  /// The largest that a term can add to a score, in fixed point.
  func weight(frequency: Int, count: Int) -> Float {
    let weight = Float(inverseFrequency(frequency)) * Float(count) * (Self.k1 + 1) * Self.one
    return min(weight, Self.largestWeight)
  }

  /// What a term adds to the score of a passage: 0 or more, in fixed point.
  ///
  /// Not smaller for a larger frequency, and not larger for a larger length.
  @inline(__always)
  static func contribution(weight: Float, frequency: UInt8, damping: Float) -> UInt32 {
    let frequency = Float(frequency)
    return UInt32(weight * (frequency / (frequency + damping)))
  }

  static func score(_ points: UInt32) -> Double { Double(points) / Double(one) }

  /// The points of which a score was made, exactly.
  static func points(_ score: Double) -> UInt32 { UInt32(score * Double(one)) }
}
