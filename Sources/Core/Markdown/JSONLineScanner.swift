// JSON as it streams, into the lines of its indented form. Bytes are looked at once and stay where
// they are: a line is a stretch of the text, and blanks outside of strings aren't shown.

/// Reads one value, piece by piece.
struct JSONLineScanner: Hashable, Sendable {
  /// What has come of the value.
  enum Progress: Hashable, Sendable {
    case unfinished
    /// The value and the line on which it ended are complete; the text goes on at this offset.
    case ended(next: Int)
    /// It is no JSON, or goes on behind the value.
    case failed
  }

  /// What may come next.
  private enum Expected: Hashable, Sendable {
    case value, valueOrEnd, name, nameOrEnd, colon, commaOrEnd, nothing
  }

  private static let deepest = 100

  private var expected = Expected.value
  /// Of each open list or object, whether it is an object.
  private var nesting: [Bool] = []
  private var isInString = false
  private var isEscaped = false
  private var isName = false
  private var isInWord = false
  private var startsLine = true
  private var position: Int

  init(at offset: Int) { position = offset }

  /// Reads on to the end of what has come.
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, into parser: inout MarkdownParser
  ) -> Progress {
    while position < bytes.count {
      let byte = bytes[position]
      if isInString {
        readInString(byte, &parser)
      } else if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        if expected == .nothing, byte == 0x0A { return .ended(next: position + 1) }
        isInWord = false
      } else if !readToken(byte, &parser) {
        return .failed
      }
      position += 1
    }
    return .unfinished
  }

  private mutating func readInString(_ byte: UInt8, _ parser: inout MarkdownParser) {
    let isBetweenScalars = byte & 0xC0 != 0x80 && !isEscaped
    if isBetweenScalars, parser.lastLineLength >= MarkdownParser.longestBlock {
      parser.continueJSON(at: position)
    }
    parser.extendJSON(to: position + 1)
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      expected = isName ? .colon : afterValue
    }
  }

  private var afterValue: Expected { nesting.isEmpty ? .nothing : .commaOrEnd }

  /// Takes in a byte outside of strings; false where none like it may stand.
  private mutating func readToken(_ byte: UInt8, _ parser: inout MarkdownParser) -> Bool {
    if isInWord, Self.isOfWord(byte) {
      parser.extendJSON(to: position + 1)
      return true
    }
    isInWord = false
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard expected == .value || expected == .valueOrEnd, nesting.count < Self.deepest else {
        return false
      }
      add(&parser)
      nesting.append(byte == UInt8(ascii: "{"))
      expected = byte == UInt8(ascii: "{") ? .nameOrEnd : .valueOrEnd
      startsLine = true
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      let isObject = byte == UInt8(ascii: "}")
      let isEmpty = expected == (isObject ? .nameOrEnd : .valueOrEnd)
      guard isEmpty || expected == .commaOrEnd, nesting.last == isObject else { return false }
      nesting.removeLast()
      startsLine = !isEmpty
      add(&parser)
      expected = afterValue
    case UInt8(ascii: ","):
      guard expected == .commaOrEnd else { return false }
      add(&parser)
      expected = nesting.last == true ? .name : .value
      startsLine = true
    case UInt8(ascii: ":"):
      guard expected == .colon else { return false }
      add(&parser)
      expected = .value
    case UInt8(ascii: "\""):
      isName = expected == .name || expected == .nameOrEnd
      guard isName || expected == .value || expected == .valueOrEnd else { return false }
      add(&parser)
      isInString = true
    default:
      guard Self.isOfWord(byte), expected == .value || expected == .valueOrEnd else {
        return false
      }
      add(&parser)
      isInWord = true
      expected = afterValue
    }
    return true
  }

  /// Adds the byte at `position` to the line, or to a new one.
  private mutating func add(_ parser: inout MarkdownParser) {
    if startsLine {
      parser.beginJSON(at: position, depth: nesting.count)
    } else {
      parser.extendJSON(to: position + 1)
    }
    startsLine = false
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// Where a text that may be one value of JSON, or a code block of one, has that value.
  ///
  /// - Returns: the offset of its first byte; nil while that can't be told, -1 for another text.
  static func start(in bytes: [UInt8]) -> Int? {
    var offset = 0
    func skipBlanks() {
      while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
    }
    skipBlanks()
    if bytes[offset...].starts(with: Array("```".utf8)) {
      guard let end = bytes[offset...].firstIndex(of: 0x0A) else {
        return bytes.count - offset > MarkdownLine.longestMarkup ? -1 : nil
      }
      let info = String(decoding: bytes[offset + 3..<end], as: UTF8.self)
      let language = info.filter { !$0.isWhitespace }.lowercased()
      guard language.isEmpty || language == "json" else { return -1 }
      offset = end + 1
      skipBlanks()
    }
    guard offset < bytes.count else { return nil }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return offset
    case UInt8(ascii: "["):
      // A link begins so, too, and a citation.
      let first = offset
      offset += 1
      skipBlanks()
      guard offset < bytes.count else { return nil }
      return [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(bytes[offset])
        ? first : -1
    case UInt8(ascii: "`"): return bytes.count - offset < 3 ? nil : -1
    default: return -1
    }
  }
}

extension MarkdownParser {
  var lastLineLength: Int { lines.last?.count ?? 0 }

  mutating func beginJSON(at offset: Int, depth: Int) {
    add(
      .json(depth: UInt8(clamping: depth), isWithinString: false), offset..<offset + 1,
      container: -1)
  }

  mutating func extendJSON(to end: Int) {
    guard let last = lines.indices.last else { return }
    lines[last] = lines[last].lowerBound..<end
  }

  /// Cuts a long line within a string.
  mutating func continueJSON(at offset: Int) {
    guard let depth = blocks.last?.jsonDepth else { return }
    add(.json(depth: depth, isWithinString: true), offset..<offset, container: -1)
    blocks[blocks.count - 1].isContinued = true
  }
}

extension MarkdownBlock {
  fileprivate var jsonDepth: UInt8? {
    if case .json(let depth, _) = kind { depth } else { nil }
  }
}
