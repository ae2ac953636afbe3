import Core

// The fenced code blocks of an answer (CommonMark, section 4.5), found by lines: what stands in them,
// to be copied. How they look is not known here.

/// A code block in a Markdown text.
struct CodeBlock: Hashable {
  /// UTF-8 offsets in the text, of the fences with what stands between them.
  var range: Range<Int>
  /// What stands between the fences, its last line end included.
  var code: String

  /// The block that a place of a text is in, its fences included; nil where it is in none.
  ///
  /// A block whose end hasn't come reaches to the text's end.
  init?(at offset: Int, of text: String) {
    guard let found = Self.all(in: text).first(where: { $0.range.contains(offset) }) else {
      return nil
    }
    self = found
  }

  private init(range: Range<Int>, code: String) {
    self.range = range
    self.code = code
  }

  /// The fence that opened a block.
  private struct Fence {
    var mark: UInt8
    var length: Int
    var indent: Int
    /// Where its line begins.
    var start: Int
  }

  static func all(in text: String) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: Fence?
    var code: [UInt8] = []
    var start = 0
    let bytes = Array(text.utf8)
    while start < bytes.count {
      let feed = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      let end = feed.map { $0 + 1 } ?? bytes.count
      let line = bytes[start..<end]
      let fence = fence(in: line)
      if let opening = open {
        if let fence, fence.isBare, fence.mark == opening.mark, fence.length >= opening.length {
          blocks.append(
            CodeBlock(
              range: opening.start..<end, code: String(decoding: code, as: UTF8.self)))
          open = nil
        } else {
          let blanks = line.prefix { $0 == UInt8(ascii: " ") }.count
          code += line.dropFirst(min(blanks, opening.indent))
        }
      } else if let fence {
        open = Fence(mark: fence.mark, length: fence.length, indent: fence.indent, start: start)
        code = []
      }
      start = end
    }
    if let opening = open {
      blocks.append(
        CodeBlock(
          range: opening.start..<bytes.count + 1, code: String(decoding: code, as: UTF8.self)))
    }
    return blocks
  }

  private static func fence(
    in line: ArraySlice<UInt8>
  ) -> (mark: UInt8, length: Int, indent: Int, isBare: Bool)? {
    let indent = line.prefix { $0 == UInt8(ascii: " ") }.count
    let rest = line.dropFirst(indent)
    guard indent <= 3, let mark = rest.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")
    else { return nil }
    let length = rest.prefix { $0 == mark }.count
    let info = rest.dropFirst(length)
    // Behind backquotes there are no others: that would be code within a line.
    guard length >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
    let isBare = info.allSatisfy { [0x20, 0x09, 0x0D, 0x0A].contains($0) }
    return (mark, length, indent, isBare)
  }
}
