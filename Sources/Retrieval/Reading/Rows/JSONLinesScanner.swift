// The lines of JSON Lines (https://jsonlines.org): a record each, blank ones left out.

struct JSONLinesScanner: RecordScanner {
  private var piece: ArraySlice<UInt8> = []
  private var number = 0

  mutating func next(from file: inout PieceReader) throws(SkipReason) -> Record? {
    while true {
      var line: [UInt8] = []
      var isTooLong = false
      var isEnd = false
      while true {
        if piece.isEmpty { piece = try file.next()[...] }
        if piece.isEmpty {
          isEnd = true
          break
        }
        let lineFeed = piece.firstIndex(of: UInt8(ascii: "\n"))
        let part = piece[..<(lineFeed ?? piece.endIndex)]
        isTooLong = isTooLong || line.count + part.count > Record.longest
        if isTooLong { line = [] } else { line += part }
        piece = piece[(lineFeed.map { $0 + 1 } ?? piece.endIndex)...]
        if lineFeed != nil { break }
      }
      number += 1
      if isTooLong { return Record(content: .unreadable(.tooLarge), lines: number...number) }
      if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      if !line.allSatisfy(\.isWhiteSpace) {
        return Record(content: .line(line), lines: number...number)
      }
      if isEnd { return nil }
    }
  }
}
