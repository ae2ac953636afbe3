import Core
import Playground

// A comparison as a picture: the columns with their whole answers on a grid of its own, in rows of a
// few, whatever the size of the screen.

extension Renderer {
  /// The answers side by side as an SVG document, with what differs from the baseline marked, and with
  /// their figures.
  public func picture(of report: ComparisonReport) -> String {
    var grid = Grid(size: pictureSize(of: report), style: theme.style(.text))
    let title = "\(report.promptName): \(report.columns.count) answers"
    grid.put(title, x: 1, y: 0, style: theme.style(.focusedTitle), limit: grid.size.width)
    for line in lines(of: report) {
      for (place, index) in line.columns.enumerated() {
        draw(
          report, index,
          in: Rectangle(
            x: place * Self.pictureColumnWidth, y: line.y, width: Self.pictureColumnWidth,
            height: line.height),
          on: &grid)
      }
    }
    return grid.svg(isLight: theme.isLight)
  }

  /// Cells, the frame included.
  private static let pictureColumnWidth = 60
  /// Columns beside each other; more go into another line.
  private static let pictureColumnsInLine = 4
  /// Rows of an answer; what is longer is cut off, and said to be.
  private static let pictureRows = 400

  /// Columns that stand beside each other.
  private struct PictureLine {
    var columns: Range<Int>
    var y: Int
    var height: Int
  }

  private func lines(of report: ComparisonReport) -> [PictureLine] {
    var lines: [PictureLine] = []
    var y = 1
    for start in stride(from: 0, to: report.columns.count, by: Self.pictureColumnsInLine) {
      let columns = start..<min(start + Self.pictureColumnsInLine, report.columns.count)
      let height = columns.map { contentRows(of: report, $0).count + 2 }.max() ?? 0
      lines.append(PictureLine(columns: columns, y: y, height: height))
      y += height
    }
    return lines
  }

  private func pictureSize(of report: ComparisonReport) -> Size {
    let count = max(1, min(report.columns.count, Self.pictureColumnsInLine))
    return Size(
      width: count * Self.pictureColumnWidth,
      height: lines(of: report).last.map { $0.y + $0.height } ?? 1)
  }

  private func draw(
    _ report: ComparisonReport, _ index: Int, in frame: Rectangle, on grid: inout Grid
  ) {
    let column = report.columns[index]
    let mark = index == report.baseline ? " ●" : ""
    drawFrame(
      frame, title: "\(column.name)\(mark) \(column.title)".shortened(toCells: frame.width - 6),
      titleRole: .columnModel, isFocused: false, on: &grid)
    let area = frame.inside
    for (place, row) in contentRows(of: report, index).enumerated() {
      draw(
        row, marks: AnswerMarks(), x: area.x, y: area.y + place, limit: area.right, on: &grid)
    }
  }

  /// What stands in a column: the answer, how it ended, and the figures.
  private func contentRows(of report: ComparisonReport, _ index: Int) -> [AnswerRow] {
    let column = report.columns[index]
    let width = Self.pictureColumnWidth - 2
    var rows: [AnswerRow]
    if let difference = column.difference {
      rows = difference.rows(width: width)
    } else {
      rows = Self.rows(of: column.answer.text, .text, width: width)
    }
    if rows.count > Self.pictureRows {
      let rest = rows.count - Self.pictureRows
      rows = rows.prefix(Self.pictureRows) + [AnswerRow("⋯ \(Numbers.grouped(rest)) more", .folded)]
    }
    if let error = column.answer.error { rows += Self.rows(of: error, .error, width: width) }
    let figures = report.figureRows.compactMap { row -> String? in
      guard row.texts.indices.contains(index), !row.texts[index].isEmpty else { return nil }
      return "\(row.name) \(row.texts[index])\(row.best == index ? "★" : "")"
    }
    rows.append(AnswerRow("", .text))
    return rows + Self.rows(of: figures.joined(separator: " · "), .folded, width: width)
  }

  private static func rows(of text: String, _ face: AnswerFace, width: Int) -> [AnswerRow] {
    let wrapped = WrappedText(text, width: width)
    return wrapped.rows.map { AnswerRow(String(wrapped.text(of: $0)), face) }
  }
}
