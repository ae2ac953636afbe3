import Core
import Testing

@Suite("Places of tokens in a text")
struct TokenSpansTests {
  private func tokens(_ texts: String...) -> [TokenLogprob] {
    texts.enumerated().map { TokenLogprob(token: $1, logprob: -Double($0)) }
  }

  private func ranges(_ spans: TokenSpans) -> [Range<Int>] { spans.spans.map(\.range) }

  @Test func `tokens follow each other`() {
    var spans = TokenSpans()
    spans.extend(tokens("The", " cat", "", " sat"), in: "The cat sat", isWhole: true)
    #expect(ranges(spans) == [0..<3, 3..<7, 7..<11])
    #expect(spans.span(at: 6)?.tokens == 1..<2)
    #expect(spans.span(at: 7)?.tokens == 3..<4)
    #expect(spans.span(at: 11) == nil)
  }

  @Test func `a text and its tokens may grow at any pace`() {
    let text = "The café sat"
    let all = tokens("The", " caf", "é", " sat")
    for textFirst in [true, false] {
      var spans = TokenSpans()
      for count in 0...max(all.count, text.count) {
        let shown = String(text.prefix(textFirst ? text.count : count))
        spans.extend(
          Array(all.prefix(textFirst ? count : all.count)), in: shown,
          isWhole: shown == text)
      }
      #expect(ranges(spans) == [0..<3, 3..<7, 7..<9, 9..<13])
    }
  }

  @Test func `parts of a character are one span with the lowest probability of them`() {
    let text = "a😀b"
    let all = [
      TokenLogprob(token: "a", logprob: -0.1),
      TokenLogprob(token: "\u{FFFD}", bytes: [0xF0, 0x9F], logprob: -0.2),
      TokenLogprob(token: "\u{FFFD}", bytes: [0x98], logprob: -3),
      TokenLogprob(token: "\u{FFFD}", bytes: [0x80], logprob: -0.3),
      TokenLogprob(token: "b", logprob: -0.4),
    ]
    var spans = TokenSpans()
    spans.extend(all, in: text, isWhole: true)
    #expect(ranges(spans) == [0..<1, 1..<5, 5..<6])
    #expect(spans.spans[1].tokens == 1..<4)
    #expect(spans.spans[1].logprob == -3)
  }

  @Test func `the rest of a character whose first token was not told is the whole of it`() {
    var spans = TokenSpans()
    let tokens = [
      TokenLogprob(token: "x", logprob: -0.1),
      TokenLogprob(token: "", bytes: [0xA9], logprob: -0.2),
      TokenLogprob(token: " y", logprob: -0.3),
    ]
    spans.extend(tokens, in: "xé y", isWhole: true)
    #expect(ranges(spans) == [0..<1, 1..<3, 3..<5])
  }

  @Test func `tokens that wrote nothing of the text are passed over`() {
    var spans = TokenSpans()
    spans.extend(
      tokens("<think>", "hm", "</think>", "Yes", ".", "<|end|>"), in: "Yes.", isWhole: true)
    #expect(ranges(spans) == [0..<3, 3..<4])
  }

  @Test func `a stretch that no token tells of is left out`() {
    var spans = TokenSpans()
    spans.extend(tokens("One", " three", "."), in: "One two three.", isWhole: true)
    #expect(ranges(spans) == [0..<3, 7..<13, 13..<14])
  }

  @Test func `a given beginning has no tokens`() {
    var spans = TokenSpans(from: 5)
    spans.extend(tokens(" two"), in: "Given two", isWhole: true)
    #expect(ranges(spans) == [5..<9])
    #expect(spans.span(at: 2) == nil)
  }

  @Test func `a token's bytes are kept only where its text does not hold them`() throws {
    #expect(TokenLogprob(token: "a", bytes: [0x61], logprob: 0).bytes == nil)
    let token = TokenLogprob(token: "\u{FFFD}", bytes: [0xC3], logprob: -1)
    var answer = Answer()
    answer.apply(.logprobs([token]), at: 1)
    answer.apply(.finish(.stop), at: 2)
    #expect(Answer(json: .object(answer.json))?.logprobs == [token])
  }
}
