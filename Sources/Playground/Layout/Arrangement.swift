// Which panes share the screen, where a person chooses.

/// How the panes are arranged.
public enum Arrangement: Hashable, Sendable {
  /// Prompt, context and columns, as far as there is room for them.
  case panes
  /// The focused pane alone.
  case alone
  /// The focused column beside one that stays, by its place; where that one has the focus, beside
  /// its neighbour.
  case pair(with: Int)
  /// As many columns as fit, without prompt and context.
  case columns

  /// The columns that it shows in place of the panes; nil where it shows panes.
  ///
  /// - Parameter fitting: how many columns there is room for.
  func columns(focused: Int, count: Int, fitting: Int) -> [Int]? {
    switch self {
    case .panes, .alone: return nil
    case .pair(let anchor):
      guard count > 1, 0..<count ~= anchor else { return [focused] }
      let neighbour = anchor + 1 < count ? anchor + 1 : anchor - 1
      return [anchor, focused == anchor ? neighbour : focused].sorted()
    case .columns:
      let fitting = min(count, max(1, fitting))
      let start = max(0, focused + 1 - fitting)
      return Array(start..<start + fitting)
    }
  }
}
