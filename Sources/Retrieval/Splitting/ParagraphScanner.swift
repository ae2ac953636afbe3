// The blocks of plain text and source code: what stands between blank lines.

struct ParagraphScanner: IteratorProtocol {
  private var lines: TextLines
  private let kind: Block.Kind

  init(text: [UInt8], kind: Block.Kind) {
    lines = TextLines(text: text)
    self.kind = kind
  }

  mutating func next() -> ScannedBlock? {
    var block: Block?
    while let line = lines.next() {
      if !line.isBlank {
        if block == nil { block = Block(line, kind: kind) } else { block?.extend(to: line) }
      } else if block != nil {
        break
      }
    }
    return block.map(ScannedBlock.body)
  }
}
