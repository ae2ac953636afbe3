import Core

// What a person made of a column's answer: the original, the correction and what differs between
// them take turns in the same place.

/// What a column with a corrected answer shows.
public enum AnswerSide: Hashable, Sendable, CaseIterable {
  case correction, difference, original
}

extension Column {
  /// Whether the answer that counts is another one than the model's.
  public var isCorrected: Bool {
    correction.map { !$0.hasSameBytes(as: answer.text) } ?? false
  }

  /// The answer that counts: as it was corrected, or else as it came.
  public var wantedText: String { correction ?? answer.text }

  /// The text that is on the screen; of a difference, what is new.
  var shownText: String { side == .original ? answer.text : wantedText }

  /// Takes in a correction, and shows it; nil where there is none.
  mutating func take(correction: String?, draft: String?, height: Int) {
    self.correction = correction
    correctionDraft = draft
    show(isCorrected ? .correction : .original, height: height)
  }

  /// Shows a side of a corrected answer.
  mutating func show(_ side: AnswerSide, height: Int) {
    self.side = side
    place(cursor: nil)
    layOutText()
    scroll(by: 0, height: height)
  }

  /// Lays out what stands in place of the answer's text, if anything does: the correction, or what
  /// differs from it or from the baseline.
  mutating func layOutText() {
    switch side {
    case .original: layOutDifference()
    case .correction: view.textRows = view.rows(of: wantedText)
    case .difference: view.textRows = view.rows(from: answer.text, to: wantedText)
    }
  }
}
