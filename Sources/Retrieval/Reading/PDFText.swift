// The text of a PDF file, by page, as poppler's pdftotext reads it (pdftotext(1)).

enum PDFText {
  static let converter = Converter(
    arguments: ["pdftotext", "-q", "-enc", "UTF-8", "-eol", "unix", "/dev/stdin", "-"],
    missing: .noPDFReader)

  /// The document in a file that is open; throws as `Converter` does.
  static func document(in file: CInt, isCancelled: () -> Bool) throws -> SourceDocument {
    var document = try document(of: converter.output(of: file, isCancelled: isCancelled))
    // What has a text is read, whatever becomes of its information.
    do {
      document.take(fields(of: try information.output(of: file, isCancelled: isCancelled)))
    } catch is SkipReason {}
    return document
  }

  /// Prints what the file says of itself, a `Name: value` a line (pdfinfo(1)).
  private static let information = Converter(
    arguments: ["pdfinfo", "-isodates", "-enc", "UTF-8", "/dev/stdin"], missing: .noPDFReader)

  /// What authors and programs fill in; the rest is about the file.
  private static let names = [
    "Title": "title", "Subject": "subject", "Keywords": "keywords", "Author": "author",
    "CreationDate": "date",
  ]

  static func fields(of information: [UInt8]) -> StatedFields {
    var fields = StatedFields()
    for line in information.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        .map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 2, let name = names[parts[0]] else { continue }
      let words = parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ")
      // What some programs write where nobody named the document.
      if words.lowercased() != "untitled" { fields.add(name, words) }
    }
    return fields
  }

  /// The document of what pdftotext printed: each page ends with a form feed, which becomes a line
  /// end, so that no paragraph goes over it.
  static func document(of printed: [UInt8]) throws -> SourceDocument {
    var document = SourceDocument(
      text: TextEncoding.damagedUTF8.utf8(printed), syntax: .prose,
      pages: [.init(byte: 0, number: 1)])
    for place in document.text.indices where document.text[place] == 0x0C {
      document.text[place] = UInt8(ascii: "\n")
      document.pages.append(.init(byte: place + 1, number: document.pages.count + 1))
    }
    // The last page's form feed begins no other.
    if document.pages.count > 1, document.pages.last?.byte == document.text.count {
      document.pages.removeLast()
    }
    guard document.text.contains(where: { !$0.isWhiteSpace }) else { throw SkipReason.noText }
    return document
  }
}
