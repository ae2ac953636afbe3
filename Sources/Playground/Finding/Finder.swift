import Core

// The bar in which a text is looked for and replaced. It knows no keys; where the text stands that
// it searches is for Update/Finding.

/// A search under way in the text that has the focus.
public struct Finder: Hashable, Sendable {
  /// What the next key is about.
  public enum Phase: Hashable, Sendable {
    case typingQuery
    case typingReplacement
    /// Whether to replace the place that is selected.
    case asking
  }

  public internal(set) var phase = Phase.typingQuery
  public internal(set) var query = Editor()
  /// nil for a search that replaces nothing.
  public internal(set) var replacement: Editor?
  /// Where Escape leads back to.
  let origin: Editor
  /// Every place of the query, in the order of the text.
  public internal(set) var matches: [Range<TextPosition>] = []
  /// The selected place among `matches`; nil while there is none.
  public internal(set) var current: Int?
  /// The places that are still to be asked about, the next one first.
  var pending: [Range<TextPosition>] = []
  /// How many places have been replaced.
  public internal(set) var replacedCount = 0
  /// Whether the search goes towards the text's start.
  var isBackward = false

  init(in editor: Editor, replaces: Bool = false) {
    origin = editor
    replacement = replaces ? Editor() : nil
  }

  public var search: TextSearch { TextSearch(query.text) }

  /// What is known of the places: `3 of 12`; empty while nothing is looked for.
  public var countText: String {
    if query.buffer.isEmpty { return "" }
    guard let current else { return "nothing found" }
    return "\(Numbers.grouped(current + 1)) of \(Numbers.grouped(matches.count))"
  }

  /// The keys of the bar, and a word for each.
  public var hints: [(key: String, word: String)] {
    switch phase {
    case .typingQuery where replacement == nil:
      [("Enter", "stay here"), ("^G", "next"), ("^P", "previous"), ("Esc", "back")]
    case .typingQuery: [("Enter", "type what to put there"), ("Esc", "back")]
    case .typingReplacement: [("Enter", "ask at each place"), ("Esc", "back")]
    case .asking:
      [("y", "replace"), ("n", "leave"), ("!", "replace all"), ("q", "stop"), ("Esc", "back")]
    }
  }

  /// The place at or after a position, or the first one when there is none: its index.
  func match(atOrAfter position: TextPosition) -> Int? {
    guard !matches.isEmpty else { return nil }
    return matches.firstIndex { $0.lowerBound >= position } ?? 0
  }

  /// The place before a position, or the last one when there is none.
  func match(before position: TextPosition) -> Int? {
    guard !matches.isEmpty else { return nil }
    return matches.lastIndex { $0.lowerBound < position } ?? matches.count - 1
  }

  /// Where places come to stand once one of them has been replaced by a line of text.
  static func shifted(
    _ ranges: [Range<TextPosition>], after replaced: Range<TextPosition>, by text: String
  ) -> [Range<TextPosition>] {
    let growth =
      text.utf8.count - (replaced.upperBound.offset - replaced.lowerBound.offset)
    return ranges.map { range in
      guard range.lowerBound.line == replaced.lowerBound.line,
        range.lowerBound > replaced.lowerBound
      else { return range }
      return TextPosition(
        line: range.lowerBound.line, offset: range.lowerBound.offset + growth)..<TextPosition(
          line: range.upperBound.line, offset: range.upperBound.offset + growth)
    }
  }
}
