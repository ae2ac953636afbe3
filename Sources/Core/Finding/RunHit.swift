// A run that was found, as a list shows it.

/// A run with the place in it that fits a query best.
public struct RunHit: Hashable, Sendable {
  public var run: Identifier
  public var session: Identifier
  public var sessionName: String
  /// Seconds since 1970.
  public var startedAt: Double
  public var model: ModelReference
  /// Nil while it streams.
  public var finishReason: FinishReason?
  public var rating: Rating?
  public var score: Int?
  public var cost: Cost
  /// Where the words were found; nil where only filters were asked for.
  public var field: RunQuery.Field?
  /// The words around the hit, or the first line of the answer; one line.
  public var snippet: String
  /// UTF-8 offsets of what was found in it.
  public var matches: [Range<Int>]

  public init(
    run: Identifier, session: Identifier, sessionName: String, startedAt: Double,
    model: ModelReference, finishReason: FinishReason?, rating: Rating?, score: Int?, cost: Cost,
    field: RunQuery.Field?, snippet: String, matches: [Range<Int>]
  ) {
    self.run = run
    self.session = session
    self.sessionName = sessionName
    self.startedAt = startedAt
    self.model = model
    self.finishReason = finishReason
    self.rating = rating
    self.score = score
    self.cost = cost
    self.field = field
    self.snippet = snippet
    self.matches = matches
  }

  /// Takes the marks out of a snippet that stand around what was found.
  public static func unmarked(
    _ text: String, opening: Character, closing: Character
  ) -> (text: String, matches: [Range<Int>]) {
    var plain = ""
    var matches: [Range<Int>] = []
    var start: Int?
    for character in text {
      if character == opening {
        start = plain.utf8.count
      } else if character == closing {
        if let first = start, first < plain.utf8.count { matches.append(first..<plain.utf8.count) }
        start = nil
      } else {
        plain.append(character.isNewline || character == "\t" ? " " : character)
      }
    }
    while plain.last == " " { plain.removeLast() }
    return (plain, matches.filter { $0.upperBound <= plain.utf8.count })
  }
}

/// Values one after the other, as bars of text.
public enum Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  /// A bar for each value, from 0 to the largest; `·` for one that isn't known.
  public static func text(_ values: [Double?], largest: Double? = nil) -> String {
    let top = largest ?? values.compactMap { $0 }.filter(\.isFinite).max() ?? 0
    return String(
      values.map { value in
        guard let value, value.isFinite else { return "·" }
        guard top > 0 else { return bars[0] }
        let share = max(0, min(1, value / top))
        return bars[min(bars.count - 1, Int(share * Double(bars.count)))]
      })
  }
}
