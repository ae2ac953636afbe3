// The tags of a text that may be broken: what comes after a mistake is read, too. For colouring,
// matching and completing while a template is typed; rendering has a stricter reader.

/// The tags of a stretch of a template, in order.
struct TemplateTags {
  /// Text between the tags is left out.
  let tags: [TemplateToken]
  let bytes: [UInt8]

  /// A text with more mistakes than this is no template: it is read up to there.
  private static let mostMistakes = 64

  init(in bytes: [UInt8]) {
    var tags: [TemplateToken] = []
    var start = 0
    for _ in 0..<Self.mostMistakes {
      let (tokens, error) = TemplateScanner.scan(bytes, from: start)
      tags += tokens.filter { $0.kind != .text }
      guard let error else { break }
      start = error.offset + 2
    }
    self.tags = tags
    self.bytes = bytes
  }

  func words(of tag: TemplateToken) -> [TemplateWord] {
    TemplateWord.words(in: bytes, range: tag.content)
  }
}

/// One word of a tag: a path, a literal or a sign, with no look at what it means.
struct TemplateWord: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A name or a path: `a`, `a.b`, `../x`, `@index`, `this`.
    case path
    /// The name before a `=`.
    case option
    /// A quoted text, a number, `true`, `false`, `null`, `undefined`.
    case literal
    case open, close
    /// A name between the bars of `as |…|`.
    case parameter
  }

  var kind: Kind
  var text: String
  var range: Range<Int>

  static func words(in bytes: [UInt8], range: Range<Int>) -> [TemplateWord] {
    var words: [TemplateWord] = []
    var isParameter = false
    var index = range.lowerBound
    func append(_ kind: Kind, until end: Int) {
      words.append(
        TemplateWord(
          kind: kind, text: String(decoding: bytes[index..<end], as: UTF8.self), range: index..<end)
      )
    }
    while index < range.upperBound {
      var end = index + 1
      switch bytes[index] {
      case UInt8(ascii: "("): append(.open, until: end)
      case UInt8(ascii: ")"): append(.close, until: end)
      case UInt8(ascii: "|"):
        // The word before the first bar is `as`.
        if !isParameter, words.last?.text == "as" { words.removeLast() }
        isParameter.toggle()
      case UInt8(ascii: "="):
        if let last = words.indices.last, words[last].kind == .path { words[last].kind = .option }
      case let quote where quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"):
        while end < range.upperBound, bytes[end] != quote { end += 1 }
        end = min(end + 1, range.upperBound)
        append(.literal, until: end)
      case let byte where isPathByte(byte):
        while end < range.upperBound, isPathByte(bytes[end]) { end += 1 }
        append(isParameter ? .parameter : .path, until: end)
        if let last = words.last, last.kind == .path, isLiteral(last.text) {
          words[words.count - 1].kind = .literal
        }
      default: break
      }
      index = end
    }
    return words
  }

  private static func isLiteral(_ text: String) -> Bool {
    ["true", "false", "null", "undefined"].contains(text) || Double(text) != nil
  }

  /// The bytes of names, and those that join them to paths.
  static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: "$-:?_./@[]".utf8.contains(byte)
    }
  }
}
