import Core
import Retrieval

// Support with an embedding beside the words: how alike a sentence and a passage are in what they mean.

extension AnswerSupport {
  /// Compares an answer with the passages of its run.
  ///
  /// - Parameter embedder: nil for words alone. Throws what it throws.
  public init(
    of text: String, by passages: [Passage], embedder: (any Embedder)?,
    isCancelled: () -> Bool = { false }
  ) throws {
    let compared = passages.map(SupportPassage.init)
    guard let embedder else {
      self.init(of: text, by: compared)
      return
    }
    let bytes = Array(text.utf8)
    let sentences = TextSentences.of(text).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    let ofSentences = try embedder.vectors(of: sentences, as: .query, isCancelled: isCancelled)
    let ofPassages = try embedder.vectors(
      of: passages.map(\.text), as: .passage, isCancelled: isCancelled)
    self.init(of: text, by: compared) { sentence, passage in
      guard ofSentences.indices.contains(sentence), ofPassages.indices.contains(passage) else {
        return 0
      }
      // Vectors of length 1: their product is the cosine.
      return Double(zip(ofSentences[sentence], ofPassages[passage]).reduce(0) { $0 + $1.0 * $1.1 })
    }
  }
}
