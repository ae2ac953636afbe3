// The pieces that scanners find in a text and that PassagePacker makes passages of.

/// A run of lines that belong together: a paragraph, a fenced block, a heading.
struct Block: Equatable {
  enum Kind {
    /// Cut at the ends of sentences where it is too long.
    case prose
    /// Cut at the ends of lines where it is too long.
    case code
  }

  /// From the start of its first line to the end of its last, the line end left out.
  var bytes: Range<Int>
  var lines: ClosedRange<Int>
  var kind: Kind

  init(bytes: Range<Int>, lines: ClosedRange<Int>, kind: Kind) {
    self.bytes = bytes
    self.lines = lines
    self.kind = kind
  }

  init(_ line: TextLine, kind: Kind) {
    self.init(bytes: line.bytes, lines: line.number...line.number, kind: kind)
  }

  /// Both, and what stands between them; of the later one's kind.
  func joined(with next: Block) -> Block {
    Block(
      bytes: bytes.lowerBound..<next.bytes.upperBound,
      lines: lines.lowerBound...next.lines.upperBound, kind: next.kind)
  }

  mutating func extend(to line: TextLine) {
    bytes = bytes.lowerBound..<line.bytes.upperBound
    lines = lines.lowerBound...line.number
  }
}

/// A block with its part in the structure of the text.
enum ScannedBlock: Equatable {
  /// Opens a section; levels count from 1.
  case heading(level: Int, title: String, Block)
  case body(Block)
  /// What stands before the text and is no part of it.
  case frontMatter(Block)
}

extension ScannedBlock {
  var bytes: Range<Int> {
    switch self {
    case .heading(_, _, let block), .body(let block), .frontMatter(let block): block.bytes
    }
  }
}
