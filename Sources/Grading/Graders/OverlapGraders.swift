import Core
import Evaluation

// How much an answer has in common with texts that are right.

extension AssertionCheck {
  /// `levenshtein`: at most so many letters changed, 5 where it isn't said.
  func levenshtein() throws(GradingError) -> Verdict {
    let expected = try text()
    let limit = assertion.threshold ?? 5
    guard limit >= 0 else { throw error("has a threshold below 0") }
    let reach = Int(min(limit, 1e9))
    guard Levenshtein.steps(output, expected, atMost: reach) <= 1_000_000_000 else {
      throw error("compares texts that are too long for its threshold: lower that")
    }
    guard let distance = Levenshtein.distance(output, expected, atMost: reach) else {
      return Verdict(false, "More than \(reach) letters differ from \(expected.quoted).")
    }
    return Verdict(
      true, "\(distance) letters differ from \(expected.quoted), of at most \(reach).")
  }

  /// `rouge-n`: the share of the reference's words, or of its runs of `config.n` words, that the
  /// answer holds; at least .75.
  func rouge() throws(GradingError) -> Verdict {
    let n = assertion.config["n"]?.integer ?? 1
    guard (1...10).contains(n) else { throw error("has an n that is none of 1 to 10") }
    let reference = try text()
    return Verdict(
      share: NGramOverlap.rouge(output, reference: reference, n: n),
      threshold: assertion.threshold ?? 0.75, "ROUGE-\(n)")
  }

  /// `bleu`: at least .5 by the nearest of the references.
  func bleu() throws(GradingError) -> Verdict {
    Verdict(
      share: NGramOverlap.bleu(output, references: try references()),
      threshold: assertion.threshold ?? 0.5, "BLEU")
  }

  /// `gleu`: at least .5 by the best of the references.
  func gleu() throws(GradingError) -> Verdict {
    Verdict(
      share: NGramOverlap.gleu(output, references: try references()),
      threshold: assertion.threshold ?? 0.5, "GLEU")
  }
}
