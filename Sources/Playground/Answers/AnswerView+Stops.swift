import Core

// Where a cursor can stand in the rows of an answer, and how it moves over them.

extension AnswerView {
  /// The characters of a row that are of the answer's text, from the left.
  func stops(ofRow index: Int) -> [AnswerStop] {
    guard let row = rows(in: index..<index + 1).first else { return [] }
    var stops: [AnswerStop] = []
    var column = 0
    for piece in row.pieces {
      let isAsItCame = piece.source?.count == piece.text.utf8.count
      var offset = piece.source?.lowerBound ?? 0
      for character in piece.text {
        let cells = character.unicodeScalars.reduce(0) {
          $0 + Wrap.cells(of: $1, at: column + $0)
        }
        let length = character.utf8.count
        if isAsItCame {
          stops.append(
            AnswerStop(
              range: offset..<offset + length, column: column, isBlank: character.isWhitespace))
          offset += length
        }
        column += cells
      }
      // An entity, say: one place, whatever it is shown as.
      if !isAsItCame, let source = piece.source, !source.isEmpty {
        stops.append(
          AnswerStop(
            range: source, column: column - DisplayText.width(of: piece.text), isBlank: false))
      }
    }
    return stops
  }

  /// The stop nearest to a cell of a row; nil where none of the text is.
  func stop(atRow row: Int, column: Int) -> AnswerStop? {
    let stops = stops(ofRow: row)
    return stops.last { $0.column <= column } ?? stops.first
  }

  /// Where a motion leads; nil where it leads nowhere.
  ///
  /// - Parameter page: rows of a page.
  func target(of motion: AnswerMotion, from cursor: AnswerCursor, page: Int) -> AnswerCursor? {
    guard let row = rowIndex(ofSource: cursor.offset) else { return nil }
    let stops = stops(ofRow: row)
    let place = stops.lastIndex { $0.range.lowerBound <= cursor.offset } ?? 0
    func moved(to stop: AnswerStop?) -> AnswerCursor? {
      stop.map { AnswerCursor(offset: $0.range.lowerBound, anchor: cursor.anchor) }
    }
    switch motion {
    case .left:
      if place > 0 { return moved(to: stops[place - 1]) }
      return moved(to: filledRow(from: row - 1, by: -1)?.stops.last)
    case .right:
      if place + 1 < stops.count { return moved(to: stops[place + 1]) }
      return moved(to: filledRow(from: row + 1, by: 1)?.stops.first)
    case .up, .down, .pageUp, .pageDown:
      let (step, count) =
        switch motion {
        case .up: (-1, 1)
        case .down: (1, 1)
        case .pageUp: (-1, page)
        default: (1, page)
        }
      return movedRows(cursor, from: row, by: step, count: max(1, count), stops: stops, at: place)
    case .wordForward: return moved(to: wordStart(from: row, place: place, stops: stops, by: 1))
    case .wordBackward: return moved(to: wordStart(from: row, place: place, stops: stops, by: -1))
    case .rowStart: return moved(to: stops.first)
    case .rowEnd: return moved(to: stops.last)
    case .start: return moved(to: filledRow(from: 0, by: 1)?.stops.first)
    case .end: return moved(to: filledRow(from: rowCount - 1, by: -1)?.stops.last)
    }
  }

  private func movedRows(
    _ cursor: AnswerCursor, from row: Int, by step: Int, count: Int, stops: [AnswerStop],
    at place: Int
  ) -> AnswerCursor? {
    let column = cursor.column ?? (stops.indices.contains(place) ? stops[place].column : 0)
    let wanted = max(0, min(row + step * count, rowCount - 1))
    // Past rows without text of the answer, or back to the nearest where there is none further on.
    guard let found = filledRow(from: wanted, by: step) ?? filledRow(from: wanted, by: -step),
      found.row != row, let stop = stop(atRow: found.row, column: column)
    else { return nil }
    var moved = AnswerCursor(offset: stop.range.lowerBound, anchor: cursor.anchor)
    moved.column = column
    return moved
  }

  /// The nearest row that holds some of the text, from one on.
  private func filledRow(from row: Int, by step: Int) -> (row: Int, stops: [AnswerStop])? {
    var row = row
    while row >= 0, row < rowCount {
      let stops = stops(ofRow: row)
      if !stops.isEmpty { return (row, stops) }
      row += step
    }
    return nil
  }

  /// The start of the next word, or of the one before; the end of the text where there is none.
  private func wordStart(
    from row: Int, place: Int, stops: [AnswerStop], by step: Int
  ) -> AnswerStop? {
    var (row, stops, place) = (row, stops, place)
    var last: AnswerStop?
    while true {
      place += step
      if !stops.indices.contains(place) {
        guard let next = filledRow(from: row + step, by: step) else { return last }
        (row, stops) = next
        place = step > 0 ? 0 : stops.count - 1
      }
      last = stops[place]
      let startsWord = !stops[place].isBlank && (place == 0 || stops[place - 1].isBlank)
      // A row that begins within a long word counts as a start, too: the eye begins there anew.
      if startsWord { return last }
    }
  }
}
