// The words of a text: SQLite's tokenizer, asked directly. Index and query go by the same.

import GRDB

struct Tokenizer {
  struct Token {
    /// The word's folded, stemmed form.
    var term: String
    /// Its UTF-8 bytes in the text.
    var bytes: Range<Int>
  }

  /// Porter stems over what Unicode 6.1 takes for letters and numbers, without diacritics.
  static let descriptor = FTS5TokenizerDescriptor(
    components: ["porter", "unicode61", "remove_diacritics", "2"])

  private typealias Callback = (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void

  private let tokenizer: any FTS5Tokenizer

  init(_ db: Database) throws {
    tokenizer = try db.makeTokenizer(Self.descriptor)
  }

  /// The words of a text and the parts of its words, each with its place; parts come last.
  func tokens(in text: String) -> [Token] {
    var text = text
    var tokens: [Token] = []
    text.withUTF8 { bytes in
      forEachWord(in: bytes) { term, place in
        tokens.append(Token(term: String(decoding: term, as: UTF8.self), bytes: place))
      }
      WordParts.forEach(in: bytes) { part in
        forEachWord(in: UnsafeBufferPointer(rebasing: bytes[part])) { term, place in
          let place = place.lowerBound + part.lowerBound..<place.upperBound + part.lowerBound
          tokens.append(Token(term: String(decoding: term, as: UTF8.self), bytes: place))
        }
      }
    }
    return tokens
  }

  /// Calls back with each word of a text: its folded, stemmed form, and its place in the text.
  func forEachWord(
    in text: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
  ) {
    guard let start = text.baseAddress, let count = CInt(exactly: text.count) else { return }
    withoutActuallyEscaping(body) { body in
      var body: Callback = body
      // The code is an error's only when the callback says so, which ours never does.
      _ = UnsafeRawPointer(start).withMemoryRebound(to: CChar.self, capacity: text.count) { text in
        withUnsafeMutablePointer(to: &body) { body in
          tokenizer.tokenize(
            context: body, tokenization: .document, pText: text, nText: count
          ) { context, _, term, termCount, start, end in
            guard let context, let term, termCount > 0 else { return 0 }
            UnsafeRawPointer(term).withMemoryRebound(to: UInt8.self, capacity: Int(termCount)) {
              context.assumingMemoryBound(to: Callback.self).pointee(
                UnsafeBufferPointer(start: $0, count: Int(termCount)), Int(start)..<Int(end))
            }
            return 0
          }
        }
      }
    }
  }
}
