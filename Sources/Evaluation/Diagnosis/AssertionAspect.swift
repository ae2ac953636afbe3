// What an assertion looks at: what the answer says, how it is put, or what it took to make it. It
// tells which experiments can change anything.

/// The side of an answer that an assertion is about.
enum AssertionAspect: Hashable, Sendable {
  case content, form
  /// The content, and the form as well: a right answer with words around it fails, too.
  case both
  /// Time, cost, tokens: no wording mends them.
  case limits

  init(_ type: String) {
    self =
      switch type {
      case "is-json", "contains-json", "is-sql", "contains-sql", "starts-with", "regex",
        "word-count", "token-count", "finish-reason":
        .form
      // What a program looks at, nobody knows.
      case "equals", "levenshtein", "sql-execution", "program": .both
      case "latency", "cost", "tokens-used": .limits
      default: .content
      }
  }
}

extension Grade {
  /// The assertions that an answer failed, those inside of sets included; all where what came of them
  /// can't be told apart.
  func failing(of assertions: [Assertion]) -> [Assertion] {
    Self.failing(assertions, results: self.assertions, depth: 0)
  }

  private static func failing(
    _ assertions: [Assertion], results: [AssertionResult], depth: Int
  ) -> [Assertion] {
    guard assertions.count == results.count, depth < 8 else { return assertions }
    return zip(assertions, results).flatMap { assertion, result -> [Assertion] in
      guard !result.passed, assertion.weight > 0 else { return [] }
      guard assertion.type == "assert-set" else { return [assertion] }
      return failing(assertion.members, results: result.members, depth: depth + 1)
    }
  }

  /// Whether it failed by limits of time, cost or tokens alone.
  public func failsOnlyLimits(of evaluated: EvaluationCase) -> Bool {
    let failing = failing(of: evaluated.assertions)
    return !failing.isEmpty && failing.allSatisfy { AssertionAspect($0.type) == .limits }
  }
}
