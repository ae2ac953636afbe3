// Ways to ask a failing case anew, each of which leaves one excuse out. Values only.

/// A context and a form in which a failing case is asked.
public enum Experiment: String, Hashable, Sendable, CaseIterable {
  /// Exactly as it failed. The first askings are those of the evaluation itself.
  case retrieved
  /// The passages that it failed with, and the form asked for more firmly: `FirmFormat`.
  case firmRetrieved = "firm-retrieved"
  /// No passages at all.
  case noContext = "no-context"
  /// Those passages, and no others, that hold what is needed.
  case right
  /// Those of the right passages that it was given when it failed, without the others around them.
  case rightGiven = "right-given"
  /// Those of the right passages that the search found, given or cut.
  case rightFound = "right-found"
  /// The right passages, and the form asked for more firmly.
  case firmRight = "firm-right"

  /// For a reader: `with the right passages`.
  public var words: String {
    switch self {
    case .retrieved: "as it was asked"
    case .firmRetrieved: "with a firmer form"
    case .noContext: "without passages"
    case .right: "with the right passages"
    case .rightGiven: "with the right passages that it had"
    case .rightFound: "with the right passages that were found"
    case .firmRight: "with the right passages and a firmer form"
    }
  }

  /// Whether the form is asked for more firmly.
  public var isFirm: Bool { self == .firmRetrieved || self == .firmRight }
}

/// What came of asking the same several times.
public struct ExperimentTally: Hashable, Sendable {
  public var passed: Int
  public var failed: Int
  /// Askings that brought no answer to grade. They count for neither.
  public var errors: Int

  public init(passed: Int = 0, failed: Int = 0, errors: Int = 0) {
    self.passed = passed
    self.failed = failed
    self.errors = errors
  }

  /// The askings that were graded.
  public var measured: Int { passed + failed }

  /// - Parameter passes: nil where there was no answer to grade.
  public mutating func count(_ passes: Bool?) {
    switch passes {
    case true?: passed += 1
    case false?: failed += 1
    case nil: errors += 1
    }
  }

  /// `2 of 3`; `-` where nothing could be graded.
  public var text: String { measured == 0 ? "-" : "\(passed) of \(measured)" }
}
