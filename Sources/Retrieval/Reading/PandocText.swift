// Word processors' documents and electronic books, as pandoc makes Markdown of them. It is kept in
// its sandbox, where it reads no other file.

enum PandocText {
  /// - Parameter format: pandoc's name for what it reads.
  static func converter(for format: String) -> Converter {
    Converter(
      // Its heap in less than its limit, so that it can say that it is full (pandoc's manual,
      // "A note on security").
      arguments: [
        "pandoc", "+RTS", "-M512m", "-RTS", "--sandbox", "--from=\(format)",
        // With what the document says of itself, as front matter.
        "--to=gfm-raw_html", "--wrap=none", "--standalone",
      ],
      missing: .noPandoc)
  }

  /// The document in a file that is open; throws as `Converter` does.
  static func document(
    in file: CInt, format: String, isCancelled: () -> Bool
  ) throws -> SourceDocument {
    let text = try converter(for: format).output(of: file, isCancelled: isCancelled)
    return try document(of: TextEncoding.damagedUTF8.utf8(text))
  }

  /// The document of what pandoc printed. Its front matter is no part of the file's text.
  private static func document(of printed: [UInt8]) throws -> SourceDocument {
    var count = 0
    let fields = StatedFields(frontMatterOf: printed, count: &count)
    let text = printed[count...].drop(while: \.isWhiteSpace)
    guard !text.isEmpty else { throw SkipReason.noText }
    var document = SourceDocument(text: Array(text), syntax: .markdown)
    document.take(fields)
    return document
  }
}
