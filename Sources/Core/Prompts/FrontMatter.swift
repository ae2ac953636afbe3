// Where a prompt file's front matter ends and its template begins. The texts stay as they were
// written.

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
  /// (https://google.github.io/dotprompt/reference/frontmatter).
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

  /// The first byte after a byte order mark.
  static func startOfText(in bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Whether a text begins as front matter does, with a key after its `---`, and has no end: then
  /// it is broken, rather than a text that begins with a rule. Gives the line of the `---`.
  static func unclosedLine(in bytes: [UInt8]) -> Int? {
    let lines = bytes[startOfText(in: bytes)...].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let fence = lines.firstIndex(where: { !mayPrecede($0) }), isFence(lines[fence]),
      fence + 1 < lines.count
    else { return nil }
    let key = lines[fence + 1].prefix { $0 != UInt8(ascii: ":") }
    let isKey = key.allSatisfy { 0x61...0x7A ~= $0 || 0x41...0x5A ~= $0 || $0 == 0x5F }
    return isKey && !key.isEmpty && key.count < lines[fence + 1].count ? fence + 1 : nil
  }

  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "---".utf8) && line.dropFirst(3).allSatisfy(isBlank)
  }

  private static func mayPrecede(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "#") || line.allSatisfy(isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
