import Core
import Playground

// A row of an answer: its pieces as their faces look, cut where marks begin and end.

extension Renderer {
  func draw(
    _ row: AnswerRow, marks: AnswerMarks, x: Int, y: Int, limit: Int, on grid: inout Grid
  ) {
    var column = 0
    for piece in row.pieces {
      let style = style(of: piece.face)
      for stretch in stretches(of: piece, marks: marks) {
        let text = Grid.expandingTabs(piece.text[utf8: stretch.range], from: column)
        let look = stretch.marks.reduce(style) { theme.style(Self.role(of: $1.kind)).over($0) }
        column += grid.put(text, x: x + column, y: y, style: look, limit: limit)
      }
    }
  }

  /// The parts of a piece that are marked alike; ranges are UTF-8 offsets in the piece.
  private func stretches(
    of piece: AnswerRow.Piece, marks: AnswerMarks
  ) -> [(range: Range<Int>, marks: [AnswerMark])] {
    let whole = 0..<piece.text.utf8.count
    guard let source = piece.source else { return [(whole, [])] }
    let touching = marks.touching(source)
    guard !touching.isEmpty else { return [(whole, [])] }
    // What isn't shown as it came is marked as a whole.
    guard source.count == whole.count else { return [(whole, touching)] }
    var edges: Set = [whole.lowerBound, whole.upperBound]
    for mark in touching {
      for edge in [mark.range.lowerBound, mark.range.upperBound] {
        let offset = edge - source.lowerBound
        if whole.contains(offset), piece.text.isScalarBoundary(utf8: offset) {
          edges.insert(offset)
        }
      }
    }
    let sorted = edges.sorted()
    return zip(sorted, sorted.dropFirst()).map { start, end in
      let start = start + source.lowerBound
      let range = start..<end + source.lowerBound
      return (
        range.lowerBound - source.lowerBound..<range.upperBound - source.lowerBound,
        touching.filter { $0.range.contains(start) }
      )
    }
  }

  private func style(of face: AnswerFace) -> Style {
    var style = theme.style(Self.role(of: face.kind))
    if face.traits.contains(.strong) { style.attributes.insert(.bold) }
    if face.traits.contains(.emphasized) { style.attributes.insert(.italic) }
    if face.traits.contains(.struckOut) { style.attributes.insert(.dim) }
    return style
  }

  private static func role(of kind: AnswerFace.Kind) -> StyleRole {
    switch kind {
    case .text, .toolCall: .text
    case .heading(let level): level <= 2 ? .heading : .minorHeading
    case .code: .code
    case .quote: .quote
    case .link: .link
    case .address: .address
    case .marker: .marker
    case .border: .answerBorder
    case .tableHeader: .tableHeader
    case .jsonName: .jsonName
    case .jsonString: .jsonString
    case .jsonLiteral: .jsonLiteral
    case .jsonMark: .jsonMark
    case .partHeading: .accent
    case .earlier: .mutedText
    case .thinking: .thinking
    case .refusal: .refusal
    case .added: .addedWord
    case .removed: .removedWord
    case .folded: .mutedText
    case .warning: .warning
    case .error: .error
    case .success: .success
    }
  }

  private static func role(of kind: AnswerMark.Kind) -> StyleRole {
    switch kind {
    case .given: .given
    case .added: .addedWord
    case .omission: .removedWord
    case .unsupported: .unsupported
    case .citationMisfit: .citationMisfit
    case .lit: .lit
    case .probability(let level): StyleRole.probabilities[max(0, min(level, 4))]
    case .match: .match
    case .currentMatch: .currentMatch
    case .selected: .selection
    case .cursor: .answerCursor
    }
  }
}

extension String {
  /// Whether a UTF-8 offset in the text lies between two scalars.
  fileprivate func isScalarBoundary(utf8 offset: Int) -> Bool {
    let index = utf8.index(startIndex, offsetBy: offset)
    return index == endIndex || utf8[index] & 0xC0 != 0x80
  }
}
