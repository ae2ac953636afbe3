// Lines of Markdown, made of the pieces that a page is told in. White space is written as it counts:
// a space between words, a line end where the source has one, a blank line between blocks. Text that
// would pass for structure is escaped.

/// A Markdown text under way, with the line of the source that each of its lines is from.
struct MarkdownLines {
  /// Deeper lists are indented no further: what is written stays in proportion to what is read.
  private static let deepest = 8

  private enum Space {
    case none, space, lineEnd
  }

  private(set) var text: [UInt8] = []
  private(set) var fileLines: [Int] = []
  /// How many lists are open.
  var depth = 0

  /// The line that isn't in the text yet, and where its words begin in it.
  private var line: [UInt8] = []
  private var lineStart = 0
  private var lineNumber = 1
  /// What stands before the next words: the mark of an item or a heading.
  private var mark: [UInt8]?
  private var space = Space.none
  private var needsBlankLine = false
  private var isHeading = false
  private var isCellWaiting = false
  /// Of a fenced block that is open, what was told so far, and its first line in the source.
  private var code: (bytes: [UInt8], line: Int)?

  // MARK: Structure

  mutating func startLine() {
    // A heading stays on one line, whatever is in it.
    guard !isHeading else {
      space = .space
      return
    }
    endLine()
  }

  mutating func startBlock() {
    startLine()
    if !isHeading { needsBlankLine = true }
  }

  mutating func startHeading(level: Int) {
    isHeading = false
    startBlock()
    isHeading = true
    mark = [UInt8](repeating: UInt8(ascii: "#"), count: level) + [UInt8(ascii: " ")]
  }

  mutating func endHeading() {
    isHeading = false
    mark = nil
    startBlock()
  }

  mutating func startItem(_ mark: String, depth: Int) {
    self.depth = depth
    guard !isHeading else { return }
    self.mark = indentation(depth - 1) + Array(mark.utf8)
  }

  /// A cell of a table: what follows stands behind a bar, unless it begins the row.
  mutating func startCell() {
    if !line.isEmpty { isCellWaiting = true }
  }

  mutating func startCode() {
    isHeading = false
    startBlock()
    code = ([], lineNumber)
  }

  /// Writes the block between fences that nothing in it closes.
  mutating func endCode() {
    guard let (bytes, first) = code else { return }
    code = nil
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var number = first
    while lines.first?.allSatisfy(\.isWhiteSpace) == true {
      lines.removeFirst()
      number += 1
    }
    while lines.last?.allSatisfy(\.isWhiteSpace) == true { lines.removeLast() }
    guard !lines.isEmpty else { return }
    let longest = lines.map { $0.prefix { $0 == UInt8(ascii: "`") }.count }.max() ?? 0
    let fence = [UInt8](repeating: UInt8(ascii: "`"), count: max(3, longest + 1))
    writeBlankLine()
    write(fence, from: number)
    for line in lines {
      write(line, from: number)
      number += 1
    }
    write(fence, from: number - 1)
    needsBlankLine = true
  }

  mutating func finish() {
    endCode()
    endLine()
  }

  // MARK: Words

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0), line: lineNumber) }
  }

  /// - Parameter number: the line of the source on which the text begins.
  mutating func append(_ text: UnsafeRawBufferPointer, line number: Int) {
    if code != nil {
      if code?.bytes.isEmpty == true { code?.line = number }
      code?.bytes += text.filter { $0 != UInt8(ascii: "\r") }
      return
    }
    var number = number
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "\n") {
        number += 1
        space = isHeading ? .space : .lineEnd
      } else if byte.isWhiteSpace {
        if space == .none { space = .space }
      } else if byte == 0xC2, place + 1 < text.count, text[place + 1] == 0xA0 {
        // A space that doesn't break is one all the same.
        if space == .none { space = .space }
        place += 1
      } else {
        appendSpace(before: number)
        line.append(byte)
      }
      place += 1
    }
  }

  /// What is between the words before and those that follow.
  private mutating func appendSpace(before number: Int) {
    if isCellWaiting, !line.isEmpty {
      line += Array(" | ".utf8)
    } else if space == .lineEnd, !line.isEmpty {
      endLine()
    } else if space == .space, !line.isEmpty {
      line.append(UInt8(ascii: " "))
    }
    isCellWaiting = false
    space = .none
    guard line.isEmpty else { return }
    lineNumber = number
    if isHeading {
      line = mark ?? []
    } else {
      line = mark ?? indentation(depth)
    }
    mark = nil
    lineStart = line.count
  }

  private func indentation(_ depth: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: " "), count: 2 * min(max(depth, 0), Self.deepest))
  }

  // MARK: Lines

  private mutating func endLine() {
    space = .none
    isCellWaiting = false
    guard !line.isEmpty else { return }
    writeBlankLine()
    if Self.looksLikeStructure(line[lineStart...]) {
      line.insert(UInt8(ascii: "\\"), at: lineStart)
    }
    write(line[...], from: lineNumber)
    line.removeAll(keepingCapacity: true)
  }

  private mutating func writeBlankLine() {
    if needsBlankLine, !text.isEmpty { write([], from: fileLines.last ?? 1) }
    needsBlankLine = false
  }

  private mutating func write(_ line: some Sequence<UInt8>, from number: Int) {
    text += line
    text.append(UInt8(ascii: "\n"))
    fileLines.append(number)
  }

  private static let openings: [[UInt8]] = [
    "```", "~~~", "<!--", "<pre", "<script", "<style",
  ].map { Array($0.utf8) }

  /// Whether a line of words would open or make something else in Markdown: a heading, an underline,
  /// a fence, HTML.
  private static func looksLikeStructure(_ words: ArraySlice<UInt8>) -> Bool {
    guard let first = words.first else { return false }
    switch first {
    case UInt8(ascii: "#"):
      let next = words.drop { $0 == first }.first
      return next == nil || next?.isWhiteSpace == true
    case UInt8(ascii: "="), UInt8(ascii: "-"):
      return words.allSatisfy { $0 == first || $0.isWhiteSpace }
    default:
      return openings.contains { words.starts(with: $0) }
    }
  }
}
