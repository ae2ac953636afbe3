import Core

// The map as rows of text with what each piece is, for a screen to colour.

extension DiagnosisMap {
  /// What a stretch of the drawing is.
  public enum Role: Hashable, Sendable {
    case blank, axis, label, border, quadrant, count, interval, trail, earlier, today, legend
  }

  /// A stretch of one role.
  public struct Piece: Hashable, Sendable {
    public var text: String
    public var role: Role
  }

  /// The least size that a map fits in.
  public static let leastWidth = 70
  public static let leastHeight = 15

  /// The map in so many cells; empty where it doesn't fit.
  ///
  /// Every row is at most `width` cells wide; there are at most `height` rows.
  public func rows(width: Int, height: Int) -> [[Piece]] {
    guard width >= Self.leastWidth, height >= Self.leastHeight else { return [] }
    var canvas = MapCanvas(
      columnWidth: min((width - MapCanvas.margin) / Self.steps, 24),
      rowHeight: min((height - MapCanvas.besides) / Self.steps, 9))
    canvas.drawFrame()
    for (from, to) in zip(path, path.dropFirst()) { canvas.drawTrail(from, to) }
    for quadrant in Quadrant.allCases { canvas.draw(quadrant) }
    if let today { canvas.drawInterval(of: today) }
    for (up, row) in counts.enumerated() {
      for (across, count) in row.enumerated() where count > 0 {
        canvas.draw(count: count, up: up, across: across)
      }
    }
    for (place, point) in earlier.enumerated() {
      canvas.draw(Self.letter(place), at: point, as: .earlier)
    }
    if let today { canvas.draw("●", at: today, as: .today) }
    return [canvas.titles] + canvas.rows + [legend(width: width)]
  }

  private var path: [Point] { earlier + (today.map { [$0] } ?? []) }

  static func letter(_ place: Int) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(min(place, 25))))
  }

  private func legend(width: Int) -> [Piece] {
    var entries: [(mark: String, role: Role, text: String)] = []
    if let today { entries.append(("●", .today, Self.text(of: today))) }
    for (place, point) in earlier.enumerated().reversed() {
      entries.append((String(Self.letter(place)), .earlier, Self.text(of: point)))
    }
    var pieces: [Piece] = []
    var used = 0
    for entry in entries {
      let text = " \(entry.text)   "
      used += 1 + DisplayText.width(of: text)
      guard used - 3 <= width else { break }
      pieces += [Piece(text: entry.mark, role: entry.role), Piece(text: text, role: .legend)]
    }
    if let last = pieces.indices.last {
      pieces[last].text = String(pieces[last].text.dropLast(3))
    }
    return pieces
  }

  static func text(of point: Point) -> String {
    "\(point.label) \(Numbers.grouped(point.failureCount)) of \(Numbers.grouped(point.caseCount)) fail"
  }
}

/// Cells that a map is drawn on.
private struct MapCanvas {
  /// Cells left of the plane, for names, and rows above and below it.
  static let margin = 20
  static let besides = 5

  private let columnWidth: Int
  private let rowHeight: Int
  private var cells: [[(text: Character, role: DiagnosisMap.Role)]]

  private var planeWidth: Int { columnWidth * DiagnosisMap.steps }
  private var planeHeight: Int { rowHeight * DiagnosisMap.steps }

  init(columnWidth: Int, rowHeight: Int) {
    self.columnWidth = columnWidth
    self.rowHeight = rowHeight
    cells = Array(
      repeating: Array(
        repeating: (" ", .blank), count: Self.margin + columnWidth * DiagnosisMap.steps),
      count: rowHeight * DiagnosisMap.steps + 3)
  }

  /// What the axes are, in a row above the plane.
  var titles: [DiagnosisMap.Piece] {
    let (up, across) = ("↑ how it needs to act", "what it needs to know →")
    let gap = max(1, Self.margin + planeWidth - up.count - across.count)
    return [
      DiagnosisMap.Piece(
        text: up + String(repeating: " ", count: gap) + across, role: .label)
    ]
  }

  /// The cells as pieces; blanks at the end of a row are left out.
  var rows: [[DiagnosisMap.Piece]] {
    cells.map { row in
      var pieces: [DiagnosisMap.Piece] = []
      let end = (row.lastIndex { $0.text != " " } ?? -1) + 1
      for cell in row[..<end] {
        // A blank has no colour of its own.
        if let last = pieces.indices.last, pieces[last].role == cell.role || cell.text == " " {
          pieces[last].text.append(cell.text)
        } else {
          pieces.append(DiagnosisMap.Piece(text: String(cell.text), role: cell.role))
        }
      }
      return pieces
    }
  }

  private mutating func put(
    _ text: String, column: Int, row: Int, _ role: DiagnosisMap.Role
  ) {
    guard cells.indices.contains(row) else { return }
    for (offset, character) in text.enumerated() {
      guard cells[row].indices.contains(column + offset) else { return }
      cells[row][column + offset] = (character, role)
    }
  }

  // MARK: The plane

  private func column(_ x: Double) -> Int {
    Self.margin + min(planeWidth - 1, max(0, Int(x * Double(planeWidth))))
  }

  private func row(_ y: Double) -> Int {
    min(planeHeight - 1, max(0, planeHeight - 1 - Int(y * Double(planeHeight))))
  }

  /// The middle row of a field; of an even number of rows the lower one, below a quadrant's name.
  private func middleRow(of step: Int) -> Int {
    (DiagnosisMap.steps - 1 - step) * rowHeight + rowHeight / 2
  }

  mutating func drawFrame() {
    for row in 0..<planeHeight { put("│", column: Self.margin - 1, row: row, .axis) }
    put(
      "└" + String(repeating: "─", count: planeWidth), column: Self.margin - 1, row: planeHeight,
      .axis)
    for need in BehaviourNeed.allCases {
      let text = need.words
      put(
        text, column: Self.margin - 2 - text.count, row: middleRow(of: need.step),
        .label)
    }
    for need in KnowledgeNeed.allCases {
      let start = Self.margin + need.step * columnWidth
      for (offset, line) in lines(of: need.words).prefix(2).enumerated() {
        put(
          line, column: start + max(0, (columnWidth - line.count) / 2),
          row: planeHeight + 1 + offset, .label)
      }
    }
    let across = column(DiagnosisMap.xBorder)
    let up = row(DiagnosisMap.yBorder) + 1
    put(String(repeating: "┄", count: planeWidth), column: Self.margin, row: up - 1, .border)
    for row in 0..<planeHeight { put("┆", column: across, row: row, .border) }
    put("┼", column: across, row: up - 1, .border)
  }

  /// A name on as many lines as it needs in a column.
  private func lines(of words: String) -> [String] {
    var lines: [String] = []
    for word in words.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count < columnWidth {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word.prefix(columnWidth - 1)))
      }
    }
    return lines
  }

  mutating func draw(_ quadrant: DiagnosisMap.Quadrant) {
    let start = quadrant.isRight ? column(DiagnosisMap.xBorder) + 2 : Self.margin + 1
    let top = quadrant.isUpper ? 0 : row(DiagnosisMap.yBorder) + 1
    put(quadrant.words, column: start, row: top, .quadrant)
  }

  mutating func draw(count: Int, up: Int, across: Int) {
    let text = "\(count)"
    put(
      text, column: column(DiagnosisMap.middle(of: across)) - text.count / 2,
      row: middleRow(of: up), .count)
  }

  // MARK: Points

  mutating func draw(
    _ mark: Character, at point: DiagnosisMap.Point, as role: DiagnosisMap.Role
  ) {
    put(String(mark), column: column(point.x), row: row(point.y), role)
  }

  mutating func drawInterval(of point: DiagnosisMap.Point) {
    let (left, right) = (column(point.xInterval.lowerBound), column(point.xInterval.upperBound))
    let (top, bottom) = (row(point.yInterval.upperBound), row(point.yInterval.lowerBound))
    let (across, up) = (column(point.x), row(point.y))
    for row in top...max(top, bottom) { put("│", column: across, row: row, .interval) }
    if top < up { put("┬", column: across, row: top, .interval) }
    if bottom > up { put("┴", column: across, row: bottom, .interval) }
    put(
      String(repeating: "─", count: max(0, right - left + 1)), column: left, row: up, .interval)
    if left < across { put("├", column: left, row: up, .interval) }
    if right > across { put("┤", column: right, row: up, .interval) }
  }

  mutating func drawTrail(_ from: DiagnosisMap.Point, _ to: DiagnosisMap.Point) {
    let (start, end) = ((column(from.x), row(from.y)), (column(to.x), row(to.y)))
    let length = max(abs(end.0 - start.0), abs(end.1 - start.1))
    guard length > 1 else { return }
    for step in stride(from: 1, to: length, by: 2) {
      let share = Double(step) / Double(length)
      put(
        "·", column: start.0 + Int((Double(end.0 - start.0) * share).rounded()),
        row: start.1 + Int((Double(end.1 - start.1) * share).rounded()), .trail)
    }
  }
}
