// The JSON that a model answered, be it bare or in a fenced block of Markdown.

extension JSON {
  /// The object or array that an answer consists of, or that its first fenced block of code holds which
  /// is JSON; nil where there is none. Text around such a block is passed over.
  public init?(ofAnswer answer: String) {
    let blocks = [answer[...]] + Self.fencedBlocks(of: answer)
    for block in blocks {
      guard block.contains(where: { $0 == "{" || $0 == "[" }) else { continue }
      guard let value = try? JSON(parsing: String(block)) else { continue }
      switch value {
      case .object, .array:
        self = value
        return
      default: continue
      }
    }
    return nil
  }

  /// What stands between fences, the lines of the fences left out (CommonMark 0.31, 4.5); a block
  /// without an end goes to the end of the text.
  private static func fencedBlocks(of text: String) -> [Substring] {
    var blocks: [Substring] = []
    var open: (fence: Substring, start: String.Index)?
    for line in DiffTokens.lines(of: text) {
      let content = line.drop { $0 == " " }
      let sign: Character = content.first == "~" ? "~" : "`"
      let fence = content.prefix { $0 == sign }
      if let block = open {
        let rest = content.dropFirst(fence.count)
        guard fence.first == block.fence.first, fence.count >= block.fence.count,
          rest.allSatisfy(\.isWhitespace)
        else { continue }
        blocks.append(text[block.start..<line.startIndex])
        open = nil
      } else if fence.count >= 3 {
        open = (fence, line.endIndex)
      }
    }
    if let open { blocks.append(text[open.start...]) }
    return blocks
  }
}
