// A prompt's passages as they come out of search, budget and a person's changes.

/// Passages as a prompt is given them, with those that it isn't.
public struct CuratedPassages: Hashable, Sendable {
  /// What becomes of a passage.
  public enum State: Hashable, Sendable {
    case given
    /// By hand.
    case dropped
    /// By the budget.
    case cut
  }

  /// A passage and what becomes of it.
  public struct Entry: Hashable, Sendable {
    /// As it is given.
    public var passage: Passage
    /// As the search found it.
    public var original: Passage
    public var state: State
  }

  /// Those that are given and those that were dropped, in their order.
  public let shownEntries: [Entry]
  /// Those that don't fit the budget.
  public let cutEntries: [Entry]
  /// All of them in the order in which they were to be given.
  public let order: [PassageOrigin]

  /// - Parameter entries: all of them, in the order in which they were to be given.
  public init(_ entries: [Entry] = []) {
    shownEntries = entries.filter { $0.state != .cut }
    cutEntries = entries.filter { $0.state == .cut }
    order = entries.map(\.original.origin)
  }

  /// All of them: those that are given and those that were dropped, then those that were cut.
  public var entries: [Entry] { shownEntries + cutEntries }

  /// What the prompt is given, in that order.
  public var given: [Passage] { shownEntries.filter { $0.state == .given }.map(\.passage) }

  /// What doesn't fit the budget.
  public var cut: [Passage] { cutEntries.map(\.passage) }
}
