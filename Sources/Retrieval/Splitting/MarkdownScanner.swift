// The blocks of Markdown: ATX and Setext headings, paragraphs, fenced code, HTML comments, YAML
// front matter (CommonMark 0.31, sections 4.2 to 4.6). It looks for structure only as far as
// passages need it: lists, quotes and tables are paragraphs here, in which no heading is looked for.

struct MarkdownScanner: IteratorProtocol {
  private enum State {
    case text
    /// In a fenced block, until a line of at least `count` such marks.
    case fence(mark: UInt8, count: Int)
    /// In HTML whose content is no Markdown, until a line that holds the end.
    case html(end: [UInt8])
    /// In front matter, until a line `---` or `...`.
    case frontMatter
  }

  private let text: [UInt8]
  private var lines: TextLines
  private var state = State.text
  private var open: Block?
  /// Whether all of the open block is text that an underline would make a heading.
  private var isParagraph = false
  private var waiting: ScannedBlock?
  private var isFirstLine = true

  init(text: [UInt8]) {
    self.text = text
    lines = TextLines(text: text)
  }

  mutating func next() -> ScannedBlock? {
    if let block = waiting {
      waiting = nil
      return block
    }
    while let line = lines.next() {
      defer { isFirstLine = false }
      if let block = take(line) { return block }
    }
    return closeOpenBlock()
  }

  /// The block that a line closes; where it is one itself, that one waits for the next call.
  private mutating func take(_ line: TextLine) -> ScannedBlock? {
    switch state {
    case .fence(let mark, let count):
      extend(to: line)
      guard closesFence(line, mark, count) else { return nil }
      state = .text
      return closeOpenBlock()
    case .html(let end):
      extend(to: line)
      guard contains(end, line.bytes) else { return nil }
      state = .text
      return closeOpenBlock()
    case .frontMatter:
      extend(to: line)
      guard isFrontMatterMark(line, orDots: true) else { return nil }
      state = .text
      return takeOpenBlock().map(ScannedBlock.frontMatter)
    case .text:
      return line.isBlank ? closeOpenBlock() : takeText(line)
    }
  }

  private mutating func takeText(_ line: TextLine) -> ScannedBlock? {
    if isFirstLine, isFrontMatterMark(line), frontMatterEnds() {
      state = .frontMatter
      open = Block(line, kind: .code)
      return nil
    }
    if let level = underlineLevel(line), isParagraph, var heading = takeOpenBlock() {
      let title = title(heading.bytes)
      heading.extend(to: line)
      return .heading(level: level, title: title, heading)
    }
    if let (level, title) = atxHeading(line) {
      return replaceOpenBlock(by: .heading(level: level, title: title, Block(line, kind: .prose)))
    }
    if let fence = fenceOpening(line) {
      defer {
        open = Block(line, kind: .code)
        state = fence
      }
      return closeOpenBlock()
    }
    if let end = htmlEnd(line), !contains(end, line.bytes) {
      defer {
        open = Block(line, kind: .code)
        state = .html(end: end)
      }
      return closeOpenBlock()
    }
    if open == nil {
      open = Block(line, kind: .prose)
      isParagraph = startsParagraph(line)
    } else {
      extend(to: line)
      if isParagraph, !continuesParagraph(line) { isParagraph = false }
    }
    return nil
  }

  // MARK: The open block

  private mutating func extend(to line: TextLine) {
    // Blank lines at the end of a block that is never closed belong to none.
    if !line.isBlank { open?.extend(to: line) }
  }

  private mutating func takeOpenBlock() -> Block? {
    defer { open = nil }
    isParagraph = false
    return open
  }

  private mutating func closeOpenBlock() -> ScannedBlock? {
    takeOpenBlock().map(ScannedBlock.body)
  }

  private mutating func replaceOpenBlock(by block: ScannedBlock) -> ScannedBlock {
    guard let closed = closeOpenBlock() else { return block }
    waiting = block
    return closed
  }

  // MARK: What a line is

  /// The line past its indentation; nil where that is four columns or more, which makes it code.
  private func content(_ line: TextLine) -> Range<Int>? {
    var start = line.bytes.lowerBound
    while start < line.bytes.upperBound, text[start] == UInt8(ascii: " ") { start += 1 }
    guard start - line.bytes.lowerBound < 4, start < line.bytes.upperBound,
      text[start] != UInt8(ascii: "\t")
    else { return nil }
    return start..<line.bytes.upperBound
  }

  /// How many times the first byte of a range stands there in a row.
  private func run(_ range: Range<Int>) -> Int {
    text[range].prefix { $0 == text[range.lowerBound] }.count
  }

  private func isBlank(_ range: Range<Int>) -> Bool { text[range].allSatisfy(\.isWhiteSpace) }

  private func contains(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    text[range].contains(bytes)
  }

  private func atxHeading(_ line: TextLine) -> (level: Int, title: String)? {
    guard let content = content(line), text[content.lowerBound] == UInt8(ascii: "#") else {
      return nil
    }
    let level = run(content)
    let rest = content.lowerBound + level..<content.upperBound
    guard level <= 6, rest.isEmpty || text[rest.lowerBound].isWhiteSpace else { return nil }
    return (level, title(withoutClosingMarks(rest)))
  }

  /// `## Title ##` is the title alone; `## C#` keeps its mark.
  private func withoutClosingMarks(_ range: Range<Int>) -> Range<Int> {
    func trimmed(_ end: Int, _ isDropped: (UInt8) -> Bool) -> Int {
      var end = end
      while end > range.lowerBound, isDropped(text[end - 1]) { end -= 1 }
      return end
    }
    let end = trimmed(range.upperBound, \.isWhiteSpace)
    let unmarked = trimmed(end) { $0 == UInt8(ascii: "#") }
    let isClosed = unmarked == range.lowerBound || text[unmarked - 1].isWhiteSpace
    return range.lowerBound..<(isClosed ? unmarked : end)
  }

  /// A heading as it is shown and indexed: on one line, and of a length that can be.
  private func title(_ range: Range<Int>) -> String {
    let words = String(decoding: text[range].prefix(1000), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace)
    return String(words.joined(separator: " ").prefix(200))
  }

  private func underlineLevel(_ line: TextLine) -> Int? {
    guard let content = content(line) else { return nil }
    let mark = text[content.lowerBound]
    guard mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"),
      isBlank(content.lowerBound + run(content)..<content.upperBound)
    else { return nil }
    return mark == UInt8(ascii: "=") ? 1 : 2
  }

  /// Fences are also seen behind list marks, since what they hold must never pass for a heading.
  private func fenceOpening(_ line: TextLine) -> State? {
    let content = afterListMarks(line.bytes)
    guard let mark = text[content].first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")
    else { return nil }
    let count = run(content)
    let info = content.lowerBound + count..<content.upperBound
    guard count >= 3, mark != UInt8(ascii: "`") || !text[info].contains(mark) else { return nil }
    return .fence(mark: mark, count: count)
  }

  private func closesFence(_ line: TextLine, _ mark: UInt8, _ count: Int) -> Bool {
    let content = withoutIndentation(line.bytes)
    guard text[content].first == mark else { return false }
    let length = run(content)
    return length >= count && isBlank(content.lowerBound + length..<content.upperBound)
  }

  private func withoutIndentation(_ range: Range<Int>) -> Range<Int> {
    let indentation = text[range].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return indentation.endIndex..<range.upperBound
  }

  private func afterListMarks(_ range: Range<Int>) -> Range<Int> {
    var content = withoutIndentation(range)
    while let end = listMarkEnd(content) { content = withoutIndentation(end..<range.upperBound) }
    return content
  }

  /// Where a list mark (`-`, `*`, `+`, `1.`, `1)`) with the space after it ends.
  private func listMarkEnd(_ content: Range<Int>) -> Int? {
    guard let first = text[content].first else { return nil }
    var end = content.lowerBound + 1
    if first.isASCIIDigit {
      end = text[content].prefix(9).prefix(while: \.isASCIIDigit).endIndex
      guard end < content.upperBound,
        text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ")")
      else { return nil }
      end += 1
    } else if first != UInt8(ascii: "-"), first != UInt8(ascii: "*"), first != UInt8(ascii: "+") {
      return nil
    }
    return end == content.upperBound || text[end].isWhiteSpace ? end : nil
  }

  /// Text that isn't indented code, a list, a quote or a table.
  private func startsParagraph(_ line: TextLine) -> Bool {
    guard let content = content(line), listMarkEnd(content) == nil else { return false }
    return text[content.lowerBound] != UInt8(ascii: ">")
      && text[content.lowerBound] != UInt8(ascii: "|")
  }

  /// A list or a quote may begin right under a paragraph; deeper indentation goes on with it.
  private func continuesParagraph(_ line: TextLine) -> Bool {
    content(line) == nil || startsParagraph(line)
  }

  private static let htmlBlocks: [(start: [UInt8], end: [UInt8])] = [
    ("<!--", "-->"), ("<pre", "</pre>"), ("<script", "</script>"), ("<style", "</style>"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  private func htmlEnd(_ line: TextLine) -> [UInt8]? {
    guard let content = content(line), text[content.lowerBound] == UInt8(ascii: "<") else {
      return nil
    }
    return Self.htmlBlocks.first { text[content].starts(with: $0.start) }?.end
  }

  private func isFrontMatterMark(_ line: TextLine, orDots: Bool = false) -> Bool {
    let start = text[line.bytes].prefix(3)
    guard start.elementsEqual("---".utf8) || (orDots && start.elementsEqual("...".utf8)) else {
      return false
    }
    return isBlank(start.endIndex..<line.bytes.upperBound)
  }

  /// Whether what begins like front matter also goes on and ends so; else `---` is a line across
  /// the page.
  private func frontMatterEnds() -> Bool {
    var ahead = lines
    guard let second = ahead.next(), !second.isBlank else { return false }
    if isFrontMatterMark(second, orDots: true) { return true }
    while let line = ahead.next() {
      if isFrontMatterMark(line, orDots: true) { return true }
    }
    return false
  }
}
