import Core

// What vi's text objects take in.

extension ViObject {
  /// The stretch of the object at a position; nil where there is none.
  func range(at position: TextPosition, count: Int, in buffer: TextBuffer) -> Range<TextPosition>? {
    switch kind {
    case .word(let isBig): word(at: position, count: count, isBig: isBig, in: buffer)
    case .quotes(let quote): quotes(quote, at: position, in: buffer)
    case .brackets(let open, let close): brackets(open, close, at: position, in: buffer)
    case .paragraph: paragraph(at: position, in: buffer)
    }
  }

  /// Whether an operator takes whole lines.
  var isLinewise: Bool { kind == .paragraph }

  private func word(
    at position: TextPosition, count: Int, isBig: Bool, in buffer: TextBuffer
  ) -> Range<TextPosition> {
    var range = buffer.viRun(around: position, isBig: isBig)
    for _ in 1..<max(1, count) where range.upperBound < buffer.lineEnd(position.line) {
      range = range.lowerBound..<buffer.viRun(around: range.upperBound, isBig: isBig).upperBound
    }
    guard isAround else { return range }
    // The white space after it; where there is none, that before it.
    if buffer.isBlank(at: range.upperBound) {
      return range.lowerBound..<buffer.viRun(around: range.upperBound, isBig: isBig).upperBound
    }
    guard range.lowerBound.offset > 0 else { return range }
    let before = buffer.position(before: range.lowerBound)
    guard buffer.isBlank(at: before) else { return range }
    return buffer.viRun(around: before, isBig: isBig).lowerBound..<range.upperBound
  }

  private func quotes(
    _ quote: Character, at position: TextPosition, in buffer: TextBuffer
  ) -> Range<TextPosition>? {
    var places: [TextPosition] = []
    var place = TextPosition(line: position.line, offset: 0)
    let end = buffer.lineEnd(position.line)
    while place < end {
      if buffer.character(after: place) == quote { places.append(place) }
      place = buffer.positionInLine(after: place)
    }
    for pair in stride(from: 0, to: places.count - 1, by: 2)
    where places[pair + 1] >= position {
      let inner = buffer.position(after: places[pair])..<places[pair + 1]
      return isAround ? places[pair]..<buffer.position(after: places[pair + 1]) : inner
    }
    return nil
  }

  /// Characters that are looked at to each side.
  private static let reach = 100_000

  private func brackets(
    _ open: Character, _ close: Character, at position: TextPosition, in buffer: TextBuffer
  ) -> Range<TextPosition>? {
    guard let start = opening(open, close, at: position, in: buffer) else { return nil }
    var depth = 0
    var place = buffer.position(after: start)
    for _ in 0..<Self.reach {
      guard let character = buffer.character(after: place) else { return nil }
      if character == close {
        if depth == 0 {
          return isAround
            ? start..<buffer.position(after: place) : buffer.position(after: start)..<place
        }
        depth -= 1
      } else if character == open {
        depth += 1
      }
      place = buffer.position(after: place)
    }
    return nil
  }

  private func opening(
    _ open: Character, _ close: Character, at position: TextPosition, in buffer: TextBuffer
  ) -> TextPosition? {
    if buffer.character(after: position) == open { return position }
    var depth = 0
    var place = position
    for _ in 0..<Self.reach where place > .start {
      place = buffer.position(before: place)
      let character = buffer.character(after: place)
      if character == open {
        if depth == 0 { return place }
        depth -= 1
      } else if character == close {
        depth += 1
      }
    }
    return nil
  }

  /// From the first character of its first line to the last of its last.
  private func paragraph(at position: TextPosition, in buffer: TextBuffer) -> Range<TextPosition> {
    let isBlank = buffer.isBlankLine(position.line)
    var first = position.line
    while first > 0, buffer.isBlankLine(first - 1) == isBlank { first -= 1 }
    var last = position.line
    while last + 1 < buffer.lines.count, buffer.isBlankLine(last + 1) == isBlank { last += 1 }
    if isAround {
      while last + 1 < buffer.lines.count, buffer.isBlankLine(last + 1) != isBlank { last += 1 }
    }
    return TextPosition(line: first, offset: 0)..<buffer.lineEnd(last)
  }
}
