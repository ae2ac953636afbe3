import Core

// Rows that stand in the place of an answer's own. None of them is of the answer's text, so that no
// mark and no cursor of that text strays into them.

extension AnswerView {
  /// Another text, as the answer's would look.
  func rows(of text: String) -> [AnswerRow] {
    var answer = Answer()
    answer.apply(.text(text), at: 0)
    var view = self
    view.textRows = nil
    view.show(steps: [], current: "")
    view.show(answer)
    return view.rows(in: 0..<view.rowCount).map { row in
      AnswerRow(row.pieces.map { AnswerRow.Piece($0.text, $0.face) })
    }
  }

  /// What differs between two texts: a mark for each line that is gone or new, and what changed in it.
  func rows(of difference: WordDiff) -> [AnswerRow] {
    DifferenceText(difference, width: width).rows.map { row in
      if case .folded(let count) = row.line.kind {
        return AnswerRow("⋯ \(Numbers.grouped(count)) lines alike", .earlier)
      }
      let (mark, line, word) = Self.look(of: row.line.kind)
      let gutter = AnswerRow.Piece(mark, line)
      if row.line.isWholeChange {
        return AnswerRow([gutter, AnswerRow.Piece(String(row.line.text[utf8: row.range]), line)])
      }
      return AnswerRow([gutter] + Self.pieces(of: row, changed: word))
    }
  }

  private static func look(
    of kind: DiffLine.Kind
  ) -> (mark: String, line: AnswerFace, word: AnswerFace) {
    switch kind {
    case .kept, .folded: ("  ", .text, .text)
    case .removed: ("− ", .removed, AnswerFace(.removed, .strong))
    case .added: ("+ ", .added, AnswerFace(.added, .strong))
    }
  }

  /// A row cut where what changed begins and ends.
  private static func pieces(
    of row: DifferenceText.Row, changed: AnswerFace
  ) -> [AnswerRow.Piece] {
    var pieces: [AnswerRow.Piece] = []
    var place = row.range.lowerBound
    func add(upTo end: Int, _ face: AnswerFace) {
      guard end > place else { return }
      pieces.append(AnswerRow.Piece(String(row.line.text[utf8: place..<end]), face))
      place = end
    }
    for change in row.line.changes {
      let change = change.clamped(to: row.range)
      guard !change.isEmpty else { continue }
      add(upTo: change.lowerBound, .text)
      add(upTo: change.upperBound, changed)
    }
    add(upTo: row.range.upperBound, .text)
    return pieces
  }
}
