import Core
import Playground

// A passage in its document. In the gutter stand the lines' numbers and where each chunking cuts; the
// passage that is looked at has heavy lines there, and text that is not muted.

extension Renderer {
  func draw(_ reader: PassageReader, size: Size, on grid: inout Grid) {
    let frame = Layout.inspectionFrame(size: size)
    let area = Layout.documentText(size: size)
    let cuttings = reader.shownCuttings(width: area.width)
    let isReading = reader.pendingReading != nil
    drawOverlayFrame(
      frame, title: reader.passage.label,
      note: isReading ? "reading…" : cuttings.map(\.chunking.name).joined(separator: " | "),
      on: &grid)
    let top = Rectangle(x: area.x, y: area.y - 1, width: area.width, height: 1)
    drawSummary(of: reader, in: top, on: &grid)
    switch reader.page {
    case .text: drawText(of: reader, cuttings, in: area, on: &grid)
    case .details:
      draw(reader.detailLines, from: reader.detailsTop, in: area, on: &grid)
    }
  }

  /// The passage in one row: why its document isn't shown, or how it stands.
  private func drawSummary(of reader: PassageReader, in area: Rectangle, on grid: inout Grid) {
    if let note = reader.document.note {
      grid.put(
        note.shortened(toCells: area.width), x: area.x, y: area.y, style: overlayStyle(.warning))
      return
    }
    let passage = reader.details?.passage ?? reader.passage
    let standings = passage.standings.sorted { $0.key < $1.key }.map { leg, standing in
      "\(leg.rawValue) #\(Numbers.grouped(standing.rank)) \(Numbers.fixed(standing.score, digits: 2))"
    }
    let page = passage.page.map { ["page \($0)"] } ?? []
    let summary = (standings + page + ["\(Numbers.grouped(passage.tokens)) tok"])
      .joined(separator: " · ")
    grid.put(
      summary.shortened(toCells: area.width), x: area.x, y: area.y, style: overlayStyle(.accent))
  }

  // MARK: The text

  private func drawText(
    of reader: PassageReader, _ cuttings: [ReadDocument.Cutting], in area: Rectangle,
    on grid: inout Grid
  ) {
    let document = reader.document
    let gutter = reader.gutterWidth(in: area.width)
    let textWidth = max(1, area.width - gutter)
    let numberWidth = gutter - cuttings.count * PassageReader.cutWidth
    var view = reader.editor.view(width: textWidth)
    let rows = view.rows(from: view.clamped(reader.editor.top), height: area.height)
    for (place, (row, range)) in rows.enumerated() {
      let y = area.y + place
      if row.row == 0 {
        drawNumber(of: row.line, in: document, x: area.x, width: numberWidth - 1, y: y, on: &grid)
      }
      let isLast = range.upperBound == document.text.lines[row.line].utf8.count
      let bytes = document.bytes(ofLine: row.line, range)
      var x = area.x + numberWidth
      for cutting in cuttings {
        draw(
          CutMark(of: cutting, in: bytes, endsLine: isLast), isSelected: reader.selected, x: x,
          y: y,
          on: &grid)
        x += PassageReader.cutWidth
      }
      drawRow(
        of: reader, cuttings.first, line: row.line, range, x: area.x + gutter, y: y,
        limit: area.right, on: &grid)
    }
  }

  private func drawNumber(
    of line: Int, in document: ReadDocument, x: Int, width: Int, y: Int, on grid: inout Grid
  ) {
    let page = document.page(beginningOnLine: line).map { "p\($0)" }
    let text = page ?? "\(document.number(ofLine: line))"
    grid.put(
      text, x: x + max(0, width - text.utf8.count), y: y,
      style: overlayStyle(page == nil ? .mutedText : .accent), limit: x + width)
  }

  private func draw(
    _ mark: CutMark, isSelected selected: Range<Int>, x: Int, y: Int, on grid: inout Grid
  ) {
    let isSelected = mark.passages.contains(selected)
    grid.put(
      isSelected ? mark.heavySymbol : mark.symbol, x: x, y: y,
      style: overlayStyle(isSelected ? .accent : .border), limit: x + 1)
    if let number = mark.number {
      grid.put(
        "\(number)", x: x + 1, y: y,
        style: overlayStyle(isSelected ? .accent : .mutedText),
        limit: x + PassageReader.cutWidth - 1)
    }
  }

  private func drawRow(
    of reader: PassageReader, _ cutting: ReadDocument.Cutting?, line: Int, _ range: Range<Int>,
    x: Int, y: Int, limit: Int, on grid: inout Grid
  ) {
    let document = reader.document
    let bytes = document.bytes(ofLine: line, range)
    let start = bytes.lowerBound - range.lowerBound
    func span(_ bytes: Range<Int>, _ style: Style) -> StyledSpan {
      StyledSpan(
        range: max(0, bytes.lowerBound - start)..<max(0, bytes.upperBound - start), style: style)
    }
    var spans: [StyledSpan] = []
    if document.note == nil { spans.append(span(reader.selected, overlayStyle(.text))) }
    // Where a cut falls into a row, the passage's first word tells.
    if let cutting {
      for place in cutting.places(in: bytes) {
        let first = cutting.passages[place].lowerBound
        if bytes.contains(first), first > bytes.lowerBound {
          spans.append(span(first..<first + 1, overlayStyle(.warning)))
        }
      }
    }
    spans += reader.matches(in: bytes).map { span($0, theme.style(.passageMatch)) }
    grid.put(
      line: document.text.lines[line], row: range, x: x, y: y, limit: limit,
      style: overlayStyle(document.note == nil ? .mutedText : .text), spans: spans)
  }

  /// A report, from a row on.
  func draw(_ lines: [ReportLine], from top: Int, in area: Rectangle, on grid: inout Grid) {
    let report = ReportText(lines, width: area.width)
    draw(report, from: top, in: area, on: &grid)
  }

  func draw(_ report: ReportText, from top: Int, in area: Rectangle, on grid: inout Grid) {
    for (place, row) in report.rows.dropFirst(top).prefix(area.height).enumerated() {
      grid.put(
        row.text, x: area.x + row.indent, y: area.y + place, style: overlayStyle(row.kind.role),
        limit: area.right)
    }
  }
}

extension ReportLine.Kind {
  /// How a line of a report looks.
  var role: StyleRole {
    switch self {
    case .heading: .title
    case .text: .text
    case .note: .mutedText
    case .problem: .warning
    case .remedy: .success
    case .added: .added
    case .removed: .removed
    }
  }
}

/// Where a row of a document stands in the passages of a chunking.
private struct CutMark {
  /// Those that have something of the row.
  let passages: ArraySlice<Range<Int>>
  /// The number of the last one that begins on the row, from 1; nil where none does.
  let number: Int?
  private let isEnd: Bool
  /// Whether two passages share the row, since they overlap.
  private let isShared: Bool

  init(of cutting: ReadDocument.Cutting, in bytes: Range<Int>, endsLine: Bool) {
    let places = cutting.places(in: bytes)
    passages = cutting.passages[places]
    number = passages.lastIndex { bytes.contains($0.lowerBound) }.map { $0 + 1 }
    // A passage ends before the line's end, or with it.
    isEnd = passages.last.map { $0.upperBound <= bytes.upperBound + (endsLine ? 1 : 0) } ?? false
    isShared = zip(passages, passages.dropFirst()).contains { $0.upperBound > $1.lowerBound }
  }

  var symbol: String {
    if passages.isEmpty { return " " }
    if isShared { return number == nil ? "║" : "╓" }
    if number != nil { return isEnd ? "╶" : "┌" }
    return isEnd ? "└" : "│"
  }

  var heavySymbol: String {
    if isShared { return number == nil ? "║" : "╓" }
    if number != nil { return isEnd ? "╺" : "┏" }
    return isEnd ? "┗" : "┃"
  }
}
