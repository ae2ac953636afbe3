// The words of a query, as far as graders look at them: which is no grammar, and never fails.

/// A piece of a query.
struct SQLToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word
    /// In quotes or brackets of any kind.
    case quoted
    case comment
    case space
    /// Anything else: one character.
    case sign
  }

  var kind: Kind
  var text: Substring

  func isWord(_ word: String) -> Bool { kind == .word && text.lowercased() == word }
}

enum SQLTokens {
  /// All of the text, in order; what opens and is never closed goes to the end.
  static func tokens(of query: String) -> [SQLToken] {
    var tokens: [SQLToken] = []
    let bytes = query.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let start = index
      let kind = skip(from: &index, in: query)
      tokens.append(SQLToken(kind: kind, text: query[start..<index]))
    }
    return tokens
  }

  private static func skip(from index: inout String.Index, in query: String) -> SQLToken.Kind {
    let bytes = query.utf8
    let byte = bytes[index]
    let next = bytes.index(after: index)
    let following = next < bytes.endIndex ? bytes[next] : 0
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["):
      let closing = byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : byte
      let end = bytes[next...].firstIndex(of: closing)
      index = end.map(bytes.index(after:)) ?? bytes.endIndex
      return .quoted
    case UInt8(ascii: "-") where following == UInt8(ascii: "-"):
      index = bytes[next...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      return .comment
    case UInt8(ascii: "/") where following == UInt8(ascii: "*"):
      var previous = UInt8(0)
      index = bytes.index(after: next)
      while index < bytes.endIndex {
        let byte = bytes[index]
        index = bytes.index(after: index)
        if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "/") { break }
        previous = byte
      }
      return .comment
    case let byte where isSpace(byte):
      index = bytes[index...].firstIndex { !isSpace($0) } ?? bytes.endIndex
      return .space
    case let byte where isWord(byte):
      index = bytes[index...].firstIndex { !isWord($0) } ?? bytes.endIndex
      return .word
    default:
      index = next
      return .sign
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Letters, digits, underscores, and all that is not ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
