import Core

// Where vi's motions lead in a text. Pure: the cursor's column while it goes up and down is the
// editor's business.

extension ViMotion {
  /// Where the motion leads, repeated by its count; nil where it leads nowhere.
  ///
  /// - Parameter lastFind: for `;` and `,`.
  func target(
    from start: TextPosition, count: Int?, in buffer: TextBuffer, lastFind: ViFind?
  ) -> TextPosition? {
    let times = count ?? 1
    switch self {
    case .left:
      return TextPosition(line: start.line, offset: 0).stepped(times, upTo: start, in: buffer)
    case .right: return repeated(times, from: start) { buffer.positionInLine(after: $0) }
    case .up: return line(start.line - times, from: start, in: buffer)
    case .down: return line(start.line + times, from: start, in: buffer)
    case .nextLineStart:
      let line = min(start.line + times, max(start.line, buffer.viLastLine))
      return buffer.firstNonBlank(ofLine: line)
    case .firstLine, .lastLine:
      let last = buffer.viLastLine
      let line = count.map { min($0 - 1, last) } ?? (self == .firstLine ? 0 : last)
      return buffer.firstNonBlank(ofLine: line)
    case .wordForward(let isBig):
      return repeated(times, from: start) { buffer.viWordStart(after: $0, isBig: isBig) }
    case .wordBackward(let isBig):
      return repeated(times, from: start) { buffer.viWordStart(before: $0, isBig: isBig) }
    case .wordEnd(let isBig):
      return repeated(times, from: start) { buffer.viWordEnd(after: $0, isBig: isBig) }
    case .lineStart: return TextPosition(line: start.line, offset: 0)
    case .firstNonBlank: return buffer.firstNonBlank(ofLine: start.line)
    case .lineEnd:
      let line = min(start.line + times - 1, buffer.lines.count - 1)
      return buffer.lastCharacter(ofLine: line)
    case .find(let find): return find.target(from: start, count: times, in: buffer)
    case .repeatFind(let isReversed):
      guard let lastFind else { return nil }
      let find = isReversed ? lastFind.reversed : lastFind
      return find.target(from: start, count: times, in: buffer, isRepeated: true)
    case .paragraphForward:
      return repeated(times, from: start) { buffer.viParagraphEnd(after: $0) }
    case .paragraphBackward:
      return repeated(times, from: start) { buffer.viParagraphStart(before: $0) }
    case .match: return buffer.matchingBrace(from: start)
    }
  }

  private func repeated(
    _ times: Int, from start: TextPosition, _ step: (TextPosition) -> TextPosition
  ) -> TextPosition {
    var place = start
    for _ in 0..<times {
      let next = step(place)
      if next == place { break }
      place = next
    }
    return place
  }

  private func line(_ line: Int, from start: TextPosition, in buffer: TextBuffer) -> TextPosition? {
    let line = max(0, min(line, max(start.line, buffer.viLastLine)))
    guard line != start.line else { return nil }
    return TextPosition(line: line, offset: 0)
  }
}

extension TextPosition {
  /// The place so many characters before another one of the same line, this one at the least.
  fileprivate func stepped(_ times: Int, upTo end: TextPosition, in buffer: TextBuffer)
    -> TextPosition
  {
    var place = end
    for _ in 0..<times where place > self { place = buffer.position(before: place) }
    return place
  }
}

extension ViFind {
  func target(
    from start: TextPosition, count: Int, in buffer: TextBuffer, isRepeated: Bool = false
  ) -> TextPosition? {
    let step = { (place: TextPosition) -> TextPosition? in
      let next = isBackward ? buffer.position(before: place) : buffer.position(after: place)
      return next == place || next.line != start.line ? nil : next
    }
    var place = start
    // A repeated `t` would find again what it stands before.
    if stopsBefore, isRepeated, let next = step(place) { place = next }
    for _ in 0..<count {
      guard var next = step(place) else { return nil }
      while buffer.character(after: next) != character {
        guard let further = step(next) else { return nil }
        next = further
      }
      place = next
    }
    guard stopsBefore else { return place }
    return isBackward ? buffer.position(after: place) : buffer.position(before: place)
  }
}
