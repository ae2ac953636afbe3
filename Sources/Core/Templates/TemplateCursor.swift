// What is being typed in a tag: what could stand at a cursor, and how it begins. Which names there
// are is for others to know.

/// A cursor inside of an unfinished or finished tag.
public struct TemplateCursor: Hashable, Sendable {
  /// What could stand there.
  public enum Expected: Hashable, Sendable {
    /// The tag's first word: a variable or a helper.
    case call
    /// A value that a helper is given.
    case argument
    /// The name after `{{#`.
    case block
    /// The name after `{{/`: that of the innermost open block, if any is open.
    case closing(String?)
    /// The name after `{{>`.
    case partial
    /// What stands in the quotes after `role`.
    case role
    /// What is known of a loop, after `@`.
    case loopData
  }

  /// A block around the cursor that goes over a list, or into a value.
  public struct Loop: Hashable, Sendable {
    /// What it goes over.
    public var list: String
    /// The names that `as |…|` binds.
    public var parameters: [String]
  }

  public var expected: Expected
  /// What is typed of the name.
  public var prefix: String
  /// Where that stands.
  public var range: Range<TextPosition>
  /// The innermost is the last.
  public var loops: [Loop] = []
  /// Whether the tag is closed after the cursor.
  public var isClosed: Bool
  /// What closes the tag: `}}`, or `}}}`.
  public var closing: String

  /// Bytes before the cursor in which its tag must begin.
  private static let tagReach = 1024
  /// Bytes before the cursor in which the blocks around it begin.
  private static let blockReach = 65_536

  /// nil where the cursor stands in no tag, in a comment, or within a word.
  public init?(at position: TextPosition, in buffer: TextBuffer) {
    let window = TextWindow(
      of: buffer, around: position..<position, before: Self.tagReach, after: 64)
    guard let cursor = window.byte(at: position),
      let start = Self.tagStart(before: cursor, in: window.bytes)
    else { return nil }
    let bytes = window.bytes
    if cursor < bytes.count, TemplateWord.isPathByte(bytes[cursor]) { return nil }
    var content = start + 2
    if content < cursor, bytes[content] == UInt8(ascii: "~") { content += 1 }
    var sigil: UInt8?
    if content < cursor, "{#^/>!&".utf8.contains(bytes[content]) {
      sigil = bytes[content]
      content += 1
    }
    var prefixStart = cursor
    while prefixStart > content, TemplateWord.isPathByte(bytes[prefixStart - 1]) {
      prefixStart -= 1
    }
    let before = TemplateWord.words(in: bytes, range: content..<prefixStart)
    let openQuote = Self.isQuoteOpen(in: bytes[content..<cursor])
    let name = String(decoding: bytes[prefixStart..<cursor], as: UTF8.self)

    if openQuote {
      guard before.first?.text == "role", before.count == 2 else { return nil }
      expected = .role
    } else if name.hasPrefix("@") {
      expected = .loopData
    } else {
      switch sigil {
      case UInt8(ascii: "!"): return nil
      case UInt8(ascii: ">") where before.isEmpty: expected = .partial
      case UInt8(ascii: "/"): expected = .closing(nil)
      case UInt8(ascii: "#") where before.isEmpty, UInt8(ascii: "^") where before.isEmpty:
        expected = .block
      default:
        expected = before.isEmpty || before.last?.kind == .open ? .call : .argument
      }
    }
    prefix = name
    range = window.positions(of: prefixStart..<cursor)
    isClosed = Self.isClosed(after: cursor, in: bytes)
    closing = sigil == UInt8(ascii: "{") ? "}}}" : "}}"
    readBlocks(before: window.position(of: start), in: buffer)
  }

  private mutating func readBlocks(before start: TextPosition, in buffer: TextBuffer) {
    let window = TextWindow(of: buffer, around: start..<start, before: Self.blockReach, after: 0)
    let tags = TemplateTags(in: window.bytes)
    var scope = TagScope()
    for tag in tags.tags {
      switch tag.kind {
      case .open, .openInverted: scope.open(tags.words(of: tag))
      case .close: scope.close()
      case .text, .comment, .output, .otherwise, .partial: break
      }
    }
    loops = scope.blocks.filter(\.changesContext).map {
      Loop(list: $0.argument ?? $0.name, parameters: $0.parameters)
    }
    if case .closing = expected { expected = .closing(scope.blocks.last?.name) }
  }

  /// The `{{` that is not closed before the cursor.
  private static func tagStart(before cursor: Int, in bytes: [UInt8]) -> Int? {
    var index = cursor - 2
    while index >= 0 {
      if bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "{") {
        if index > 0, bytes[index - 1] == UInt8(ascii: "{") { index -= 1 }
        let isEscaped = index > 0 && bytes[index - 1] == UInt8(ascii: "\\")
        return isEscaped ? nil : index
      }
      if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") { return nil }
      index -= 1
    }
    return nil
  }

  private static func isQuoteOpen(in bytes: ArraySlice<UInt8>) -> Bool {
    var quote: UInt8?
    for byte in bytes {
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
    }
    return quote != nil
  }

  private static func isClosed(after cursor: Int, in bytes: [UInt8]) -> Bool {
    var index = cursor
    while index + 1 < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") { return true }
      if bytes[index] == UInt8(ascii: "{") { return false }
      index += 1
    }
    return false
  }
}

extension Template {
  /// What a template may call: all helpers, or those that open a block.
  public static func helperNames(openingBlocks: Bool) -> [String] {
    TemplateHelper.allCases.filter { $0.opensBlock == openingBlocks }.map(\.rawValue)
  }

  /// What `{{role "…"}}` takes.
  public static var roleNames: [String] {
    Role.templateNames.split(separator: ", ").map(String.init)
  }
}
