// The blocks of plain text: what stands between blank lines.

struct ParagraphScanner: IteratorProtocol {
  private var lines: TextLines

  init(text: [UInt8]) { lines = TextLines(text: text) }

  mutating func next() -> ScannedBlock? {
    var block: Block?
    while let line = lines.next() {
      if !line.isBlank {
        if block == nil { block = Block(line, kind: .prose) } else { block?.extend(to: line) }
      } else if block != nil {
        break
      }
    }
    return block.map(ScannedBlock.body)
  }
}
