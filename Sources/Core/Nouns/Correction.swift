// What a person made of an answer. The answer itself stays as it came.

/// An answer as a person corrected it.
public struct Correction: Hashable, Sendable {
  /// The whole text that stands in place of the answer's.
  public var text: String
  /// Seconds since 1970.
  public var madeAt: Double

  public init(text: String, madeAt: Double) {
    self.text = text
    self.madeAt = madeAt
  }
}
