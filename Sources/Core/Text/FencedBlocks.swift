// The blocks of code that a text of Markdown holds between fences.

extension String {
  /// What stands between fences, the lines of the fences left out (CommonMark 0.31, 4.5); a block
  /// without an end goes to the end of the text.
  public var fencedBlocks: [Substring] {
    var blocks: [Substring] = []
    var open: (fence: Substring, start: String.Index)?
    for line in DiffTokens.lines(of: self) {
      let content = line.drop { $0 == " " }
      let sign: Character = content.first == "~" ? "~" : "`"
      let fence = content.prefix { $0 == sign }
      if let block = open {
        let rest = content.dropFirst(fence.count)
        guard fence.first == block.fence.first, fence.count >= block.fence.count,
          rest.allSatisfy(\.isWhitespace)
        else { continue }
        blocks.append(self[block.start..<line.startIndex])
        open = nil
      } else if fence.count >= 3 {
        open = (fence, line.endIndex)
      }
    }
    if let open { blocks.append(self[open.start...]) }
    return blocks
  }
}
