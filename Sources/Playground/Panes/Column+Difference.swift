import Core

// How a column shows what differs from the baseline: as marks on its answer, or as rows in its place.

/// Which difference a column shows, and how: what is shown already is not laid out again.
struct ShownDifference: Hashable, Sendable {
  var way: DifferenceView
  var baseline: Int
  var extent: ColumnComparison.Extent
}

extension Column {
  /// Shows how the answer differs from the baseline, as far as it has been compared.
  mutating func showDifference(as way: DifferenceView, height: Int) {
    let shown = comparison.flatMap { comparison in
      comparison.compared.map {
        ShownDifference(way: way, baseline: comparison.baseline, extent: $0)
      }
    }
    guard shown != shownDifference else { return }
    shownDifference = shown
    layOutText()
    keepInSight(height: height)
  }

  /// Marks it, or lays it out for the column's width.
  mutating func layOutDifference() {
    marks[.difference] = []
    view.textRows = nil
    guard let difference = comparison?.difference, let way = shownDifference?.way else { return }
    switch way {
    case .off: break
    case .marks: marks[.difference] = difference.marks(on: answer.text)
    case .full, .changes:
      view.textRows = DifferenceRows(difference, as: way, width: view.width).rows
    }
  }
}

extension AnswerDifference {
  /// What is added, and a character beside each place where something is missing.
  fileprivate func marks(on text: String) -> [AnswerMark] {
    let added = additions.map { AnswerMark($0, .added) }
    let missing = omissions.compactMap { offset in
      Self.character(of: text, at: offset).map { AnswerMark($0, .omission) }
    }
    return (added + missing).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The character after a place, or before it where a line ends there; nil in an empty line.
  private static func character(of text: String, at offset: Int) -> Range<Int>? {
    let place = text.utf8.index(text.startIndex, offsetBy: offset)
    if place < text.endIndex, !text[place].isNewline {
      return offset..<offset + text[place].utf8.count
    }
    guard place > text.startIndex else { return nil }
    let before = text[text.index(before: place)]
    return before.isNewline ? nil : offset - before.utf8.count..<offset
  }
}
