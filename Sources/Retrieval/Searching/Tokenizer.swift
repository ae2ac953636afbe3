// The words of a text just as the full-text index sees them: its own tokenizer, asked directly.

import GRDB

struct Tokenizer {
  struct Token {
    /// The word's folded, stemmed form.
    var term: String
    /// Its UTF-8 bytes in the text.
    var bytes: Range<Int>
  }

  private let tokenizer: any FTS5Tokenizer

  init(_ db: Database) throws {
    tokenizer = try db.makeTokenizer(IndexSchema.tokenizer)
  }

  /// The words of a text and the parts of its words, each with its place; parts come last.
  func tokens(in text: String) -> [Token] {
    var text = text
    return text.withUTF8 { bytes in
      var tokens = words(in: bytes, at: 0..<bytes.count)
      WordParts.forEach(in: bytes) { tokens += words(in: bytes, at: $0) }
      return tokens
    }
  }

  private func words(in bytes: UnsafeBufferPointer<UInt8>, at range: Range<Int>) -> [Token] {
    guard let start = bytes.baseAddress, let count = CInt(exactly: range.count) else { return [] }
    var tokens: [Token] = []
    UnsafeRawPointer(start + range.lowerBound).withMemoryRebound(
      to: CChar.self, capacity: range.count
    ) { text in
      // The code is an error's only when the callback says so, which ours never does.
      _ = withUnsafeMutablePointer(to: &tokens) { tokens in
        tokenizer.tokenize(
          context: tokens, tokenization: .document, pText: text, nText: count
        ) { context, _, term, termCount, start, end in
          guard let context, let term else { return 0 }
          let bytes = UnsafeRawBufferPointer(start: term, count: Int(termCount))
          context.assumingMemoryBound(to: [Token].self).pointee.append(
            Token(term: String(decoding: bytes, as: UTF8.self), bytes: Int(start)..<Int(end)))
          return 0
        }
      }
    }
    for index in tokens.indices {
      let bytes = tokens[index].bytes
      tokens[index].bytes =
        bytes.lowerBound + range.lowerBound..<bytes.upperBound + range.lowerBound
    }
    return tokens
  }
}
