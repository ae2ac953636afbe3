// A growing text with what Markdown makes of it. An appended piece costs by its own length: only the
// line that hasn't ended is read again.

/// A text in UTF-8, and its blocks.
struct MarkdownText: Hashable, Sendable {
  let form: RenderedText.Form
  private(set) var bytes: [UInt8] = []
  private(set) var parser = MarkdownParser()
  /// How things stand at `lineStart`.
  private var settled = MarkdownParser.Place()
  /// Where the line that hasn't ended starts, or what is left of it behind a cut.
  private var lineStart = 0
  /// What reads the JSON that the text consists of; nil for other texts, and behind it.
  private var json: JSONLineScanner?
  /// Whether it is known if the text begins with JSON.
  private var isJSONSought = false
  /// How often what had been read turned out to be something else.
  private(set) var readingCount = 0
  /// Whether nothing more will come.
  private(set) var isEnded = false

  init(_ form: RenderedText.Form) { self.form = form }

  /// The blocks that nothing to come can change.
  var settledBlockCount: Int {
    if isEnded { return parser.blocks.count }
    return json == nil ? settled.settledBlockCount : max(0, parser.blocks.count - 1)
  }

  /// Whether a table gets no more rows.
  func hasEnded(table: Int) -> Bool { isEnded || settled.hasEnded(table: table) }

  /// Whether a block may go on, so that what is open in it may yet be closed.
  func isOpen(_ block: Int) -> Bool {
    !isEnded && block == parser.blocks.count - 1 && parser.state.leaf == .paragraph
  }

  /// Adds a text at the end. LF and CRLF end a line, also when a CRLF comes in two pieces.
  mutating func append(_ piece: String) {
    guard !isEnded, !piece.isEmpty else { return }
    let first = bytes.count
    bytes.append(contentsOf: piece.utf8)
    if json == nil { parser.goBack(to: settled) }
    if form == .markdown, !isJSONSought { lookForJSON() }
    read(from: first)
  }

  /// Takes the line that hasn't ended for what it is: nothing more will come.
  mutating func end() {
    guard !isEnded else { return }
    if json == nil {
      parser.goBack(to: settled)
      if lineStart < bytes.count { readUnfinishedLine(isComplete: true) }
    }
    parser.endTable()
    isEnded = true
  }

  private mutating func read(from offset: Int) {
    if json != nil {
      readJSON()
    } else {
      readLines(from: offset)
      readUnfinishedLine(isComplete: false)
    }
  }

  // MARK: JSON

  private mutating func lookForJSON() {
    guard let start = JSONLineScanner.start(in: bytes) else { return }
    isJSONSought = true
    guard start >= 0 else { return }
    // What opens a code block around it.
    if let fenceEnd = bytes[..<start].lastIndex(of: 0x0A) {
      let (all, fence) = (bytes, bytes[...fenceEnd])
      bytes = Array(fence)
      readLines(from: min(lineStart, fence.count))
      bytes = all
    }
    json = JSONLineScanner(at: start)
  }

  private mutating func readJSON() {
    guard var scanner = json else { return }
    let bytes = bytes
    let progress = bytes.withUnsafeBufferPointer { scanner.read($0, into: &parser) }
    json = scanner
    switch progress {
    case .unfinished: break
    case .ended(let next):
      json = nil
      lineStart = next
      settled = parser.place
      read(from: next)
    case .failed:
      // Another text, which only began like JSON.
      json = nil
      parser = MarkdownParser()
      settled = MarkdownParser.Place()
      lineStart = 0
      readingCount += 1
      read(from: 0)
    }
  }

  // MARK: Lines

  /// Reads the lines that end at or after an offset.
  private mutating func readLines(from offset: Int) {
    let bytes = bytes
    bytes.withUnsafeBufferPointer { bytes in
      var next = offset
      while let end = bytes[next...].firstIndex(of: 0x0A) {
        let hasReturn = end > lineStart && bytes[end - 1] == 0x0D
        take(lineStart..<(hasReturn ? end - 1 : end), in: bytes, isComplete: true)
        lineStart = end + 1
        next = lineStart
      }
    }
    settled = parser.place
  }

  private mutating func readUnfinishedLine(isComplete: Bool) {
    // A carriage return at the very end may be half of a line end.
    let end = !isComplete && bytes.last == 0x0D ? bytes.count - 1 : bytes.count
    guard lineStart < end else { return }
    let bytes = bytes
    bytes.withUnsafeBufferPointer { take(lineStart..<end, in: $0, isComplete: isComplete) }
    if let cut = parser.cut {
      settled = cut.place
      lineStart = cut.offset
    }
  }

  private mutating func take(
    _ line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, isComplete: Bool
  ) {
    switch form {
    case .markdown: parser.take(line, in: bytes, isComplete: isComplete)
    case .plain: parser.takePlain(line, in: bytes, isComplete: isComplete)
    }
  }
}
