// Where a prompt file's front matter ends and its template begins. The texts stay as they were
// written. In a file of plain text, a line `---` is a rule more often than not.

/// The two parts of a prompt file.
struct FrontMatter: Hashable, Sendable {
  /// The YAML between the `---` lines, without them.
  let text: String
  /// The line of the file on which `text` begins, counted from 1.
  let firstLine: Int
  /// The bytes of the file after the closing `---` line.
  let body: Range<Int>

  /// nil for a file that is all template.
  ///
  /// Front matter begins with a line `---`, which only blank lines and comments (`# …`) may
  /// precede, and ends with the next such line
  /// (https://google.github.io/dotprompt/reference/frontmatter). In a file of plain text, what
  /// stands there must also look like a prompt's settings: its first line is a key, and one of its
  /// keys has a meaning.
  ///
  /// - Parameter name: the file's; that of a `.txt` or `.md` file says that it is plain text.
  init?(of bytes: [UInt8], in name: String) {
    self.init(of: bytes)
    if Self.isPlainText(name), !hasSettings { return nil }
  }

  /// As if the file were no plain text, whatever it is called.
  init?(of bytes: [UInt8]) {
    var position = Self.startOfText(in: bytes)
    var line = 1
    var openedAt: (start: Int, line: Int)?
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let next = min(end + 1, bytes.count)
      let isFence = Self.isFence(bytes[position..<end])
      if let openedAt {
        if isFence {
          text = String(decoding: bytes[openedAt.start..<position], as: UTF8.self)
          firstLine = openedAt.line
          body = next..<bytes.count
          return
        }
      } else if isFence {
        openedAt = (next, line + 1)
      } else if !Self.mayPrecede(bytes[position..<end]) {
        return nil
      }
      position = next
      line += 1
    }
    return nil
  }

  /// The body without the white space at both ends, as the format has it.
  func trimmedBody(in bytes: [UInt8]) -> Range<Int> {
    let text = String(decoding: bytes[body], as: UTF8.self)
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isTemplateBlank }),
      let last = scalars.lastIndex(where: { !$0.isTemplateBlank })
    else { return body.upperBound..<body.upperBound }
    let start = text.utf8.distance(from: text.startIndex, to: first)
    let end = text.utf8.distance(from: text.startIndex, to: scalars.index(after: last))
    return body.lowerBound + start..<body.lowerBound + end
  }

  /// The first byte after a byte order mark.
  static func startOfText(in bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Whether a file of this name is prose, rather than a prompt in a format of its own.
  static func isPlainText(_ name: String) -> Bool {
    [".txt", ".md", ".markdown"].contains { name.lowercased().hasSuffix($0) }
  }

  /// Whether the first line that says something is a key, as in a map of YAML.
  var beginsWithKey: Bool {
    let first = text.utf8.split(separator: UInt8(ascii: "\n")).first { !Self.mayPrecede($0) }
    return first.flatMap(Self.key) != nil
  }

  private var hasSettings: Bool {
    beginsWithKey
      && text.utf8.split(separator: UInt8(ascii: "\n")).contains {
        Self.key(of: $0).map(PromptSettings.keys.contains) ?? false
      }
  }

  /// The plain key at the start of a line; nil for none.
  private static func key(of line: some Collection<UInt8>) -> String? {
    let key = line.prefix { $0 != UInt8(ascii: ":") }
    let isName = key.allSatisfy { 0x61...0x7A ~= $0 || 0x41...0x5A ~= $0 || $0 == 0x5F }
    let rest = line.dropFirst(key.count)
    guard isName, !key.isEmpty, !rest.isEmpty, rest.dropFirst().first.map(isBlank) ?? true else {
      return nil
    }
    return String(decoding: key, as: UTF8.self)
  }

  /// Whether a text begins as front matter does, with a key after its `---`, and has no end: then
  /// it is broken, rather than a text that begins with a rule. Gives the line of the `---`.
  static func unclosedLine(in bytes: [UInt8], of name: String) -> Int? {
    var rest = bytes[startOfText(in: bytes)...]
    var line = 1
    while mayPrecede(firstLine(of: rest)) {
      guard rest.count > firstLine(of: rest).count else { return nil }
      rest = rest.dropFirst(firstLine(of: rest).count + 1)
      line += 1
    }
    let fence = firstLine(of: rest)
    guard isFence(fence) else { return nil }
    guard let key = key(of: firstLine(of: rest.dropFirst(fence.count + 1))) else { return nil }
    return !isPlainText(name) || PromptSettings.keys.contains(key) ? line : nil
  }

  private static func firstLine(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.prefix { $0 != UInt8(ascii: "\n") }
  }

  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "---".utf8) && line.dropFirst(3).allSatisfy(isBlank)
  }

  private static func mayPrecede(_ line: some Collection<UInt8>) -> Bool {
    line.first == UInt8(ascii: "#") || line.allSatisfy(isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
