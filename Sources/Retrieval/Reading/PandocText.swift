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
        "--to=gfm-raw_html", "--wrap=none",
      ],
      missing: .noPandoc)
  }

  /// The document in a file that is open; throws as `Converter` does.
  static func document(
    in file: CInt, format: String, isCancelled: () -> Bool
  ) throws -> SourceDocument {
    let text = try converter(for: format).output(of: file, isCancelled: isCancelled)
    guard text.contains(where: { !$0.isWhiteSpace }) else { throw SkipReason.noText }
    return SourceDocument(text: TextEncoding.damagedUTF8.utf8(text), syntax: .markdown)
  }
}
