// A growing text in rows of a width: Markdown as it is meant, or a text as it came. Rows of what is
// settled are never made anew while it grows; their pieces are made when they are asked for.

/// The rows of a text at one width.
///
/// Line ends within a paragraph stay where the text has them. Empty lines show as one. A table's
/// columns get their widths from its header, once more when its first row is complete, and from all
/// of it when it has ended: in between, nothing in it moves, and what is too wide wraps.
public struct RenderedText: Hashable, Sendable {
  /// How a text is read.
  public enum Form: Hashable, Sendable {
    /// As Markdown, or as JSON where it begins with that.
    case markdown
    /// Line by line as it came.
    case plain
  }

  /// What stands on one row: 24 bytes, so that long answers stay small.
  struct Row: Hashable, Sendable {
    /// The block whose layout made it.
    var block: Int32
    /// Of a row of a table, which of the rows that it takes.
    var part: Int32 = 0
    /// UTF-8 offsets in the text.
    var start: Int
    var end: Int
  }

  /// Cells.
  public let width: Int
  private(set) var text: MarkdownText
  private(set) var rows: [Row] = []
  /// Of tables by their index: the cells of their columns; empty for one that doesn't fit.
  private var columnWidths: [[Int]] = []
  /// The rows and the blocks whose layout stays.
  private var settledRowCount = 0
  private var settledBlockCount = 0
  /// The last settled row, while a row that goes on from it stands in its place.
  private var heldRow: Row?
  /// Which reading of the text the rows are of.
  private var readingCount = 0
  /// The table that may get more rows: where it begins.
  private var openTable: (index: Int, row: Int, block: Int)?

  /// - Parameter width: cells; at least 1 is taken.
  public init(_ form: Form = .markdown, width: Int) {
    self.width = max(1, width)
    text = MarkdownText(form)
  }

  public var isEmpty: Bool { text.bytes.isEmpty }
  public var rowCount: Int { rows.count }

  /// Adds a text at the end.
  public mutating func append(_ piece: String) {
    text.append(piece)
    layOut()
  }

  /// Shows what is unfinished for what it is: nothing more will come.
  public mutating func end() {
    text.end()
    layOut()
  }

  private mutating func forgetLayout() {
    rows = []
    columnWidths = []
    settledRowCount = 0
    settledBlockCount = 0
    heldRow = nil
    openTable = nil
  }

  // MARK: Layout

  private var blocks: [MarkdownBlock] { text.parser.blocks }

  private mutating func layOut() {
    if text.readingCount != readingCount {
      readingCount = text.readingCount
      forgetLayout()
    }
    rows.removeSubrange(max(0, settledRowCount - (heldRow == nil ? 0 : 1))...)
    if let heldRow { rows.append(heldRow) }
    heldRow = nil
    if let table = openTable, text.hasEnded(table: table.index) {
      // Now that all of it is known, its columns get their widths for good.
      rows.removeSubrange(table.row...)
      settledBlockCount = table.block
      openTable = nil
    }
    while settledBlockCount < text.settledBlockCount, !isTooEarly(for: settledBlockCount) {
      layOut(block: settledBlockCount)
      settledBlockCount += 1
    }
    settledRowCount = rows.count
    for block in settledBlockCount..<max(settledBlockCount, text.parser.blocks.count) {
      if blocks[block].isContinued, rows.count == settledRowCount { heldRow = rows.last }
      layOut(block: block)
    }
  }

  /// Whether it is the header of a table whose first row isn't complete.
  private func isTooEarly(for block: Int) -> Bool {
    guard case .tableHeader(let table) = blocks[block].kind, !text.hasEnded(table: Int(table))
    else { return false }
    return text.settledBlockCount < block + 3
  }

  private mutating func layOut(block index: Int) {
    let block = blocks[index]
    let line = text.parser.lines[Int(block.firstLine)]
    let number = Int32(clamping: index)
    switch block.kind {
    case .blank, .fence, .fenceEnd, .rule:
      rows.append(Row(block: number, start: line.lowerBound, end: line.upperBound))
    case .paragraph, .heading, .code, .plain, .json: wrap(index)
    case .tableHeader(let table):
      setWidths(ofTable: Int(table))
      if !text.hasEnded(table: Int(table)) { openTable = (Int(table), rows.count, index) }
      layOutTableRow(index, table: Int(table))
    case .tableDelimiter(let table):
      if columnWidths[Int(table)].isEmpty {
        wrap(index)
      } else {
        rows.append(Row(block: number, start: line.lowerBound, end: line.upperBound))
      }
    case .tableRow(let table): layOutTableRow(index, table: Int(table))
    }
  }

  /// Cells for the text of a block, beside what its containers take.
  func room(for block: Int) -> Int { max(1, width - text.indent(ofBlock: block, width: width)) }

  private mutating func wrap(_ index: Int) {
    let block = blocks[index]
    var first = text.parser.lines[Int(block.firstLine)].lowerBound
    if block.isContinued, let last = rows.popLast() { first = last.start }
    let spans = spans(ofBlock: index, from: first)
    let wrap = SpanWrap(bytes: text.bytes, width: room(for: index))
    var next = 0
    for number in 0..<Int(block.lineCount) {
      let line = text.parser.lines[Int(block.firstLine) + number]
      let start = number == 0 ? first : line.lowerBound
      wrap.rows(of: spans, from: &next, in: start..<line.upperBound) { range in
        rows.append(
          Row(block: Int32(clamping: index), start: range.lowerBound, end: range.upperBound))
      }
    }
  }

  /// The spans of a block; where it is a cut one that goes on, with those before it from an offset.
  func spans(ofBlock index: Int, from start: Int) -> [MarkdownSpan] {
    let block = blocks[index]
    let lines = text.parser.lines[
      Int(block.firstLine)..<Int(block.firstLine) + Int(block.lineCount)]
    var spans: [MarkdownSpan] = []
    if block.isContinued, index > 0, start < lines.first?.lowerBound ?? 0 {
      spans = self.spans(ofBlock: index - 1, from: start).filter { $0.range.upperBound > start }
    }
    switch block.kind {
    case .paragraph, .heading:
      spans += MarkdownInlines.spans(of: lines, in: text.bytes, isOpen: text.isOpen(index))
    case .json(_, let isWithinString):
      spans += lines.flatMap {
        JSONSpans.spans(of: $0, in: text.bytes, isWithinString: isWithinString)
      }
    default: spans += lines.map { MarkdownSpan(range: $0, style: []) }
    }
    return spans
  }

  // MARK: Tables

  private mutating func layOutTableRow(_ index: Int, table: Int) {
    let widths = columnWidths[table]
    guard !widths.isEmpty else {
      wrap(index)
      return
    }
    let line = text.parser.lines[Int(blocks[index].firstLine)]
    let height = TableRow(line, of: text, widths: widths).height
    for part in 0..<height {
      rows.append(
        Row(
          block: Int32(clamping: index), part: Int32(clamping: part), start: line.lowerBound,
          end: line.upperBound))
    }
  }

  /// Gives a table's columns their widths: by all of it once it has ended, else by its header and
  /// its first row, if that is complete.
  private mutating func setWidths(ofTable index: Int) {
    let table = text.parser.tables[index]
    let isEnded = text.hasEnded(table: index)
    let last = isEnded ? table.end ?? blocks.count : table.firstBlock + 3
    var widest = Array(repeating: 1, count: table.alignments.count)
    for block in table.firstBlock..<min(last, max(table.firstBlock + 1, text.settledBlockCount)) {
      if case .tableDelimiter = blocks[block].kind { continue }
      let line = text.parser.lines[Int(blocks[block].firstLine)]
      for (column, cell) in TableRow.cells(of: line, in: text, count: widest.count).enumerated() {
        let spans = MarkdownInlines.spans(of: [cell], in: text.bytes)
        let cells = SpanWrap.width(of: spans, text.bytes)
        widest[column] = max(widest[column], min(cells, width))
      }
    }
    while columnWidths.count <= index { columnWidths.append([]) }
    columnWidths[index] = TableRow.fitting(widest, into: room(for: table.firstBlock))
  }

  // MARK: Rows

  /// The pieces of some rows, as far as there are so many.
  public func pieces(ofRows range: Range<Int>) -> [[RenderedPiece]] {
    let range = range.clamped(to: 0..<rows.count)
    var pieces: [[RenderedPiece]] = []
    var known: (block: Int32, start: Int, spans: [MarkdownSpan])?
    for index in range {
      let row = rows[index]
      if known?.block != row.block {
        known = (row.block, row.start, spans(ofBlock: Int(row.block), from: row.start))
      }
      pieces.append(self.pieces(of: row, at: index, spans: known?.spans ?? []))
    }
    return pieces
  }

  private func pieces(of row: Row, at index: Int, spans: [MarkdownSpan]) -> [RenderedPiece] {
    let number = Int(row.block)
    let block = blocks[number]
    // The first row of a block shows the markers of the items that begin with it.
    let isFirst = index == 0 || rows[index - 1].block != row.block
    var pieces = text.prefix(ofBlock: number, isFirstRow: isFirst, width: width)
    let room = room(for: number)
    switch block.kind {
    case .blank: break
    case .rule: pieces.append(RenderedPiece(Self.rule(room), .border))
    case .fence:
      let language = text.string(row.start..<row.end)
      if language.isEmpty {
        pieces.append(RenderedPiece(Self.rule(room), .border))
      } else {
        pieces.append(RenderedPiece("── ", .border))
        pieces.append(RenderedPiece(language, .border, source: row.start..<row.end))
        let left = room - 4 - DisplayText.width(of: language)
        pieces.append(RenderedPiece(" " + Self.rule(left), .border))
      }
    case .fenceEnd: pieces.append(RenderedPiece(Self.rule(room), .border))
    case .tableHeader(let table), .tableRow(let table), .tableDelimiter(let table):
      let widths = columnWidths[Int(table)]
      if widths.isEmpty {
        pieces += self.pieces(of: spans, in: row.start..<row.end, kind: .text)
      } else if case .tableDelimiter = block.kind {
        pieces.append(RenderedPiece(TableRow.rule(widths), .border))
      } else {
        let isHeader = if case .tableHeader = block.kind { true } else { false }
        pieces += TableRow(row.start..<row.end, of: text, widths: widths).pieces(
          ofPart: Int(row.part), kind: isHeader ? .tableHeader : .text,
          alignments: text.parser.tables[Int(table)].alignments)
      }
    case .heading(let level):
      pieces += self.pieces(of: spans, in: row.start..<row.end, kind: .heading(level: Int(level)))
    case .code: pieces += self.pieces(of: spans, in: row.start..<row.end, kind: .code)
    case .paragraph, .plain, .json:
      let isQuoted = text.isQuoted(block.container)
      pieces += self.pieces(
        of: spans, in: row.start..<row.end, kind: isQuoted ? .quote : .text)
    }
    return pieces
  }

  private func pieces(
    of spans: [MarkdownSpan], in range: Range<Int>, kind: RenderedPiece.Kind
  ) -> [RenderedPiece] {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].range.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return spans[low...].prefix { $0.range.lowerBound < range.upperBound }.map { span in
      let source = span.range.clamped(to: range)
      return RenderedPiece(
        span.shown ?? text.string(source), kind, span.style,
        source: span.shown == nil ? source : span.range)
    }
  }

  private static func rule(_ width: Int) -> String { String(repeating: "─", count: max(0, width)) }

  /// The row that shows a place of the text; of markup that isn't shown, the one that follows it, or
  /// the last one. Nil where there are none.
  ///
  /// - Parameter offset: a UTF-8 offset in the text.
  public func rowIndex(ofSource offset: Int) -> Int? {
    guard !rows.isEmpty else { return nil }
    var (low, high) = (0, rows.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if rows[middle].start <= offset { low = middle } else { high = middle }
    }
    // The rows of a table's row all begin where that does.
    var row = low
    while row > 0, rows[row].part > 0 {
      let sources = pieces(ofRows: row..<row + 1).joined().compactMap(\.source)
      if sources.contains(where: { $0.contains(offset) }) { return row }
      row -= 1
    }
    // A mark of a list, say, belongs to the row that it begins, and not to the one before.
    let next = row + 1
    if rows.indices.contains(next), rows[next].part == 0,
      let end = pieces(ofRows: row..<next).joined().compactMap(\.source?.upperBound).max(),
      end <= offset
    {
      return next
    }
    return row
  }

  /// Where the text of a row begins: a UTF-8 offset in the whole.
  public func sourceStart(ofRow index: Int) -> Int? {
    rows.indices.contains(index) ? rows[index].start : nil
  }
}

extension RenderedText {
  public static func == (left: RenderedText, right: RenderedText) -> Bool {
    left.width == right.width && left.text == right.text && left.rows == right.rows
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(width)
    hasher.combine(text.bytes)
  }
}
