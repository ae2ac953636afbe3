import Core
import FineTuning

// All that the playground knows of training sets. It outlives the pages that show it: whoever comes back
// finds the place where they were.

/// The list of training sets, and the one that is looked at.
public struct Training: Hashable, Sendable {
  public internal(set) var sets = TrainingSetList()
  /// The set that was opened last.
  public internal(set) var browser: ExampleBrowser?
  /// What the last check found.
  public internal(set) var findings: FindingsPage?
  /// The set that is being checked.
  public internal(set) var checking: String?
}

/// The training sets of the store.
public struct TrainingSetList: Hashable, Sendable {
  public private(set) var rows: [TrainingSetSummary] = []
  /// The place of the selected row.
  public private(set) var selection = 0
  /// The first row in sight.
  public private(set) var top = 0
  /// Whether they have come.
  public private(set) var isRead = false
  /// The set that is taken away when it is asked for once more.
  var isWarnedOf: String?

  public var selected: TrainingSetSummary? {
    rows.indices.contains(selection) ? rows[selection] : nil
  }

  /// - Parameter height: the rows of the list.
  mutating func take(_ rows: [TrainingSetSummary], height: Int) {
    let name = selected?.name
    self.rows = rows
    isRead = true
    select(rows.firstIndex { $0.name == name } ?? 0, height: height)
  }

  mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, rows.count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
  }
}
