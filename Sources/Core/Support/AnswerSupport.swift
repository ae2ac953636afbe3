// An answer against its passages: which sentences they support, which they contradict, and which
// citations name a passage that doesn't say it. By words alone, so that anyone can see why; what an
// embedding finds alike may be added.

/// The sentences of an answer, each with what passages say of it.
public struct AnswerSupport: Hashable, Sendable {
  /// In the order of the answer.
  public private(set) var sentences: [SentenceSupport] = []

  /// How alike a sentence and a passage are by their embeddings: from -1 to 1, by the place of the
  /// sentence among those of `TextSentences` and that of the passage.
  public typealias Likeness = (_ sentence: Int, _ passage: Int) -> Double

  /// - Parameters:
  ///   - passages: in the order in which the prompt numbers them, from 1.
  ///   - likeness: nil where no embedding is configured.
  public init(of text: String, by passages: [SupportPassage], likeness: Likeness? = nil) {
    var comparison = SupportComparison(passages)
    var text = text
    let places = TextSentences.of(text)
    text.withUTF8 { bytes in
      for (place, sentence) in places.enumerated() {
        sentences.append(
          comparison.support(
            of: sentence, in: bytes,
            likeness: likeness.map { likeness in { likeness(place, $0) } }))
      }
    }
  }

  /// The sentence in which an offset of the answer stands, or behind which it stands before the next
  /// begins; nil before the first.
  public func sentence(at offset: Int) -> SentenceSupport? {
    sentences.last { $0.range.lowerBound <= offset }
  }

  /// The sentences that a passage supports.
  public func sentences(supportedBy passage: Int) -> [SentenceSupport] {
    sentences.filter { sentence in
      sentence.verdict == .supported && sentence.evidence.contains { $0.passage == passage }
    }
  }
}
