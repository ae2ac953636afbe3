// Which stretch of an answer's text each of its tokens wrote. Servers tell of tokens that never reach
// the text (thinking, tool calls, the end), and of some that are a part of a character.

/// The places of tokens in a text that grows with them.
public struct TokenSpans: Hashable, Sendable {
  /// A stretch of whole characters, as few as there can be, with the tokens that wrote it.
  public struct Span: Hashable, Sendable {
    /// UTF-8 offsets in the text, between scalars.
    public var range: Range<Int>
    /// Places in the list of tokens.
    public var tokens: Range<Int>
    /// The natural logarithm of the lowest probability among them.
    public var logprob: Double
  }

  /// In the order of the text, none over another.
  public private(set) var spans: [Span] = []
  /// Bytes of the text that are accounted for.
  private var place: Int
  /// Tokens that are accounted for.
  private var count = 0

  /// How far ahead a token is looked for where the text goes on with something else, in bytes.
  private static let reach = 64

  /// - Parameter start: where the first token's text begins, as a UTF-8 offset.
  public init(from start: Int = 0) { place = start }

  /// Finds the places of the tokens that came since; costs by what is new.
  ///
  /// - Parameter isWhole: whether no more text is to come: until then, a token may be ahead of it.
  public mutating func extend(_ tokens: [TokenLogprob], in text: String, isWhole: Bool) {
    guard count < tokens.count else { return }
    var text = text
    text.withUTF8 { utf8 in
      while count < tokens.count {
        let bytes = tokens[count].spelling
        let rest = utf8[min(place, utf8.count)...]
        if bytes.isEmpty {
          count += 1
        } else if rest.starts(with: bytes) {
          add(place..<place + bytes.count, logprob: tokens[count].logprob, in: utf8)
        } else if !isWhole, bytes.starts(with: rest) {
          return
        } else if let start = Self.start(of: tokens[count...], in: rest) {
          add(start..<start + bytes.count, logprob: tokens[count].logprob, in: utf8)
        } else {
          count += 1
        }
      }
    }
  }

  /// Where a token stands further on, the next one behind it: a single one may be there by chance.
  private static func start(
    of tokens: ArraySlice<TokenLogprob>, in rest: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Int? {
    let wanted = tokens.prefix(2).flatMap(\.spelling)
    let last = min(rest.count, reach) - wanted.count
    guard last >= 0 else { return nil }
    return (rest.startIndex...rest.startIndex + last).first { rest[$0...].starts(with: wanted) }
  }

  private mutating func add(
    _ range: Range<Int>, logprob: Double, in utf8: UnsafeBufferPointer<UInt8>
  ) {
    // A character is marked as a whole, whichever of its tokens is looked at.
    var start = range.lowerBound
    while start > 0, start < utf8.count, Self.isContinuation(utf8[start]) { start -= 1 }
    var end = range.upperBound
    while end < utf8.count, Self.isContinuation(utf8[end]) { end += 1 }
    if let last = spans.last, last.range.upperBound > start {
      spans[spans.count - 1] = Span(
        range: last.range.lowerBound..<max(end, last.range.upperBound),
        tokens: last.tokens.lowerBound..<count + 1, logprob: min(last.logprob, logprob))
    } else {
      spans.append(Span(range: start..<end, tokens: count..<count + 1, logprob: logprob))
    }
    place = range.upperBound
    count += 1
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// The span that a place of the text is in; nil where no token is known to have written it.
  public func span(at offset: Int) -> Span? {
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return spans.indices.contains(low) && spans[low].range.contains(offset) ? spans[low] : nil
  }
}
