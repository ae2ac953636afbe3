// Cuts a template's text into plain text and tags, without a look at what the tags say. It never
// gives up on a broken text: what came before the mistake is there, for whoever colours it.

/// A stretch of a template: plain text, or one tag.
struct TemplateToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case text
    case comment
    /// `{{…}}`, `{{{…}}}`, `{{&…}}`.
    case output
    /// `{{#…}}`.
    case open
    /// `{{^…}}`.
    case openInverted
    /// `{{else}}`, `{{else if …}}`, `{{^}}`.
    case otherwise
    /// `{{/…}}`.
    case close
    /// `{{>…}}`.
    case partial
  }

  var kind: Kind
  /// Its bytes in the template, braces included.
  var range: Range<Int>
  /// The bytes inside of the braces, without sigil and `~`; for text, the same as `range`.
  var content: Range<Int>
  /// `{{~`: white space before the tag goes.
  var trimsBefore = false
  /// `~}}`: white space after the tag goes.
  var trimsAfter = false

  /// Whether the tag, alone on a line, takes the whole line away.
  var canStandAlone: Bool { kind != .text && kind != .output }
}

/// Goes over a template's bytes once, from tag to tag.
struct TemplateScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [TemplateToken] = []

  private init(bytes: [UInt8], start: Int) {
    self.bytes = bytes
    position = start
  }

  /// The tokens of a text, in order; with a mistake, those before it.
  ///
  /// - Parameter start: the byte to begin at, outside of any tag.
  static func scan(
    _ bytes: [UInt8], from start: Int = 0
  ) -> (tokens: [TemplateToken], error: TemplateError?) {
    var scanner = TemplateScanner(bytes: bytes, start: start)
    do throws(TemplateError) {
      try scanner.scan()
      return (scanner.tokens, nil)
    } catch {
      return (scanner.tokens, error)
    }
  }

  private mutating func scan() throws(TemplateError) {
    var textStart = position
    while let brace = nextBraces(from: position) {
      let backslashes = bytes[textStart..<brace].reversed().prefix { $0 == UInt8(ascii: "\\") }
      if backslashes.count == 1 {
        // \{{ is text up to the next braces; the backslash goes.
        addText(textStart..<brace - 1)
        textStart = brace
        position = brace + 2
        continue
      }
      addText(textStart..<(backslashes.count > 1 ? brace - 1 : brace))
      position = brace
      tokens.append(try tag())
      textStart = position
    }
    addText(textStart..<bytes.count)
  }

  private mutating func addText(_ range: Range<Int>) {
    if !range.isEmpty { tokens.append(TemplateToken(kind: .text, range: range, content: range)) }
  }

  private func nextBraces(from start: Int) -> Int? {
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "{") { return index }
      index += 1
    }
    return nil
  }

  private func has(_ text: StaticString, at index: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    return index + count <= bytes.count
      && (0..<count).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
  }

  private mutating func tag() throws(TemplateError) -> TemplateToken {
    let start = position
    if has("{{{{", at: start) {
      throw TemplateError(at: start, in: bytes, "raw blocks ('{{{{') are not known here")
    }
    position += 2
    let trimsBefore = has("~", at: position)
    if trimsBefore { position += 1 }
    if has("!", at: position) { return try comment(from: start, trimsBefore: trimsBefore) }

    var kind = TemplateToken.Kind.output
    var isTriple = false
    if position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"): isTriple = true
      case UInt8(ascii: "&"): break
      case UInt8(ascii: "#"): kind = .open
      case UInt8(ascii: "^"): kind = .openInverted
      case UInt8(ascii: "/"): kind = .close
      case UInt8(ascii: ">"): kind = .partial
      default: position -= 1
      }
      position += 1
    }
    let contentStart = position
    let contentEnd = try endOfContent(from: start, isTriple: isTriple)
    let trimsAfter = has("~", at: position)
    position += trimsAfter ? 3 : 2
    let content = contentStart..<contentEnd
    if kind == .output, firstWord(of: content) == "else" { kind = .otherwise }
    if kind == .openInverted, firstWord(of: content).isEmpty { kind = .otherwise }
    return TemplateToken(
      kind: kind, range: start..<position, content: content, trimsBefore: trimsBefore,
      trimsAfter: trimsAfter)
  }

  /// Moves to the `~}}` or `}}` that ends a tag, past quoted text; gives the content's end.
  private mutating func endOfContent(from start: Int, isTriple: Bool) throws(TemplateError) -> Int {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "}") where isTriple:
        if has("}}}", at: position) || has("}~}}", at: position) {
          position += 1
          return position - 1
        }
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "~"):
        if has("}}", at: position) || has("~}}", at: position) { return position }
        position += 1
      case UInt8(ascii: "{") where has("{{", at: position):
        throw TemplateError(
          at: start, in: bytes, "this tag has no '\(isTriple ? "}}}" : "}}")' before the next one")
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipQuoted(until: bytes[position])
      case UInt8(ascii: "["): skipQuoted(until: UInt8(ascii: "]"))
      default: position += 1
      }
    }
    throw TemplateError(
      at: start, in: bytes, "this tag has no end: '\(isTriple ? "}}}" : "}}")' was expected")
  }

  /// Moves past a quoted text, or past the quote alone when its line has no second one.
  private mutating func skipQuoted(until quote: UInt8) {
    var end = position + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == quote {
        position = end + 1
        return
      }
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    position += 1
  }

  private mutating func comment(from start: Int, trimsBefore: Bool) throws(TemplateError)
    -> TemplateToken
  {
    let isLong = has("!--", at: position)
    let contentStart = position + (isLong ? 3 : 1)
    var end = contentStart
    while end < bytes.count {
      let close = isLong && has("--", at: end) ? end + 2 : isLong ? bytes.count : end
      let trimsAfter = has("~}}", at: close)
      if trimsAfter || has("}}", at: close) {
        position = close + (trimsAfter ? 3 : 2)
        return TemplateToken(
          kind: .comment, range: start..<position, content: contentStart..<end,
          trimsBefore: trimsBefore, trimsAfter: trimsAfter)
      }
      end += 1
    }
    throw TemplateError(
      at: start, in: bytes, "this comment has no end: '\(isLong ? "--}}" : "}}")' was expected")
  }

  private func firstWord(of content: Range<Int>) -> String {
    let word = bytes[content]
      .drop { $0 == UInt8(ascii: " ") || 0x09...0x0D ~= $0 }
      .prefix { $0 != UInt8(ascii: " ") && !(0x09...0x0D ~= $0) }
    return String(decoding: word, as: UTF8.self)
  }
}
