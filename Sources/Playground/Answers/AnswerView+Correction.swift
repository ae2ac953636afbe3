import Core

// A correction in the place of an answer's text. Nothing of it is of that text, so that no mark and
// no cursor of the one strays into the other.

extension AnswerView {
  /// Another text, as the answer's would look.
  func rows(of text: String) -> [AnswerRow] {
    var answer = Answer()
    answer.apply(.text(text), at: 0)
    var view = self
    view.textRows = nil
    view.show(steps: [], current: "")
    view.show(answer)
    return view.rows(in: 0..<view.rowCount).map(\.withoutSource)
  }

  /// A text with what was changed on the way to another.
  func rows(from old: String, to new: String) -> [AnswerRow] {
    AnswerDifference(from: old, to: new).rows(width: width).map(\.withoutSource)
  }
}

extension AnswerRow {
  fileprivate var withoutSource: AnswerRow {
    AnswerRow(pieces.map { Piece($0.text, $0.face) })
  }
}
