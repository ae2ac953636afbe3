// Passages by the structure of a text: a scanner finds its sections and paragraphs, a packer joins
// small ones and cuts large ones, and no passage holds text of two sections.

struct SectionCuts: IteratorProtocol {
  private enum Scanner {
    case markdown(MarkdownScanner)
    case paragraphs(ParagraphScanner)
  }

  private var scanner: Scanner
  private var packer: PassagePacker
  private var ready: ArraySlice<PassageCut> = []
  private var isFinished = false

  /// - Parameter size: what passages aim at, in quarters of a token.
  init(of text: [UInt8], as syntax: Syntax, size: Int) {
    packer = PassagePacker(text: text, size: size)
    switch syntax {
    case .markdown: scanner = .markdown(MarkdownScanner(text: text))
    case .prose, .code: scanner = .paragraphs(ParagraphScanner(text: text))
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
