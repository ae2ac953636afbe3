import Core

// One number for a set, to see whether it gets better. It stands for nothing that the list of findings
// does not say.

/// A score from 0 to 100, and what it comes from.
///
/// An example with no more than notes is worth 1, one with a warning ½, one with an error 0; their mean
/// is taken times 100, times 0.9 for each kind of warning and times 0.5 for each kind of error about the
/// set as a whole, and rounded down. With any error it is 49 at most: such a set isn't fit to train on.
/// With any warning it is 99 at most.
public struct CheckScore: Hashable, Sendable {
  public let value: Int
  /// Lines by what is worst in them.
  public let lines: [FindingSeverity: Int]

  public init(_ tally: CheckTally) {
    var counts = [Int](repeating: 0, count: Int(CheckTally.absent) + 1)
    for worst in tally.worst { counts[Int(worst)] += 1 }
    lines = Dictionary(
      uniqueKeysWithValues: FindingSeverity.allCases.map { ($0, counts[$0.rawValue + 1]) })
    guard tally.lines > 0 else {
      value = 0
      return
    }
    let warnings = Double(counts[FindingSeverity.warning.rawValue + 1])
    let errors = Double(counts[FindingSeverity.error.rawValue + 1])
    var score = 100 * (1 - (warnings / 2 + errors) / Double(tally.lines))
    for group in tally.findings.groups where group.kept.contains(where: { $0.line == nil }) {
      switch group.severity {
      case .note: break
      case .warning: score *= 0.9
      case .error: score *= 0.5
      }
    }
    let most =
      switch tally.findings.worst {
      case .error: 49
      case .warning: 99
      default: 100
      }
    value = min(most, Int(score.rounded(.down)))
  }
}
