// A paragraph's text into spans: emphasis, code, links, escapes and entities (CommonMark 0.31, §6,
// with GitHub's strikethrough and bare addresses). It takes time in proportion to the text, whatever
// that holds.

/// Reads the text of one block.
struct MarkdownInlines {
  /// A stretch of `text` that is shown alike, or a run of delimiters until their meaning is known.
  struct Token {
    var start: Int
    var end: Int
    var style: RenderedStyle = []
    var shown: String?
  }

  /// The block's lines, with a line feed between them.
  let text: [UInt8]
  /// Where each line starts in `text`, and in the whole.
  private let lineStarts: [(text: Int, source: Int)]
  /// Whether more may come, which may close what is open.
  let isOpen: Bool
  var position = 0
  var tokens: [Token] = []
  private var plainStart = 0
  private var delimiters = MarkdownDelimiters()
  /// `[` and `![` that may begin a link: their tokens, and the delimiters before them.
  private var brackets: [(token: Int, delimiterCount: Int)] = []
  /// Tokens from the first to before the last, and what they get.
  private var styled: [(range: Range<Int>, style: RenderedStyle)] = []
  /// Lengths of runs of backticks of which no further one comes.
  private var unmatchedRuns: Set<Int> = []

  /// The spans of some lines of a text.
  static func spans(
    of lines: ArraySlice<Range<Int>>, in bytes: [UInt8], isOpen: Bool = false
  ) -> [MarkdownSpan] {
    var inlines = MarkdownInlines(lines, in: bytes, isOpen: isOpen)
    inlines.read()
    return inlines.spans
  }

  private init(_ lines: ArraySlice<Range<Int>>, in bytes: [UInt8], isOpen: Bool) {
    var text: [UInt8] = []
    text.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
    var lineStarts: [(text: Int, source: Int)] = []
    for line in lines {
      if !lineStarts.isEmpty { text.append(0x0A) }
      lineStarts.append((text.count, line.lowerBound))
      text += bytes[line]
    }
    self.text = text
    self.lineStarts = lineStarts
    self.isOpen = isOpen
  }

  func byte(at offset: Int) -> UInt8 { offset >= 0 && offset < text.count ? text[offset] : 0 }

  // MARK: Reading

  private mutating func read() {
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "\\"): readEscape()
      case UInt8(ascii: "`"): readCode()
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): readDelimiters()
      case UInt8(ascii: "["): openBracket(length: 1)
      case UInt8(ascii: "!"):
        if byte(at: position + 1) == UInt8(ascii: "[") {
          openBracket(length: 2)
        } else {
          position += 1
        }
      case UInt8(ascii: "]"): closeBracket()
      case UInt8(ascii: "<"): readAutolink()
      case UInt8(ascii: "&"): readEntity()
      case UInt8(ascii: "h"), UInt8(ascii: "H"): readBareAddress()
      default: position += 1
      }
    }
    flush(upTo: text.count)
    styled += delimiters.match(from: 0, in: &tokens)
    if isOpen { styled += delimiters.closeAll(in: &tokens) }
  }

  /// Makes a token of the plain text so far.
  mutating func flush(upTo end: Int) {
    if plainStart < end { tokens.append(Token(start: plainStart, end: end)) }
    plainStart = end
  }

  /// Adds a token, and goes on behind what it stands for.
  private mutating func add(_ token: Token, from start: Int, to end: Int) {
    flush(upTo: start)
    tokens.append(token)
    position = end
    plainStart = end
  }

  private mutating func readEscape() {
    let next = byte(at: position + 1)
    guard next == 0x0A || Self.isPunctuation(next) else {
      // Of an escape that isn't there yet, the backslash waits.
      if isOpen, position + 1 == text.count { hide(to: position + 1) }
      position += 1
      return
    }
    hide(to: position + 1)
    if next != 0x0A { position += 1 }
  }

  /// Leaves the bytes up to an offset out, as consumed.
  private mutating func hide(to end: Int) {
    flush(upTo: position)
    plainStart = end
    position = end
  }

  static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  private func runLength(at offset: Int) -> Int {
    var end = offset
    while end < text.count, text[end] == text[offset] { end += 1 }
    return end - offset
  }

  private mutating func readCode() {
    let length = runLength(at: position)
    let start = position + length
    guard let end = endOfCode(length: length, from: start) else {
      if isOpen, start == text.count {
        hide(to: start)
      } else if isOpen, length == 1 {
        // Shown as what it will be once the other end has come.
        add(Token(start: start, end: text.count, style: .code), from: position, to: text.count)
      } else {
        position = start
      }
      return
    }
    var content = Token(start: start, end: end, style: .code)
    // A blank at either end is there for the sake of backticks beside it.
    if end - start > 2, Self.isSpace(text[start]), Self.isSpace(text[end - 1]),
      text[start..<end].contains(where: { $0 != 0x20 })
    {
      content.start += 1
      content.end -= 1
    }
    add(content, from: position, to: end + length)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

  private mutating func endOfCode(length: Int, from start: Int) -> Int? {
    guard !unmatchedRuns.contains(length) else { return nil }
    var offset = start
    while offset < text.count {
      guard text[offset] == UInt8(ascii: "`") else {
        offset += 1
        continue
      }
      let found = runLength(at: offset)
      if found == length { return offset }
      offset += found
    }
    unmatchedRuns.insert(length)
    return nil
  }

  private mutating func readDelimiters() {
    let length = runLength(at: position)
    let end = position + length
    if isOpen, end == text.count {
      // What they mean depends on what comes.
      hide(to: end)
      return
    }
    let token = tokens.count + (plainStart < position ? 1 : 0)
    delimiters.add(
      text[position], length: length, token: token, before: scalar(before: position),
      after: scalar(at: end))
    add(Token(start: position, end: end), from: position, to: end)
  }

  /// A line end where the text has none.
  private func scalar(before offset: Int) -> Unicode.Scalar {
    var start = offset - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? "\n" : scalar(at: start)
  }

  private func scalar(at offset: Int) -> Unicode.Scalar {
    guard offset < text.count else { return "\n" }
    return String(decoding: text[offset..<min(offset + 4, text.count)], as: UTF8.self)
      .unicodeScalars.first ?? "\n"
  }

  // MARK: Links

  private mutating func openBracket(length: Int) {
    let end = position + length
    flush(upTo: position)
    brackets.append((tokens.count, delimiters.count))
    add(Token(start: position, end: end), from: position, to: end)
  }

  private mutating func closeBracket() {
    guard let bracket = brackets.popLast() else {
      position += 1
      return
    }
    let opener = tokens[bracket.token]
    guard let link = MarkdownLinkTarget(in: text, at: position + 1) else {
      position += 1
      return
    }
    flush(upTo: position)
    let label = bracket.token + 1..<tokens.count
    styled += delimiters.match(from: bracket.delimiterCount, in: &tokens)
    let isImage = opener.end - opener.start == 2
    styled.append((label, .link))
    let labelText = text[opener.end..<position]
    tokens[bracket.token].end = opener.start
    // No link within a link.
    if !isImage { brackets.removeAll() }
    let address = link.address
    let isSame = labelText == text[address]
    if !isSame, !address.isEmpty {
      // The bracket and the parenthesis, as many bytes.
      tokens.append(
        Token(start: position, end: position + 2, style: .address, shown: " ("))
      tokens.append(Token(start: address.lowerBound, end: address.upperBound, style: .address))
      tokens.append(Token(start: link.end - 1, end: link.end, style: .address))
    }
    position = link.end
    plainStart = position
  }

  private mutating func readAutolink() {
    var end = position + 1
    var isAddress = false
    while end < text.count, end - position <= MarkdownLine.longestMarkup {
      let byte = text[end]
      if byte == UInt8(ascii: ">") { break }
      if byte <= 0x20 || byte == UInt8(ascii: "<") { end = text.count }
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@") { isAddress = true }
      end += 1
    }
    guard isAddress, byte(at: end) == UInt8(ascii: ">"), Self.isLetter(byte(at: position + 1))
    else {
      position += 1
      return
    }
    add(Token(start: position + 1, end: end, style: .link), from: position, to: end + 1)
  }

  private mutating func readBareAddress() {
    let start = position
    guard !Self.isLetter(byte(at: start - 1)), let rest = ["http://", "https://"].first(where: has)
    else {
      position += 1
      return
    }
    var end = start + rest.utf8.count
    var openParentheses = 0
    while end < text.count, text[end] > 0x20, !"<`]\\".utf8.contains(text[end]) {
      if text[end] == UInt8(ascii: "(") { openParentheses += 1 }
      if text[end] == UInt8(ascii: ")") {
        if openParentheses == 0 { break }
        openParentheses -= 1
      }
      end += 1
    }
    // A sentence's end is not the address's.
    while end > start, ".,:;!?*_~'\"".utf8.contains(text[end - 1]) { end -= 1 }
    add(Token(start: start, end: end, style: .link), from: start, to: end)
  }

  private func has(_ word: String) -> Bool {
    word.utf8.enumerated().allSatisfy { offset, letter in
      byte(at: position + offset) | 0x20 == letter | 0x20
    }
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte
  }

  private mutating func readEntity() {
    var end = position + 1
    while end < text.count, end - position < 34, Self.isLetter(text[end]) || text[end] == 0x23 {
      end += 1
    }
    guard byte(at: end) == UInt8(ascii: ";"),
      let shown = MarkdownEntity.text(of: text[position + 1..<end])
    else {
      position += 1
      return
    }
    add(Token(start: position, end: end + 1, shown: shown), from: position, to: end + 1)
  }

  // MARK: Spans

  private var spans: [MarkdownSpan] {
    var spans: [MarkdownSpan] = []
    spans.reserveCapacity(tokens.count)
    let styles = styles()
    var line = 0
    for (token, style) in zip(tokens, styles) {
      var start = token.start
      while start < token.end {
        while line + 1 < lineStarts.count, lineStarts[line + 1].text <= start { line += 1 }
        let lineEnd = line + 1 < lineStarts.count ? lineStarts[line + 1].text - 1 : text.count
        let end = min(token.end, lineEnd)
        if start < end {
          let shift = lineStarts[line].source - lineStarts[line].text
          Self.add(
            MarkdownSpan(
              range: start + shift..<end + shift, style: token.style.union(style),
              shown: token.shown), to: &spans)
        }
        start = max(end, start) + (end == lineEnd ? 1 : 0)
      }
    }
    return spans
  }

  private static func add(_ span: MarkdownSpan, to spans: inout [MarkdownSpan]) {
    if let last = spans.last, last.range.upperBound == span.range.lowerBound,
      last.style == span.style, last.shown == nil, span.shown == nil
    {
      spans[spans.count - 1].range = last.range.lowerBound..<span.range.upperBound
    } else {
      spans.append(span)
    }
  }

  /// What each token gets from the delimiters and brackets around it.
  private func styles() -> [RenderedStyle] {
    guard !styled.isEmpty else { return Array(repeating: [], count: tokens.count) }
    let kinds: [RenderedStyle] = [.strong, .emphasized, .struckOut, .link]
    var styles = Array(repeating: RenderedStyle(), count: tokens.count)
    for kind in kinds {
      var changes = Array(repeating: 0, count: tokens.count + 1)
      var isUsed = false
      for (range, style) in styled where style.contains(kind) {
        changes[range.lowerBound] += 1
        changes[range.upperBound] -= 1
        isUsed = true
      }
      guard isUsed else { continue }
      var depth = 0
      for index in tokens.indices {
        depth += changes[index]
        if depth > 0 { styles[index].insert(kind) }
      }
    }
    return styles
  }
}
