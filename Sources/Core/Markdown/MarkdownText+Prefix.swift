// What stands left of a block's rows: the bars of quotes, the markers of items, and room.

extension MarkdownText {
  /// The containers around a block, from the outside, with the cells that each takes.
  ///
  /// Together no more than half a width: what is nested deeper is indented no further.
  func indents(
    of container: Int32, width: Int
  ) -> (containers: [(id: Int32, cells: Int)], total: Int) {
    var ids: [Int32] = []
    var next = container
    while next >= 0 {
      ids.append(next)
      next = parser.containers[Int(next)].parent
    }
    var total = 0
    let containers = ids.reversed().map { id in
      let container = parser.containers[Int(id)]
      let cells = container.kind == .number ? Int(container.markerLength) + 1 : 2
      let room = total + cells <= width / 2 ? cells : 0
      total += room
      return (id, room)
    }
    return (containers, total)
  }

  /// Cells left of a block's text.
  func indent(ofBlock block: Int, width: Int) -> Int {
    if case .json(let depth, _) = parser.blocks[block].kind {
      return min(2 * Int(depth), width / 2)
    }
    return indents(of: parser.blocks[block].container, width: width).total
  }

  func isQuoted(_ container: Int32) -> Bool {
    var next = container
    while next >= 0 {
      if parser.containers[Int(next)].kind == .quote { return true }
      next = parser.containers[Int(next)].parent
    }
    return false
  }

  func prefix(ofBlock block: Int, isFirstRow: Bool, width: Int) -> [RenderedPiece] {
    let container = parser.blocks[block].container
    if case .json(let depth, _) = parser.blocks[block].kind, depth > 0 {
      let cells = indent(ofBlock: block, width: width)
      return [RenderedPiece(String(repeating: " ", count: cells), .text)]
    }
    guard container >= 0 else { return [] }
    return indents(of: container, width: width).containers.compactMap { id, cells in
      guard cells > 0 else { return nil }
      let container = parser.containers[Int(id)]
      let showsMarker = isFirstRow && Int(container.firstBlock) == block
      switch container.kind {
      case .quote: return RenderedPiece("│ ", .border)
      case .bullet where showsMarker: return RenderedPiece("• ", .marker)
      case .task(let isDone) where showsMarker:
        return RenderedPiece(isDone ? "☒ " : "☐ ", .marker)
      case .number where showsMarker:
        let end = container.markerStart + Int(container.markerLength)
        return RenderedPiece(
          string(container.markerStart..<end) + " ", .marker, source: container.markerStart..<end)
      default: return RenderedPiece(String(repeating: " ", count: cells), .marker)
      }
    }
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func withoutTrailingBlanks(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, MarkdownLine.isBlank(bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }
}
