// How far one key scrolls.

/// A step through rows that are more than there is room for.
enum ScrollStep: Hashable, Sendable {
  /// Down, or up when negative.
  case rows(Int)
  /// As many rows as are shown, but for one that stays in sight.
  case pages(Int)
  case start, end

  /// The rows that it goes down, or up when negative; nil for a step to the start or the end.
  ///
  /// - Parameter height: the rows that are shown.
  func rowCount(height: Int) -> Int? {
    switch self {
    case .rows(let rows): rows
    case .pages(let pages): pages * max(1, height - 1)
    case .start, .end: nil
    }
  }

  /// The first row that is shown after it.
  ///
  /// - Parameters:
  ///   - top: the first row that is shown before.
  ///   - count: all rows.
  ///   - height: the rows that are shown.
  func top(from top: Int, of count: Int, height: Int) -> Int {
    let last = max(0, count - height)
    switch self {
    case .start: return 0
    case .end: return last
    case .rows, .pages: return max(0, min(top + (rowCount(height: height) ?? 0), last))
    }
  }
}
