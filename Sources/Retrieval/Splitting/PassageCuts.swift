// Splitting a text into passages: a scanner finds its blocks, a packer joins and cuts them to size.
// Nothing here copies or changes text: a passage is exactly the bytes of its span.

/// One passage of a text, before it is in an index.
struct PassageCut: Equatable {
  var bytes: Range<Int>
  /// Counted from 1, the last included; a line ends at a line feed.
  var lines: ClosedRange<Int>
  /// Outermost first.
  var headings: [String]
}

/// How a file is split; its name says so.
enum Syntax {
  case markdown, prose, code

  init(path: String) {
    let name = path.split(separator: "/").last ?? ""
    let suffix = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    switch suffix {
    case "md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd": self = .markdown
    case nil, "txt", "text", "rst", "adoc", "asciidoc", "org", "tex": self = .prose
    default: self = .code
    }
  }
}

/// The passages of a text, in order; every byte that isn't white space is in exactly one.
///
/// A byte order mark at the start belongs to none. They are made as they are asked for, so that
/// a long text costs no memory beyond its own.
struct PassageCuts: Sequence, IteratorProtocol {
  private enum Scanner {
    case markdown(MarkdownScanner)
    case paragraphs(ParagraphScanner)
  }

  private var scanner: Scanner
  private var packer: PassagePacker
  private var ready: ArraySlice<PassageCut> = []
  private var isFinished = false

  init(of text: [UInt8], as syntax: Syntax) {
    packer = PassagePacker(text: text)
    switch syntax {
    case .markdown: scanner = .markdown(MarkdownScanner(text: text))
    case .prose: scanner = .paragraphs(ParagraphScanner(text: text, kind: .prose))
    case .code: scanner = .paragraphs(ParagraphScanner(text: text, kind: .code))
    }
  }

  mutating func next() -> PassageCut? {
    while ready.isEmpty, !isFinished {
      if let block = nextBlock() {
        packer.take(block)
      } else {
        packer.finish()
        isFinished = true
      }
      ready = packer.removeFinished()[...]
    }
    return ready.popFirst()
  }

  private mutating func nextBlock() -> ScannedBlock? {
    switch scanner {
    case .markdown(var markdown):
      defer { scanner = .markdown(markdown) }
      return markdown.next()
    case .paragraphs(var paragraphs):
      defer { scanner = .paragraphs(paragraphs) }
      return paragraphs.next()
    }
  }
}
