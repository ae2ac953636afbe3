// Passages by separators or size alone, with the place of each: its lines, and in Markdown the
// headings above it.

struct StretchCuts: IteratorProtocol {
  private let text: [UInt8]
  private var stretches: SeparatorCuts
  private var headings: HeadingTrail?
  /// The line that holds a position; both only grow.
  private var line = 1
  private var position = 0

  /// - Parameter limit: the longest that a passage may be, in quarters of a token.
  init(of text: [UInt8], as syntax: Syntax, at separators: [Separator], limit: Int) {
    self.text = text
    let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    stretches = SeparatorCuts(
      of: text, in: start..<text.count, at: separators, limit: limit)
    headings = syntax == .markdown ? HeadingTrail(of: text) : nil
  }

  mutating func next() -> PassageCut? {
    guard let bytes = stretches.next() else { return nil }
    let firstLine = line(at: bytes.lowerBound)
    return PassageCut(
      bytes: bytes, lines: firstLine...line(at: bytes.upperBound),
      headings: headings?.titles(at: bytes.lowerBound) ?? [])
  }

  private mutating func line(at place: Int) -> Int {
    line += text[position..<place].count { $0 == UInt8(ascii: "\n") }
    position = place
    return line
  }
}

/// The headings that a place in Markdown stands under, asked for in order.
private struct HeadingTrail {
  private var scanner: MarkdownScanner
  private var next: ScannedBlock?
  private var path = HeadingPath()

  init(of text: [UInt8]) {
    scanner = MarkdownScanner(text: text)
    next = scanner.next()
  }

  /// Outermost first, a heading that begins there included.
  mutating func titles(at position: Int) -> [String] {
    while let block = next, block.bytes.lowerBound <= position {
      if case .heading(let level, let title, _) = block { path.open(level, title) }
      next = scanner.next()
    }
    return path.titles
  }
}
