import Core
import Evaluation

// What an answer took, how long it is, and how it ended.

extension AssertionCheck {
  /// `latency`: at most so many milliseconds.
  func latency() throws(GradingError) -> Verdict {
    let limit = try limit()
    return Verdict(
      answer.milliseconds <= limit,
      "It took \(Numbers.fixed(answer.milliseconds, digits: 0)) ms of "
        + "\(Numbers.fixed(limit, digits: 0)) ms.")
  }

  /// `cost`: at most so many dollars.
  func cost() throws(GradingError) -> Verdict {
    let limit = try limit()
    guard let cost = answer.cost else {
      throw error("can't be told: the model's price is not known; set it in the configuration")
    }
    return Verdict(
      cost.dollars <= limit,
      "It cost \(Numbers.money(cost)) of \(Numbers.money(Money(dollars: limit))).")
  }

  /// `token-count` and `tokens-used`: at most `threshold`, or within the `min` and `max` of `config`
  /// or `value`.
  func tokenCount(_ count: Int) throws(GradingError) -> Verdict {
    var given = try bounds(in: .object(assertion.config))
    if given == nil { given = try bounds(in: assertion.value) }
    let high = assertion.threshold ?? assertion.value?.double
    guard let bounds = given ?? high.map({ (nil, $0) }) else {
      throw error("needs a threshold, or a min or a max in its config")
    }
    return verdict(
      of: count, answer.usage.isEstimated ? "tokens as estimated" : "tokens", within: bounds)
  }

  /// `word-count`: so many words, or between `min` and `max`; words have blanks between them.
  func wordCount() throws(GradingError) -> Verdict {
    let count = output.split(whereSeparator: \.isWhitespace).count
    if let bounds = try bounds(in: assertion.value) {
      return verdict(of: count, "words", within: bounds)
    }
    let asked = assertion.value?.double ?? assertion.value?.string.flatMap(Double.init)
    guard let asked else { throw error("needs a number, or a min or a max, as its value") }
    return Verdict(
      Double(count) == asked, "It has \(count) words; \(JSON.number(asked).text) asked for.")
  }

  /// `finish-reason`: `stop`, `length`, `tool_calls`, `content_filter`, in any case.
  func finishReason() throws(GradingError) -> Verdict {
    let asked = try text()
    guard let found = answer.finishReason?.rawValue else {
      return Verdict(false, "The server gave no finish reason.")
    }
    return Verdict(
      found == asked.lowercased(), "It ended by \(found.quoted); \(asked.quoted) was asked for.")
  }

  /// `tool-call-f1`: the harmonic mean of precision and recall of the names of tools (van Rijsbergen,
  /// Information Retrieval, 1979), however often and in which order they were called.
  func toolCallF1() throws(GradingError) -> Verdict {
    let expected = Set(try texts())
    let called = Set(answer.toolCalls.map(\.name))
    let right = expected.intersection(called).count
    let score = 2 * Double(right) / Double(expected.count + called.count)
    return Verdict(
      share: score, threshold: assertion.threshold ?? 1,
      "The F1 of the tools that it called (\(called.sorted().joined(separator: ", ")))")
  }

  private func limit() throws(GradingError) -> Double {
    guard let limit = assertion.threshold else {
      throw error("needs a threshold: what is the most that it may be?")
    }
    return limit
  }
}
