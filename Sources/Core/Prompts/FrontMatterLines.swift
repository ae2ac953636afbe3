// Which lines of a prompt that is being written are its front matter, for an editor that colours
// them. Only the first lines are looked at.

/// The lines of a text's front matter, its `---` included.
public struct FrontMatterLines: Hashable, Sendable {
  /// From 0; empty for a text without front matter.
  public let lines: Range<Int>

  /// Front matter that has not ended by here is taken for none.
  private static let mostLines = 500

  /// - Parameter name: the file's, which says whether it is one of plain text.
  public init(of buffer: TextBuffer, in name: String) {
    let lines = Self.fencedLines(of: buffer)
    let bytes = buffer.lines[lines].joined(separator: "\n").utf8
    let isRule = FrontMatter.isPlainText(name) && FrontMatter(of: Array(bytes), in: name) == nil
    self.lines = isRule ? 0..<0 : lines
  }

  private static func fencedLines(of buffer: TextBuffer) -> Range<Int> {
    var opening: Int?
    for (number, line) in buffer.lines.prefix(mostLines).enumerated() {
      if isFence(line) {
        if let opening { return opening..<number + 1 }
        opening = number
      } else if opening == nil, !line.hasPrefix("#"), !line.utf8.allSatisfy(isBlank) {
        break
      }
    }
    return 0..<0
  }

  /// The key that a line of YAML begins with, its dash or indentation aside; nil for none.
  public static func key(in line: String) -> Range<Int>? {
    let bytes = line.utf8
    let start = bytes.prefix { isBlank($0) || $0 == UInt8(ascii: "-") }.count
    let name = bytes.dropFirst(start).prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "#") }
    let end = start + name.count
    let rest = bytes.dropFirst(end)
    guard !name.isEmpty, rest.first == UInt8(ascii: ":"),
      rest.dropFirst().first.map(isBlank) ?? true
    else { return nil }
    return start..<end
  }

  private static func isFence(_ line: String) -> Bool {
    line.utf8.starts(with: "---".utf8) && line.utf8.dropFirst(3).allSatisfy(isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
