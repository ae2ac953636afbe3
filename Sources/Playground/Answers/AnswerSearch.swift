import Core

// A text that is looked for in an answer. Where its bar is drawn and what its keys are is not known
// here.

/// A search in the answer of a column.
public struct AnswerSearch: Hashable, Sendable {
  /// The column's place.
  public let column: Int
  public internal(set) var query = Editor()
  /// Every place of it, as UTF-8 offsets in the answer's text, in their order.
  public private(set) var matches: [Range<Int>] = []
  /// The place that is shown, among `matches`; nil while there is none.
  public private(set) var current: Int?
  /// Whether the bar is open.
  public internal(set) var isTyping = true
  /// The first row that was shown when the search began, where Escape leads back to.
  let originTop: Int
  /// The place in the text from which the first match is looked for.
  let origin: Int
  /// Bytes of the text in which was looked last: an answer only grows.
  private var searchedLength = 0

  init(inColumn column: Int, top: Int, from origin: Int) {
    self.column = column
    originTop = top
    self.origin = origin
  }

  /// What is known of the places: `3 of 12`; empty while nothing is looked for.
  public var countText: String {
    if query.buffer.isEmpty { return "" }
    guard let current else { return "nothing found" }
    return "\(Numbers.grouped(current + 1)) of \(Numbers.grouped(matches.count))"
  }

  /// The keys of the bar, and a word for each.
  public static let hints: [(key: String, word: String)] = [
    ("Enter", "stay here"), ("↓", "next"), ("↑", "previous"), ("Esc", "back"),
  ]

  /// Looks for the query in a text, and chooses the place at or after `origin`.
  mutating func look(in text: String) {
    findMatches(in: text)
    current = matches.isEmpty ? nil : matches.firstIndex { $0.lowerBound >= origin } ?? 0
  }

  /// Goes to the next place, or the one before; round the end and on from the start.
  mutating func move(by step: Int, in text: String) {
    let place = current.map { matches[$0].lowerBound }
    if text.utf8.count != searchedLength { findMatches(in: text) }
    guard !matches.isEmpty else {
      current = nil
      return
    }
    let index = matches.firstIndex { $0.lowerBound == place }
    current = index.map { ($0 + step + matches.count) % matches.count } ?? 0
  }

  var currentMatch: Range<Int>? { current.map { matches[$0] } }

  var marks: [AnswerMark] {
    matches.enumerated().map { AnswerMark($1, $0 == current ? .currentMatch : .match) }
  }

  private mutating func findMatches(in text: String) {
    searchedLength = text.utf8.count
    matches = TextSearch(query.text).matches(in: text)
  }
}
