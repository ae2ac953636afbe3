// Cuts a Nunjucks template (https://mozilla.github.io/nunjucks/templating.html) into text and tags,
// without a look at what the tags say.

/// A stretch of a Nunjucks template.
struct NunjucksPiece: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case text
    /// `{{ … }}`.
    case output
    /// `{% … %}`.
    case statement
    /// `{# … #}`.
    case comment
  }

  var kind: Kind
  /// As it was written.
  var source: String
  /// What stands within the braces, without the blanks around it.
  var content: String
  /// Counted from 1.
  var line: Int
  /// Whether it takes away the white space before or after it.
  var trimsBefore = false
  var trimsAfter = false

  /// The first word of a statement.
  var keyword: Substring { content.prefix { !$0.isWhitespace } }
  /// What follows that.
  var argument: Substring { content[keyword.endIndex...].trimmed }

  /// The pieces of a text, in order; what has no end is text.
  static func pieces(of text: String, firstLine: Int = 1) -> [NunjucksPiece] {
    var pieces: [NunjucksPiece] = []
    var pending = ""
    var rest = Substring(text)
    var line = firstLine
    func lines(in text: some StringProtocol) -> Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }
    func flush() {
      guard !pending.isEmpty else { return }
      pieces.append(NunjucksPiece(kind: .text, source: pending, content: pending, line: line))
      line += lines(in: pending)
      pending = ""
    }
    while let brace = rest.firstIndex(of: "{") {
      pending += rest[..<brace]
      rest = rest[brace...]
      guard let (kind, close) = kind(of: rest), let end = end(of: rest.dropFirst(2), close: close)
      else {
        pending.append(rest.removeFirst())
        continue
      }
      flush()
      let source = String(rest[..<end])
      var content = source.dropFirst(2).dropLast(2)
      let trimsBefore = content.first == "-"
      if trimsBefore { content.removeFirst() }
      let trimsAfter = content.last == "-"
      if trimsAfter { content.removeLast() }
      rest = rest[end...]
      // What stands between `raw` tags is text, whatever it looks like.
      if kind == .statement, ["raw", "verbatim"].contains(String(content.trimmed)),
        let closing = closing(of: content.trimmed, in: rest)
      {
        line += lines(in: source)
        pending = String(rest[..<closing.lowerBound])
        let tag = rest[closing]
        flush()
        line += lines(in: tag)
        rest = rest[closing.upperBound...]
        continue
      }
      pieces.append(
        NunjucksPiece(
          kind: kind, source: source, content: String(content.trimmed), line: line,
          trimsBefore: trimsBefore, trimsAfter: trimsAfter))
      line += lines(in: source)
    }
    pending += rest
    flush()
    return pieces
  }

  private static func kind(of text: Substring) -> (Kind, close: String)? {
    switch text.dropFirst().first {
    case "{": (.output, "}}")
    case "%": (.statement, "%}")
    case "#": (.comment, "#}")
    default: nil
    }
  }

  /// Past the end of a tag, quoted texts apart.
  private static func end(of text: Substring, close: String) -> Substring.Index? {
    if close == "#}" { return text.firstRange(of: close)?.upperBound }
    var quote: Character?
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if text[index...].hasPrefix(close) {
        return text.index(index, offsetBy: 2)
      }
      index = text.index(after: index)
    }
    return nil
  }

  private static func closing(of keyword: Substring, in text: Substring) -> Range<Substring.Index>?
  {
    var start = text.startIndex
    while let open = text[start...].firstRange(of: "{%") {
      guard let close = text[open.upperBound...].firstRange(of: "%}") else { return nil }
      let content = text[open.upperBound..<close.lowerBound].filter { $0 != "-" }
      if Substring(content).trimmed == "end\(keyword)" { return open.lowerBound..<close.upperBound }
      start = open.upperBound
    }
    return nil
  }
}
