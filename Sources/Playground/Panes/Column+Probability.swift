import Core
import Glibc

// How likely the tokens of a column's answer were, marked in its text.

extension Column {
  /// Whether the tokens are coloured.
  public var showsProbabilities: Bool { tokenSpans != nil }

  /// Colours the tokens, or stops doing so.
  mutating func showProbabilities(_ shows: Bool) {
    marks[.probability] = []
    tokenSpans = shows ? TokenSpans(from: answer.given.utf8.count) : nil
    markProbabilities()
  }

  /// Marks the tokens that came since; costs by what is new.
  mutating func markProbabilities() {
    guard let knownCount = tokenSpans?.spans.count else { return }
    tokenSpans?.extend(answer.logprobs, in: answer.text, isWhole: answer.isFinished)
    // The last one may have grown: a character can take several tokens.
    let changed = (tokenSpans?.spans ?? []).dropFirst(max(0, knownCount - 1))
    marks.replace(
      from: changed.first?.range.lowerBound ?? 0, in: .probability,
      with: changed.compactMap { span in
        let level = TokenLogprob.level(of: span.logprob)
        guard level < TokenLogprob.surest else { return nil }
        return AnswerMark(span.range, .probability(level: level))
      })
  }

  /// The tokens that wrote what is at the cursor; none where nothing is known of it.
  public var tokensAtCursor: ArraySlice<TokenLogprob> {
    guard let cursor, let span = tokenSpans?.span(at: cursor.offset) else { return [] }
    return answer.logprobs[span.tokens]
  }
}

extension TokenLogprob {
  /// The level of tokens that a model was nearly certain of.
  static let surest = 4

  /// From 0 for a token that was hardly likely to `surest`, by its probability: less than a tenth,
  /// than three, than six, than nine tenths, and more.
  static func level(of logprob: Double) -> Int {
    let probability = exp(logprob)
    return [0.1, 0.3, 0.6, 0.9].count { probability >= $0 }
  }
}
