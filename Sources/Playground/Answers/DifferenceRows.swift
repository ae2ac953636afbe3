import Core

// A difference as rows of a column, in place of the answer: with what is missing in its place, or
// without what both answers share. The text stands as it came, since half a table can't be rendered.

extension AnswerDifference {
  /// The answer with the words that are missing in their places, a row each.
  ///
  /// - Parameter width: cells.
  public func rows(width: Int) -> [AnswerRow] { DifferenceRows(self, as: .full, width: width).rows }
}

/// The rows of a difference for one width.
struct DifferenceRows {
  private(set) var rows: [AnswerRow] = []

  /// - Parameter width: cells.
  init(_ difference: AnswerDifference, as view: DifferenceView, width: Int) {
    guard view == .changes else {
      rows = Self.rows(of: difference, width: width).map(\.row)
      return
    }
    if let values = difference.values {
      rows = Self.rows(of: values, width: width)
    } else {
      fold(Self.rows(of: difference, width: width))
    }
  }

  /// A row, and whether anything in it differs.
  private struct Row {
    var row: AnswerRow
    var isChange: Bool
  }

  /// Puts one row in place of each stretch in which nothing differs.
  private mutating func fold(_ all: [Row]) {
    for stretch in all.chunked(by: { $0.isChange == $1.isChange }) {
      if stretch.first?.isChange == true || stretch.count == 1 {
        rows += stretch.map(\.row)
      } else {
        rows.append(AnswerRow("⋯ \(Numbers.grouped(stretch.count)) lines alike", .folded))
      }
    }
  }

  // MARK: Words

  private static func rows(of difference: AnswerDifference, width: Int) -> [Row] {
    var text = PiecedText()
    var offset = 0
    for piece in difference.words.pieces {
      switch piece.kind {
      case .kept: text.append(piece.text, .text, source: offset)
      case .added: text.append(piece.text, .added, source: offset)
      case .removed: text.append(piece.text, .removed, source: nil)
      }
      if piece.kind != .removed { offset += piece.text.utf8.count }
    }
    return text.rows(width: width).map { row in
      var pieces = row.pieces
      // A line end that is all that changed in a row would not be seen.
      if let end = row.lineEnd, end != .text, pieces.allSatisfy({ $0.face == .text }) {
        pieces.append(AnswerRow.Piece("↵", end))
      }
      return Row(row: AnswerRow(pieces), isChange: pieces.contains { $0.face != .text })
    }
  }

  // MARK: Values

  private static func rows(of values: JSONDifference, width: Int) -> [AnswerRow] {
    var text = PiecedText()
    let count = values.changes.count
    text.append(
      count == 0
        ? "The values are the same." : count == 1 ? "1 value differs" : "\(count) values differ",
      .folded, source: nil)
    for change in values.changes {
      text.append("\n\(change.path)", AnswerFace(.text, .strong), source: nil)
      text.append(": ", .text, source: nil)
      if let old = change.old { text.append(old.text, .removed, source: nil) }
      if change.old != nil, change.new != nil { text.append(" → ", .text, source: nil) }
      if let new = change.new { text.append(new.text, .added, source: nil) }
    }
    return text.rows(width: width).map { AnswerRow($0.pieces) }
  }
}

/// A text of pieces with faces, to be wrapped as one.
private struct PiecedText {
  private struct Stretch {
    /// UTF-8 offsets in the text.
    var range: Range<Int>
    var face: AnswerFace
    /// Where in the answer it starts; nil for what isn't of it.
    var source: Int?
  }

  struct Row {
    var pieces: [AnswerRow.Piece]
    /// The face of the line end after it; nil where its line goes on, or the text ends.
    var lineEnd: AnswerFace?
  }

  private var text = ""
  private var stretches: [Stretch] = []

  mutating func append(_ piece: String, _ face: AnswerFace, source: Int?) {
    let start = text.utf8.count
    text += piece
    stretches.append(Stretch(range: start..<text.utf8.count, face: face, source: source))
  }

  func rows(width: Int) -> [Row] {
    guard !text.isEmpty else { return [] }
    let wrapped = WrappedText(text, width: width)
    // What ends with a line end has no last line of its own.
    let shown = text.utf8.last == UInt8(ascii: "\n") ? wrapped.rows.dropLast() : wrapped.rows[...]
    var first = 0
    return shown.map { row in
      let line = wrapped.lines[row.line]
      let lineStart = wrapped.lineStarts[row.line]
      let range = lineStart + row.range.lowerBound..<lineStart + row.range.upperBound
      while stretches[first].range.upperBound <= range.lowerBound, first + 1 < stretches.count {
        first += 1
      }
      var pieces: [AnswerRow.Piece] = []
      for stretch in stretches[first...] {
        guard stretch.range.lowerBound < range.upperBound else { break }
        let part = stretch.range.clamped(to: range)
        guard !part.isEmpty else { continue }
        let text = line[utf8: part.lowerBound - lineStart..<part.upperBound - lineStart]
        let source = stretch.source.map { $0 + part.lowerBound - stretch.range.lowerBound }
        pieces.append(
          AnswerRow.Piece(
            String(text), stretch.face, source: source.map { $0..<$0 + part.count }))
      }
      let endsLine = row.range.upperBound == line.utf8.count && range.upperBound < text.utf8.count
      return Row(
        pieces: pieces, lineEnd: endsLine ? face(at: range.upperBound, from: first) : nil)
    }
  }

  private func face(at offset: Int, from first: Int) -> AnswerFace? {
    stretches[first...].first { $0.range.contains(offset) }?.face
  }
}

extension Array {
  /// Its stretches of neighbours that belong together.
  fileprivate func chunked(by belongTogether: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
    var chunks: [ArraySlice<Element>] = []
    var start = 0
    for index in indices where index + 1 == count || !belongTogether(self[index], self[index + 1]) {
      chunks.append(self[start...index])
      start = index + 1
    }
    return chunks
  }
}
