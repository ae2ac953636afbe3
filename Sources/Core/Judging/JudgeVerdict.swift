// What a judge model said: read strictly, since a guess at what it meant would be a verdict of ours.

/// Which of two answers a judge found better.
public enum JudgeVerdict: Hashable, Sendable {
  case first, second, tie

  /// The verdict of an answer that ends with a line `VERDICT: 1`, `VERDICT: 2` or `VERDICT: TIE`.
  ///
  /// Nil where the last line that isn't blank is no such line, and where another one says otherwise.
  /// Case, and stars around a line, don't matter.
  public init?(in answer: String) {
    let lines = answer.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    guard let last = lines.last, let verdict = Self.verdict(ofLine: last) else { return nil }
    guard lines.compactMap(Self.verdict).allSatisfy({ $0 == verdict }) else { return nil }
    self = verdict
  }

  private static func verdict(ofLine line: Substring) -> JudgeVerdict? {
    let words = line.filter { !$0.isWhitespace && $0 != "*" }.lowercased()
    switch words {
    case "verdict:1": return .first
    case "verdict:2": return .second
    case "verdict:tie": return .tie
    default: return nil
    }
  }

  /// What follows from the verdicts on a pair in both orders.
  ///
  /// - Parameters:
  ///   - forward: with the first answer as answer 1.
  ///   - backward: with the first answer as answer 2.
  /// - Returns: the outcome for the pair; a judge that says different things in different orders has
  ///   seen no difference that holds, so that it is a tie.
  public static func outcome(
    forward: JudgeVerdict, backward: JudgeVerdict
  ) -> (outcome: Preference.Outcome, isConsistent: Bool) {
    switch (forward, backward) {
    case (.first, .second): (.first, true)
    case (.second, .first): (.second, true)
    case (.tie, .tie): (.tie, true)
    default: (.tie, false)
    }
  }
}
