import Core

// Texts that go to a server in as many requests as it wants: servers limit the number of texts, their
// size together and the length of each, and few say how before they refuse.

/// Asks a server about many texts, a batch after the other.
struct TextBatches {
  /// Texts a request at most, and their bytes together.
  private static let largest = (texts: 64, bytes: 256 << 10)
  /// A text this short is too long for no model: a refusal has another reason. In bytes.
  private static let leastBytes = 256

  /// Texts that were too long for the model, so that it was asked about their beginnings.
  private(set) var cutTexts = 0
  /// What the server takes, as far as it is known.
  private var mostTexts = largest.texts

  /// What is answered for each text, in their order.
  ///
  /// A batch that the server refuses for its size is halved; a single text that is too long is cut until
  /// it fits. Throws what `ask` does.
  mutating func answers<Answer>(
    about texts: [String], ask: ([String]) throws -> [Answer]
  ) throws -> [Answer] {
    var answers: [Answer] = []
    var rest = texts[...]
    while !rest.isEmpty {
      let batch = batch(of: rest)
      do {
        answers += try ask(batch)
      } catch let refusal as TooMuchError {
        guard batch.count == 1 else {
          mostTexts = batch.count / 2
          continue
        }
        answers += try answer(aboutBeginningOf: batch[0], ask, refusal)
        cutTexts += 1
      }
      rest = rest.dropFirst(batch.count)
    }
    return answers
  }

  private func batch(of texts: ArraySlice<String>) -> [String] {
    var bytes = 0
    let fitting = texts.prefix(mostTexts).prefix { text in
      bytes += text.utf8.count
      return bytes <= Self.largest.bytes
    }
    return Array(fitting.isEmpty ? texts.prefix(1) : fitting)
  }

  private func answer<Answer>(
    aboutBeginningOf text: String, _ ask: ([String]) throws -> [Answer], _ refusal: TooMuchError
  ) throws -> [Answer] {
    var text = text
    while text.utf8.count > Self.leastBytes {
      text = text.beginning(bytes: text.utf8.count / 4 * 3)
      do {
        return try ask([text])
      } catch is TooMuchError {
        continue
      }
    }
    throw CompletionError(refusal.sentence)
  }
}

extension String {
  /// Its beginning of at most so many bytes, no scalar cut.
  fileprivate func beginning(bytes: Int) -> String {
    var end = utf8.index(startIndex, offsetBy: min(bytes, utf8.count))
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
