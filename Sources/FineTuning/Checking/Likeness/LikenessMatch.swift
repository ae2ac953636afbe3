// Two examples that are too much alike, and what to do about it.

/// What an example is used for; a later use must not have seen the examples of an earlier one.
public enum ExampleGroup: String, Hashable, Sendable, CaseIterable, Comparable {
  case training, validation, evaluation

  public static func < (a: Self, b: Self) -> Bool { a.place < b.place }

  var place: Int { self == .training ? 0 : self == .validation ? 1 : 2 }
}

/// An example that is like another one.
public struct LikenessMatch: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Says the same as an earlier one of its group.
    case duplicate
    case nearDuplicate = "near-duplicate"
    /// Answers the same input otherwise than an earlier one of its group.
    case contradiction
    /// Asks the same as an example of an earlier group.
    case leak
    case nearLeak = "near-leak"
  }

  public var kind: Kind
  public var line: Int
  public var group: ExampleGroup
  /// The example that it is like.
  public var other: Int
  public var otherGroup: ExampleGroup
  /// The estimated Jaccard similarity; 1 for the same.
  public var similarity: Double

  /// As a check reports it.
  public var finding: TrainingFinding {
    let place = "line \(other)"
    let share = Int((similarity * 100).rounded())
    func found(_ severity: FindingSeverity, _ sentence: String, _ remedy: String) -> TrainingFinding
    {
      TrainingFinding(
        code: kind.rawValue, severity: severity, line: line, sentence: sentence, remedy: remedy)
    }
    switch kind {
    case .duplicate:
      return found(
        .warning, "It says the same as \(place).",
        "Keep one: a copy weighs as much as a new example.")
    case .nearDuplicate:
      return found(
        .warning, "It is nearly the same as \(place) (≈\(share)% alike).",
        "Keep the better one, or make them differ in what matters.")
    case .contradiction:
      return found(
        .warning, "It answers the same input as \(place), otherwise.",
        "Keep the right answer, or say in the input what makes the difference.")
    case .leak:
      return found(
        .error, "It asks the same as \(place) of the \(otherGroup.rawValue) set.",
        "Take it out of one of the two: what was trained on proves nothing.")
    case .nearLeak:
      return found(
        .warning,
        "It asks nearly the same as \(place) of the \(otherGroup.rawValue) set (≈\(share)% alike).",
        "Take it out of one of the two: what was trained on proves nothing.")
    }
  }
}
