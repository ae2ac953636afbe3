import Core

// What came of one assertion, before its `not-` and its weight are looked at.

/// What a grader found.
struct Verdict: Hashable, Sendable {
  var passed: Bool
  /// From 0 to 1.
  var score: Double
  /// One sentence.
  var reason: String

  /// Of an assertion that holds or doesn't.
  init(_ passed: Bool, _ reason: String) { self.init(passed, score: passed ? 1 : 0, reason) }

  init(_ passed: Bool, score: Double, _ reason: String) {
    self.passed = passed
    self.score = score
    self.reason = reason
  }

  /// Of a share that must reach a threshold.
  init(share: Double, threshold: Double, _ name: String) {
    // What is computed to be the threshold must pass, whatever the last bit says.
    let passed = share >= threshold - .ulpOfOne
    self.init(
      passed, score: share,
      "\(name) is \(Numbers.fixed(share, digits: 3)), "
        + "\(passed ? "at least" : "less than") \(Numbers.fixed(threshold, digits: 3)).")
  }

  /// Of the same assertion with a `not-` before it.
  var negated: Verdict { Verdict(!passed, score: 1 - score, reason) }
}

extension String {
  /// A text as a reason quotes it: short, on one line.
  var quoted: String {
    let line = prefix(81).map { $0.isNewline ? " " : $0 }
    return "“" + String(line.prefix(80)) + (line.count > 80 ? "…" : "") + "”"
  }
}
