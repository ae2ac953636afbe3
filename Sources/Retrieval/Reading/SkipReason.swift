// Why a file, or a row in one, is not in the index: each a few words that a person can act on.

/// Why a file, a folder or a row was left out.
public enum SkipReason: String, Error, Hashable, Sendable, CaseIterable {
  case binary
  case notUTF8 = "not_utf8"
  case tooLarge = "too_large"
  case notReadable = "not_readable"
  case nameNotUTF8 = "name_not_utf8"
  /// A program that reads the format found it wrong.
  case damaged
  /// There is nothing in it but white space: scanned pages, a row whose fields are empty.
  case noText = "no_text"
  /// Reading it took too long, or too much memory.
  case overLimits = "over_limits"
  /// Rows that are not what their file should hold, or whose name another has.
  case malformed, duplicate
  /// The program or library that reads the format is not installed.
  case noPDFReader = "no_pdftotext"
  case noPandoc = "no_pandoc"
  case noHTMLParser = "no_libxml2"
}

extension SkipReason {
  /// The reasons that hold no more, since what was missing has been installed.
  static var gone: Set<SkipReason> {
    // Whether libxml2 is there shows when it is used.
    var gone: Set<SkipReason> = [.noHTMLParser]
    if PDFText.converter.isInstalled { gone.insert(.noPDFReader) }
    if PandocText.converter(for: "docx").isInstalled { gone.insert(.noPandoc) }
    return gone
  }
}

extension SkipReason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .binary: "binary"
    case .notUTF8: "not UTF-8"
    case .tooLarge: "too large (--max-size is the limit for files, 4 MB for rows)"
    case .notReadable: "not readable"
    case .nameNotUTF8: "a name that isn't UTF-8: rename it"
    case .damaged: "damaged or encrypted"
    case .noText: "no text in it"
    case .overLimits: "took too long, or too much memory, to be turned into text"
    case .malformed: "not a JSON object, or a quote that is never closed"
    case .duplicate: "another row before it has the same id"
    case .noPDFReader: "PDF needs pdftotext: install poppler-utils"
    case .noPandoc: "DOCX and EPUB need pandoc: install it"
    case .noHTMLParser: "HTML needs libxml2: install it"
    }
  }
}
