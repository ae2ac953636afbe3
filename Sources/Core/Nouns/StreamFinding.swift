// What there is to notice in a recorded stream, in plain words.

/// Something that a stream does and a client must be ready for, with where it was met.
public struct StreamFinding: Hashable, Sendable {
  /// Its row in docs/streams.md.
  public var row: Int
  /// What was met and what was made of it, as a sentence.
  public var sentence: String
  /// How often it was met.
  public var count: Int
  /// When it was first met: milliseconds since the run began.
  public var time: Double

  public init(row: Int, sentence: String, count: Int = 1, time: Double) {
    self.row = row
    self.sentence = sentence
    self.count = count
    self.time = time
  }
}
