import Core
import Evaluation

// Whether an answer means what a text means: by the angle between their embeddings.

extension AssertionCheck {
  /// The answer, then the texts that it is compared with.
  func similarityQuestion() throws(GradingError) -> GraderQuestion {
    .embed([output] + (try references()))
  }

  /// `similar`: the cosine to the nearest of the texts, at least the threshold.
  func similar() throws(GradingError) -> Verdict {
    let question = try similarityQuestion()
    guard case .embeddings(let vectors)? = replies[question.id],
      case .embed(let texts) = question, vectors.count == texts.count
    else { throw error("has no embeddings of its texts") }
    let cosines = vectors.dropFirst().map { Self.cosine(vectors[0], $0) }
    guard !cosines.contains(nil), let best = cosines.compactMap({ $0 }).max() else {
      throw error("has embeddings that can't be compared: they are empty, or of several lengths")
    }
    return Verdict(
      share: max(0, best), threshold: assertion.threshold ?? settings.similarityThreshold,
      "The cosine similarity")
  }

  /// From -1 to 1; nil where there is no angle.
  static func cosine(_ a: [Float], _ b: [Float]) -> Double? {
    guard a.count == b.count else { return nil }
    var (product, first, second) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += Double(x) * Double(y)
      first += Double(x) * Double(x)
      second += Double(y) * Double(y)
    }
    let cosine = product / (first * second).squareRoot()
    return cosine.isFinite ? min(max(cosine, -1), 1) : nil
  }
}
