// Makes passages of blocks: small neighbours are joined, what is too long is cut, and no passage
// holds text of two sections. docs/retrieval.md says why these sizes.

struct PassagePacker {
  private struct Piece {
    var block: Block
    var size: Int
    /// A heading whose text is yet to come.
    var isHeading = false
  }

  private let text: [UInt8]
  /// What is too long is cut into pieces of up to this; like all sizes here, in quarters of a token.
  private let preferred: Int
  /// Small blocks are joined up to this.
  private let joined: Int
  /// A block up to this is not cut.
  private let largest: Int
  /// The end of a section goes to the passage before where it is smaller.
  private let smallest: Int
  private var path = HeadingPath()
  private var finished: [PassageCut] = []
  /// The passage before the current one, kept back until it is known that the current one isn't
  /// so small that it belongs to it.
  private var held: Piece?
  private var current: Piece?

  /// - Parameter size: what passages aim at, in quarters of a token.
  init(text: [UInt8], size: Int) {
    self.text = text
    preferred = size
    joined = size * 4 / 5
    largest = size * 4 / 3
    smallest = size * 5 / 24
  }

  /// The passages that can't change any more, in order.
  mutating func removeFinished() -> [PassageCut] {
    defer { finished = [] }
    return finished
  }

  mutating func take(_ scanned: ScannedBlock) {
    switch scanned {
    case .heading(let level, let title, let block):
      // A heading with nothing but a deeper heading under it says what that one's text is about.
      let isAlone = current?.isHeading == true && level > path.level
      if !isAlone { finish() }
      path.open(level, title)
      add(block, isHeading: true)
    case .body(let block): add(block)
    case .frontMatter(let block):
      add(block)
      finish()
    }
  }

  /// Ends the section.
  mutating func finish() {
    if let held, let current, current.size < smallest,
      size(held, current.block, current.size) <= largest
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
    finished.append(PassageCut(bytes: block.bytes, lines: block.lines, headings: path.titles))
  }

  private mutating func add(_ block: Block, isHeading: Bool = false) {
    var block = block
    if let heading = current, heading.isHeading {
      block = heading.block.joined(with: block)
      current = nil
    }
    let size = text.quarterTokens(in: block.bytes)
    if size > largest {
      cut(block)
    } else if let piece = current, self.size(piece, block, size) <= joined {
      current = Piece(block: piece.block.joined(with: block), size: self.size(piece, block, size))
    } else {
      push(Piece(block: block, size: size, isHeading: isHeading))
    }
  }

  private mutating func push(_ piece: Piece) {
    if let held { emit(held.block) }
    held = current
    current = piece
  }

  /// The size of a piece and a block joined; between them stands only ASCII white space.
  private func size(_ piece: Piece, _ next: Block, _ nextSize: Int) -> Int {
    piece.size + (next.bytes.lowerBound - piece.block.bytes.upperBound) + nextSize
  }

  /// Prose is cut at the ends of sentences, code at those of lines.
  private mutating func cut(_ block: Block) {
    let separators: [Separator] =
      block.kind == .prose ? [.sentence, .line, .word] : [.line, .word]
    var line = block.lines.lowerBound
    var position = block.bytes.lowerBound
    func passed(to place: Int) -> Int {
      text[position..<place].count { $0 == UInt8(ascii: "\n") }
    }
    for bytes in SeparatorCuts(of: text, in: block.bytes, at: separators, limit: preferred) {
      let first = line + passed(to: bytes.lowerBound)
      position = bytes.lowerBound
      line = first + passed(to: bytes.upperBound)
      position = bytes.upperBound
      push(
        Piece(
          block: Block(bytes: bytes, lines: first...line, kind: block.kind),
          size: text.quarterTokens(in: bytes)))
    }
  }
}
