// Makes passages of blocks: small neighbours are joined, what is too long is cut, and no passage
// holds text of two sections. docs/retrieval.md says why these sizes.

struct PassagePacker {
  /// Sizes in quarter tokens, in which TokenEstimate's sums are whole numbers.
  private enum Size {
    /// Blocks are joined up to this.
    static let preferred = 240 * 4
    /// A block up to this is not cut.
    static let largest = 320 * 4
    /// The end of a section goes to the passage before where it is smaller.
    static let smallest = 50 * 4
  }

  private struct Piece {
    var block: Block
    var size: Int
    /// A heading whose text is yet to come.
    var isHeading = false
  }

  private let text: [UInt8]
  private var path: [(level: Int, title: String)] = []
  private var finished: [PassageCut] = []
  /// The passage before the current one, kept back until it is known that the current one isn't
  /// so small that it belongs to it.
  private var held: Piece?
  private var current: Piece?

  init(text: [UInt8]) { self.text = text }

  /// The passages that can't change any more, in order.
  mutating func removeFinished() -> [PassageCut] {
    defer { finished = [] }
    return finished
  }

  mutating func take(_ scanned: ScannedBlock) {
    switch scanned {
    case .heading(let level, let title, let block):
      // A heading with nothing but a deeper heading under it says what that one's text is about.
      let isAlone = current?.isHeading == true && level > (path.last?.level ?? 0)
      if !isAlone { finish() }
      path.removeAll { $0.level >= level }
      path.append((level, title))
      add(block, isHeading: true)
    case .body(let block): add(block)
    case .frontMatter(let block):
      add(block)
      finish()
    }
  }

  /// Ends the section.
  mutating func finish() {
    if let held, let current, current.size < Size.smallest,
      size(held, current.block, current.size) <= Size.largest
    {
      self.held = nil
      emit(held.block.joined(with: current.block))
    } else {
      if let held { emit(held.block) }
      if let current { emit(current.block) }
      held = nil
    }
    current = nil
  }

  private mutating func emit(_ block: Block) {
    finished.append(
      PassageCut(
        bytes: block.bytes, lines: block.lines, headings: path.map(\.title).filter { !$0.isEmpty }))
  }

  private mutating func add(_ block: Block, isHeading: Bool = false) {
    var block = block
    if let heading = current, heading.isHeading {
      block = heading.block.joined(with: block)
      current = nil
    }
    let size = size(block.bytes)
    if size > Size.largest {
      cut(block)
    } else if let joined = current, self.size(joined, block, size) <= Size.preferred {
      current = Piece(block: joined.block.joined(with: block), size: self.size(joined, block, size))
    } else {
      push(Piece(block: block, size: size, isHeading: isHeading))
    }
  }

  private mutating func push(_ piece: Piece) {
    if let held { emit(held.block) }
    held = current
    current = piece
  }

  // MARK: Sizes

  private func size(_ range: Range<Int>) -> Int {
    text[range].reduce(0) { $0 + Self.size($1) }
  }

  /// A quarter token for an ASCII byte, a token for any other scalar: as TokenEstimate has it.
  private static func size(_ byte: UInt8) -> Int { byte < 0x80 ? 1 : byte >= 0xC0 ? 4 : 0 }

  /// The size of a piece and a block joined; between them stands only ASCII white space.
  private func size(_ piece: Piece, _ next: Block, _ nextSize: Int) -> Int {
    piece.size + (next.bytes.lowerBound - piece.block.bytes.upperBound) + nextSize
  }

  // MARK: Cutting what is too long

  private mutating func cut(_ block: Block) {
    var start = block.bytes.lowerBound
    var line = block.lines.lowerBound
    while start < block.bytes.upperBound {
      var end = cutEnd(start..<block.bytes.upperBound, block.kind)
      let next = nextStart(end..<block.bytes.upperBound)
      while end > start, text[end - 1].isWhiteSpace { end -= 1 }
      let lastLine = line + lineFeeds(start..<end)
      if end > start {
        push(
          Piece(
            block: Block(bytes: start..<end, lines: line...lastLine, kind: block.kind),
            size: size(start..<end)))
      }
      line = lastLine + lineFeeds(end..<next)
      start = next
    }
  }

  private func lineFeeds(_ range: Range<Int>) -> Int {
    text[range].count { $0 == UInt8(ascii: "\n") }
  }

  /// Past the white space after a cut, but not past the indentation of a line.
  private func nextStart(_ range: Range<Int>) -> Int {
    var lineStart: Int? =
      text[range.lowerBound - 1] == UInt8(ascii: "\n") ? range.lowerBound : nil
    var next = range.lowerBound
    while next < range.upperBound, text[next].isWhiteSpace {
      next += 1
      if text[next - 1] == UInt8(ascii: "\n") { lineStart = next }
    }
    return next == range.upperBound ? next : lineStart ?? next
  }

  /// Where a piece from the start of a range ends: the range's own end where it isn't too long,
  /// else the last good place in the second half of the preferred size, else in mid-word.
  private func cutEnd(_ range: Range<Int>, _ kind: Block.Kind) -> Int {
    var size = 0
    var best = (rank: 0, end: range.upperBound)
    for position in range {
      let byte = text[position]
      let added = Self.size(byte)
      if added > 0, size > 0, size <= Size.preferred {
        let rank = size >= Size.preferred / 2 ? cutRank(position, kind) : 0
        if rank >= best.rank { best = (rank, position) }
      }
      size += added
      if size > Size.largest { return best.end }
    }
    return range.upperBound
  }

  /// How good it is to cut before a position: 3 best, 0 in mid-word.
  private func cutRank(_ position: Int, _ kind: Block.Kind) -> Int {
    let previous = text[position - 1]
    if previous == UInt8(ascii: "\n") {
      return kind == .code || endsSentence(position - 2) ? 3 : 2
    }
    if previous.isWhiteSpace { return kind == .prose && endsSentence(position - 2) ? 3 : 1 }
    return kind == .prose && endsIdeographicSentence(position) ? 3 : 0
  }

  /// Whether the text at a position, past closing quotes and brackets, ends a sentence.
  private func endsSentence(_ position: Int) -> Bool {
    var position = position
    while position > 0, [0x22, 0x27, 0x29, 0x5D, 0x0D].contains(text[position]) { position -= 1 }
    guard position >= 0 else { return false }
    return [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(text[position])
  }

  /// Whether one of 。！？ stands before a position; no white space follows these.
  private func endsIdeographicSentence(_ position: Int) -> Bool {
    guard position >= 3 else { return false }
    let mark = text[position - 3..<position]
    return mark.elementsEqual([0xE3, 0x80, 0x82]) || mark.elementsEqual([0xEF, 0xBC, 0x81])
      || mark.elementsEqual([0xEF, 0xBC, 0x9F])
  }
}
