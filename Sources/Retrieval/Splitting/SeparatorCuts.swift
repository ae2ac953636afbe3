// Cuts a text at the largest separators that make its pieces small enough, and joins small
// neighbours again. Without any separator that is a cut every so many tokens.

/// Stretches of a text in order, none longer than a limit, white space around them left out.
struct SeparatorCuts: Sequence, IteratorProtocol {
  /// A stretch that is yet to be cut, by the separator of this place in the list and those after.
  private struct Stretch {
    var bytes: Range<Int>
    var level: Int
  }

  private struct Piece {
    var bytes: Range<Int>
    var size: Int
  }

  private let text: [UInt8]
  private let separators: [Separator]
  /// In quarters of a token.
  private let limit: Int
  /// Innermost last.
  private var stretches: [Stretch]
  private var current: Piece?

  /// - Parameters:
  ///   - bytes: the part of the text that is cut.
  ///   - separators: the largest first.
  ///   - limit: in quarters of a token.
  init(of text: [UInt8], in bytes: Range<Int>, at separators: [Separator], limit: Int) {
    self.text = text
    self.separators = separators
    self.limit = limit
    stretches = [Stretch(bytes: bytes, level: 0)]
  }

  mutating func next() -> Range<Int>? {
    while let piece = nextPiece() {
      guard var joined = current else {
        current = piece
        continue
      }
      if joined.size + text.quarterTokens(in: withoutEnd(piece.bytes)) <= limit {
        joined.bytes = joined.bytes.lowerBound..<piece.bytes.upperBound
        joined.size += piece.size
        current = joined
      } else {
        current = piece
        return text.trimmed(joined.bytes)
      }
    }
    defer { current = nil }
    return current.map { text.trimmed($0.bytes) }
  }

  /// The next stretch that is short enough, or was cut to be; white space alone is none.
  private mutating func nextPiece() -> Piece? {
    while let stretch = stretches.popLast() {
      let end = firstEnd(of: stretch)
      if end < stretch.bytes.upperBound {
        stretches.append(Stretch(bytes: end..<stretch.bytes.upperBound, level: stretch.level))
      }
      let bytes = stretch.bytes.lowerBound..<end
      let content = withoutEnd(bytes)
      if content.isEmpty, current == nil { continue }
      if text.quarterTokens(in: content) <= limit || stretch.level == separators.count {
        return Piece(bytes: bytes, size: text.quarterTokens(in: bytes))
      }
      stretches.append(Stretch(bytes: bytes, level: stretch.level + 1))
    }
    return nil
  }

  /// Where the first piece of a stretch ends.
  private func firstEnd(of stretch: Stretch) -> Int {
    let bytes = stretch.bytes
    guard stretch.level < separators.count else { return text.end(of: bytes, within: limit) }
    let separator = separators[stretch.level]
    return bytes.dropFirst().first { separator.stands(before: $0, in: text) } ?? bytes.upperBound
  }

  private func withoutEnd(_ bytes: Range<Int>) -> Range<Int> {
    var end = bytes.upperBound
    while end > bytes.lowerBound, text[end - 1].isWhiteSpace { end -= 1 }
    return bytes.lowerBound..<end
  }
}
