import Core

// How far a column's answer has been compared with the baseline, and what came of it.

/// An answer beside the baseline.
public struct ColumnComparison: Hashable, Sendable {
  /// How much of an answer there was.
  struct Extent: Hashable, Sendable {
    /// Bytes of its text.
    var length: Int
    var isComplete: Bool
  }

  /// Which baseline it is about.
  let baseline: Int
  /// What has been compared; nil before anything was.
  private(set) var compared: Extent?
  /// What is being compared; nil while nothing is.
  private(set) var pending: Extent?
  /// What came of it last.
  public private(set) var difference: AnswerDifference?

  init(with baseline: Int) { self.baseline = baseline }

  /// Whether an answer of this extent is still to be compared, and nothing else is under way.
  func needs(_ extent: Extent) -> Bool { pending == nil && compared != extent && extent.length > 0 }

  mutating func begin(_ extent: Extent) { pending = extent }

  mutating func end(_ difference: AnswerDifference) {
    compared = pending
    pending = nil
    self.difference = difference
  }
}

/// An answer that is to be compared with the baseline.
public struct AnswerComparing: Hashable, Sendable {
  /// The number of the run, which comes back with the difference.
  public var run: Int
  /// The number of the baseline, which comes back, too.
  public var baseline: Int
  public var old: String
  public var new: String
  /// False while the answer is still coming.
  public var isComplete: Bool

  public init(run: Int, baseline: Int, old: String, new: String, isComplete: Bool) {
    self.run = run
    self.baseline = baseline
    self.old = old
    self.new = new
    self.isComplete = isComplete
  }

  /// May take long.
  public func result() -> ComparedAnswer {
    ComparedAnswer(
      run: run, baseline: baseline,
      difference: AnswerDifference(from: old, to: new, isComplete: isComplete))
  }
}

/// What came of comparing an answer with the baseline.
public struct ComparedAnswer: Hashable, Sendable {
  public var run: Int
  public var baseline: Int
  public var difference: AnswerDifference
}
