// A line of Markdown while its beginning is taken apart: indentation is counted in columns, with tabs
// reaching to the next stop of four.

/// What opened a code block, and so what closes it.
struct MarkdownFence: Hashable, Sendable {
  var mark: UInt8
  var length: Int
  /// Columns of blanks before it, which the lines of the code are relieved of, too.
  var indent: Int
}

/// The rest of a line, from the left.
struct MarkdownLine {
  /// Longer runs of a character are no markup: it bounds what is looked at again and again.
  static let longestMarkup = 1000

  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the rest begins and ends, in bytes of the text.
  private(set) var start: Int
  let end: Int
  /// The column of `start`, from the start of the whole line.
  private var column = 0
  /// Columns of a tab before `start` that nothing has used.
  private var restOfTab = 0

  init(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    start = range.lowerBound
    end = range.upperBound
  }

  /// The byte at an offset in the text; 0 past the line's end.
  func byte(at offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  /// Columns of blanks at its start.
  var indent: Int {
    var (offset, column) = (start, column)
    while offset < end {
      if bytes[offset] == 0x20 {
        column += 1
      } else if bytes[offset] == 0x09 {
        column += 4 - column % 4
      } else {
        break
      }
      offset += 1
    }
    return column - self.column + restOfTab
  }

  /// Where its first byte is that isn't a blank.
  var contentStart: Int {
    var offset = start
    while offset < end, Self.isBlank(bytes[offset]) { offset += 1 }
    return offset
  }

  var isBlank: Bool { contentStart == end }

  /// Takes blanks away, so many columns of them at the most.
  mutating func skip(columns: Int) {
    var left = columns
    let used = min(left, restOfTab)
    restOfTab -= used
    left -= used
    while left > 0, start < end, Self.isBlank(bytes[start]) {
      let cells = bytes[start] == 0x09 ? 4 - column % 4 : 1
      column += cells
      start += 1
      if cells > left { restOfTab = cells - left }
      left -= min(left, cells)
    }
  }

  /// Takes away all blanks at its start.
  mutating func skipBlanks() { skip(columns: .max) }

  /// Takes away bytes that aren't blanks.
  mutating func skip(bytes count: Int) {
    start += count
    column += count
    restOfTab = 0
  }

  /// Its bytes without blanks at its ends.
  var trimmed: Range<Int> {
    var last = end
    let first = contentStart
    while last > first, Self.isBlank(bytes[last - 1]) { last -= 1 }
    return first..<last
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// How often the byte at an offset stands there in a row.
  func runLength(at offset: Int) -> Int {
    guard offset < end else { return 0 }
    var last = offset + 1
    while last < end, bytes[last] == bytes[offset], last - offset <= Self.longestMarkup {
      last += 1
    }
    return last - offset
  }
}

// MARK: What its beginning says

extension MarkdownLine {
  /// The level and the content of a heading; nil where it is none.
  func heading() -> (level: Int, content: Range<Int>)? {
    let first = contentStart
    let level = runLength(at: first)
    guard byte(at: first) == UInt8(ascii: "#"), level <= 6,
      first + level == end || Self.isBlank(byte(at: first + level))
    else { return nil }
    var content = MarkdownLine(first + level..<end, in: bytes).trimmed
    // A run of # at its end closes it, where a blank stands before.
    var last = content.upperBound
    while last > content.lowerBound, bytes[last - 1] == UInt8(ascii: "#") { last -= 1 }
    if last == content.lowerBound {
      content = last..<last
    } else if last < content.upperBound, Self.isBlank(bytes[last - 1]) {
      content = MarkdownLine(content.lowerBound..<last, in: bytes).trimmed
    }
    return (level, content)
  }

  /// Whether it is three or more of `*`, `-` or `_`, with blanks between them.
  var isRule: Bool {
    let mark = byte(at: contentStart)
    guard [UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(mark),
      end - start <= Self.longestMarkup
    else { return false }
    var count = 0
    for offset in contentStart..<end where !Self.isBlank(bytes[offset]) {
      guard bytes[offset] == mark else { return false }
      count += 1
    }
    return count >= 3
  }

  /// The level of the heading that it underlines; nil where it is no underline.
  var underline: Int? {
    let content = trimmed
    let mark = byte(at: content.lowerBound)
    guard mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"),
      runLength(at: content.lowerBound) == content.count
    else { return nil }
    return mark == UInt8(ascii: "=") ? 1 : 2
  }

  /// The fence that opens a code block, and its language.
  func fence() -> (fence: MarkdownFence, info: Range<Int>)? {
    let first = contentStart
    let mark = byte(at: first)
    let length = runLength(at: first)
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"), length >= 3,
      end - start <= Self.longestMarkup
    else { return nil }
    let info = MarkdownLine(first + length..<end, in: bytes).trimmed
    if mark == UInt8(ascii: "`"), bytes[info].contains(mark) { return nil }
    return (MarkdownFence(mark: mark, length: length, indent: indent), info)
  }

  /// Whether it closes a code block.
  func closes(_ fence: MarkdownFence) -> Bool {
    mayClose(fence) && trimmed.count >= fence.length
  }

  /// Whether it closes a code block, or would if it were longer.
  func mayClose(_ fence: MarkdownFence) -> Bool {
    let content = trimmed
    return indent < 4 && byte(at: content.lowerBound) == fence.mark
      && runLength(at: content.lowerBound) == content.count
  }

  /// Whether a quote's mark is at its start.
  var isQuoted: Bool { indent < 4 && byte(at: contentStart) == UInt8(ascii: ">") }

  /// Takes a quote's mark away, with the blank that belongs to it.
  mutating func skipQuoteMark() {
    skipBlanks()
    skip(bytes: 1)
    skip(columns: 1)
  }

  /// Whether the box of a task that is at its start is ticked; nil where there is no box.
  var taskMark: Bool? {
    guard byte(at: start) == UInt8(ascii: "["), byte(at: start + 2) == UInt8(ascii: "]"),
      Self.isBlank(byte(at: start + 3))
    else { return nil }
    switch byte(at: start + 1) {
    case 0x20: return false
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return true
    default: return nil
    }
  }

  /// Whether a bar stands in it, as far as it can be the line under a table's header.
  var hasBar: Bool {
    end - start <= Self.longestMarkup && bytes[start..<end].contains(UInt8(ascii: "|"))
  }

  /// Another line of the same text.
  func with(_ range: Range<Int>) -> MarkdownLine { MarkdownLine(range, in: bytes) }

  /// The marker of a list item: its bytes, and its number where it has one.
  func itemMarker() -> (length: Int, number: Int?)? {
    let first = contentStart
    var length = 0
    var number: Int?
    switch byte(at: first) {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): length = 1
    case 0x30...0x39:
      var value = 0
      while case 0x30...0x39 = byte(at: first + length), length < 9 {
        value = value * 10 + Int(byte(at: first + length) - 0x30)
        length += 1
      }
      let mark = byte(at: first + length)
      guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else { return nil }
      length += 1
      number = value
    default: return nil
    }
    let next = first + length
    guard next == end || Self.isBlank(byte(at: next)) else { return nil }
    return (length, number)
  }

  /// Whether so far it is nothing but what may become markup: more of it will tell.
  var maySoonBeMarkup: Bool {
    end - start <= 100
      && bytes[start..<end].allSatisfy { byte in
        switch byte {
        case 0x09, 0x20, 0x30...0x39: true
        case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "_"),
          UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "+"), UInt8(ascii: "`"),
          UInt8(ascii: "~"), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "."),
          UInt8(ascii: ")"):
          true
        default: false
        }
      }
  }

  /// The alignments that the line under a table's header gives; nil where it is none.
  func delimiterCells() -> [MarkdownTable.Alignment]? {
    guard end - start <= Self.longestMarkup, bytes[start..<end].contains(UInt8(ascii: "-")) else {
      return nil
    }
    var alignments: [MarkdownTable.Alignment] = []
    for cell in cells() {
      let isLeft = byte(at: cell.lowerBound) == UInt8(ascii: ":")
      let isRight = !cell.isEmpty && bytes[cell.upperBound - 1] == UInt8(ascii: ":")
      let dashes = bytes[cell].filter { $0 != UInt8(ascii: ":") }
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }),
        cell.count - dashes.count == (isLeft ? 1 : 0) + (isRight ? 1 : 0)
      else { return nil }
      alignments.append(isRight ? (isLeft ? .centered : .right) : .left)
    }
    return alignments
  }

  /// The cells of a table's row, without the blanks around them; a `\|` ends none.
  func cells() -> [Range<Int>] {
    let content = trimmed
    var cells: [Range<Int>] = []
    var first = content.lowerBound
    var offset = first
    if byte(at: first) == UInt8(ascii: "|") {
      first += 1
      offset += 1
    }
    while offset < content.upperBound {
      if bytes[offset] == UInt8(ascii: "\\") {
        offset += 1
      } else if bytes[offset] == UInt8(ascii: "|") {
        cells.append(MarkdownLine(first..<offset, in: bytes).trimmed)
        first = offset + 1
      }
      offset += 1
    }
    if first < content.upperBound {
      cells.append(MarkdownLine(first..<content.upperBound, in: bytes).trimmed)
    }
    return cells
  }
}
