// How documents are cut into passages.

/// A way to cut documents into passages, with its sizes.
///
/// Written as `recursive-200-20`: strategy, size and overlap; the overlap may be left out where it
/// is 0, and both where they don't count.
public struct Chunking: Hashable, Sendable {
  public enum Strategy: String, Hashable, Sendable, CaseIterable {
    /// As the kind of file asks for: Markdown by its sections, code by its blocks, prose by its
    /// paragraphs.
    case structure
    /// Each document whole.
    case document
    /// So many tokens each, wherever that cuts.
    case tokens
    /// At the largest separators that make pieces small enough: paragraphs, lines, sentences, words.
    case recursive
    /// Whole sentences, as many as fit.
    case sentences
    /// Sections of Markdown, whatever the file is called.
    case markdown
    /// Blocks of code by their indentation and blank lines, whatever the file is called.
    case code
  }

  /// What sizes may be, in tokens.
  public static let sizes = 16...8192

  public var strategy: Strategy
  /// Tokens that a passage aims at; no meaning for `document`.
  public var size: Int
  /// Tokens that a passage has in common with the one before.
  public var overlap: Int

  public init(_ strategy: Strategy = .structure, size: Int = 230, overlap: Int = 0) {
    self.strategy = strategy
    self.size = size
    self.overlap = overlap
  }

  /// The chunking of a name; nil for one that isn't of the form, or has sizes that can't be.
  public init?(_ name: String) {
    var parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard let strategy = Strategy(rawValue: String(parts.removeFirst())), parts.count <= 2 else {
      return nil
    }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { return nil }
    self.init(strategy)
    if let size = numbers.first { self.size = size }
    if numbers.count == 2 { overlap = numbers[1] }
    guard Self.sizes.contains(size), 0..<size ~= overlap else { return nil }
  }

  /// As `init(_:)` reads it.
  public var name: String {
    if strategy == .document { return strategy.rawValue }
    return "\(strategy.rawValue)-\(size)" + (overlap > 0 ? "-\(overlap)" : "")
  }
}
