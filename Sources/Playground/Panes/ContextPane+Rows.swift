// What stands in which row of the context pane: for drawing it, and for the mouse.

extension ContextPane {
  /// A row of the list.
  public enum Row: Hashable, Sendable {
    /// The name and the figures of the passage at this place in `found`.
    case passage(Int)
    /// A line of its text.
    case snippet(Int)
    /// The line above what the budget cuts.
    case cutLine
  }

  /// The rows that a passage takes in the pane: its name and a line of its text.
  public static let rowsPerPassage = 2

  /// The rows above the list, for what was searched with in place of the question.
  ///
  /// - Parameter height: the rows of the pane.
  public func queryRows(in height: Int) -> Int {
    let count = rewrittenQueries.count
    return height < 20 ? min(count, 1) : min(count, 6)
  }

  /// The row below the list, for the passages that left with the last turn.
  public var leftRows: Int { changes.left.isEmpty ? 0 : 1 }

  /// The rows of the list.
  public func listHeight(in height: Int) -> Int {
    max(0, height - queryRows(in: height) - leftRows)
  }

  /// The rows of the list that are in sight, from its top.
  public func rows(in height: Int) -> [Row] {
    let firstCut = curated.shownEntries.count
    var rows: [Row] = []
    for place in top..<max(top, curated.entries.count) {
      guard rows.count < listHeight(in: height) else { break }
      if place == firstCut { rows.append(.cutLine) }
      rows += [.passage(place), .snippet(place)]
    }
    return Array(rows.prefix(listHeight(in: height)))
  }

  /// The place of the passage in a row of the pane; nil where there is none.
  public func place(atRow row: Int, height: Int) -> Int? {
    let rows = rows(in: height)
    let row = row - queryRows(in: height)
    guard rows.indices.contains(row) else { return nil }
    switch rows[row] {
    case .passage(let place), .snippet(let place): return place
    case .cutLine: return nil
    }
  }
}
