// A row of a table: its cells side by side, each wrapped to its column.

struct TableRow {
  private let text: MarkdownText
  private let widths: [Int]
  /// Of each cell: its spans, and the source of each of its rows.
  private let cells: [(spans: [MarkdownSpan], rows: [Range<Int>])]

  static let gap = 3
  /// Cells of the narrowest column: where not all columns can have them, it isn't shown as a table.
  static let narrowest = 4

  init(_ line: Range<Int>, of text: MarkdownText, widths: [Int]) {
    self.text = text
    self.widths = widths
    cells = zip(Self.cells(of: line, in: text, count: widths.count), widths).map { cell, width in
      let spans = MarkdownInlines.spans(of: [cell], in: text.bytes)
      var rows: [Range<Int>] = []
      var next = 0
      SpanWrap(bytes: text.bytes, width: width).rows(of: spans, from: &next, in: cell) {
        rows.append($0)
      }
      return (spans, rows)
    }
  }

  /// Rows of the screen.
  var height: Int { max(1, cells.map(\.rows.count).max() ?? 1) }

  /// The cells of a line; what is too much stands in the last one.
  static func cells(of line: Range<Int>, in text: MarkdownText, count: Int) -> [Range<Int>] {
    var cells = text.bytes.withUnsafeBufferPointer { MarkdownLine(line, in: $0).cells() }
    if cells.count > count, count > 0, let last = cells.last {
      cells = Array(cells[..<count])
      cells[count - 1] = cells[count - 1].lowerBound..<last.upperBound
    }
    return cells
  }

  /// Widths that fit into a room: the widest columns give way first. Empty where none do.
  static func fitting(_ widths: [Int], into room: Int) -> [Int] {
    let available = room - gap * (widths.count - 1)
    guard available >= widths.reduce(0, { $0 + min($1, narrowest) }) else { return [] }
    var cap = 0
    var left = available
    var rest = widths.sorted()[...]
    // The largest cap under which they fit.
    while let next = rest.first {
      let share = left / rest.count
      guard next <= share else {
        cap = share
        break
      }
      cap = next
      left -= next
      rest = rest.dropFirst()
    }
    return widths.map { min($0, max(1, cap)) }
  }

  static func rule(_ widths: [Int]) -> String {
    widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")
  }

  func pieces(
    ofPart part: Int, kind: RenderedPiece.Kind, alignments: [MarkdownTable.Alignment]
  ) -> [RenderedPiece] {
    var pieces: [RenderedPiece] = []
    // Blanks that are due before the next piece.
    var blanks = 0
    for (column, width) in widths.enumerated() {
      if column > 0 {
        pieces.append(RenderedPiece(String(repeating: " ", count: blanks) + " │ ", .border))
        blanks = 0
      }
      let shown = column < cells.count ? self.shown(cells[column], part: part, kind: kind) : []
      let used = shown.reduce(0) { $0 + DisplayText.width(of: $1.text) }
      let left = max(0, width - used)
      let before =
        switch alignments[column] {
        case .left: 0
        case .right: left
        case .centered: left / 2
        }
      if blanks + before > 0, !shown.isEmpty {
        pieces.append(RenderedPiece(String(repeating: " ", count: before), kind))
      }
      pieces += shown
      blanks = shown.isEmpty ? left : left - before
    }
    return pieces
  }

  private func shown(
    _ cell: (spans: [MarkdownSpan], rows: [Range<Int>]), part: Int, kind: RenderedPiece.Kind
  ) -> [RenderedPiece] {
    guard cell.rows.indices.contains(part) else { return [] }
    let isLast = part == cell.rows.count - 1
    var row = cell.rows[part]
    if !isLast { row = text.withoutTrailingBlanks(row) }
    return cell.spans.filter { $0.range.overlaps(row) }.map { span in
      let source = span.range.clamped(to: row)
      return RenderedPiece(
        span.shown ?? text.string(source), kind, span.style,
        source: span.shown == nil ? source : span.range)
    }
  }
}
