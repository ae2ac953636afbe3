import Core

// The answer that the others are compared with, and how that is shown.

/// A pinned answer. It stays what it is when its column is run again.
public struct Baseline: Hashable, Sendable {
  /// Tells it from one that was pinned before.
  let number: Int
  public let text: String
  /// The letter of the column that it was pinned in.
  public let name: String
  /// The name under which its run is kept; nil for one that isn't.
  public let run: Identifier?
  /// The number of its run in this program; nil when it came from an earlier start.
  let shownRun: Int?

  /// Whether a column shows this very answer.
  func isShown(in column: Column) -> Bool {
    (shownRun != nil && column.run == shownRun) || (run != nil && column.recordedRun == run)
  }
}

/// How what differs from the baseline is shown.
public enum DifferenceView: Int, Hashable, Sendable, CaseIterable {
  case off
  /// The answer as it is, with what is new marked, and the places where something is missing.
  case marks
  /// With the words of the baseline that are missing, in their places.
  case full
  /// Without the rows that nothing differs in; of JSON, the values that differ.
  case changes

  var next: DifferenceView { DifferenceView(rawValue: rawValue + 1) ?? .off }
}

extension State {
  /// The letter of the column that shows the baseline; `old A` where none does any more. Nil while
  /// there is none.
  public var baselineLabel: String? {
    guard let baseline else { return nil }
    let place = columns.firstIndex { baseline.isShown(in: $0) }
    return place.map(Column.letter(of:)) ?? "old \(baseline.name)"
  }

  /// Whether a column shows the answer that others are compared with.
  public func showsBaseline(_ column: Column) -> Bool {
    baseline?.isShown(in: column) ?? false
  }
}
