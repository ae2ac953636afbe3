import Core

// The passages that the prompt is given, and those that the budget cuts.

/// The passages of the prompt, and the search that brings them.
public struct ContextPane: Hashable, Sendable {
  /// The index that is searched; nil for none.
  public var index: String?
  public var settings: RetrievalSettings
  /// What the prompt is given, best first.
  public var passages: [Passage] = []
  /// What was found, but does not fit the budget.
  public var cut: [Passage] = []
  /// Passages in the whole index; nil until a search has told.
  public var indexSize: Int?
  /// The search that is under way.
  public var pendingSearch: Int?
  /// What the passages were found with; nil before the first search.
  public var query: String?
  /// The passages that a case brought along, in place of a search; nil for none.
  public var givenPassages: [Passage]?
  /// Why there are none, when something is wrong.
  public var problem: String?
  /// The selected passage's place in `found`, from 0.
  public var selection = 0
  /// The first passage that is shown.
  public var top = 0

  public init(index: String?, settings: RetrievalSettings) {
    self.index = index
    self.settings = settings
  }

  /// All that was found, best first.
  public var found: [Passage] { passages + cut }

  /// The estimated tokens of what the prompt is given.
  public var tokens: Int { passages.reduce(0) { $0 + $1.tokens } }

  /// The rows that a passage takes in the pane: its name and a line of its text.
  public static let rowsPerPassage = 2

  /// Selects a passage, and scrolls as little as shows it.
  ///
  /// - Parameter height: the rows of the pane.
  public mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, found.count - 1))
    // One row may go to the line above what the budget cuts.
    let shown = max(1, (height - (cut.isEmpty ? 0 : 1)) / Self.rowsPerPassage)
    top = min(max(min(top, selection), selection - shown + 1), max(0, found.count - 1))
  }
}
