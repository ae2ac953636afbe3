import Core

// Reading a long prompt elsewhere: what takes longer than a key may wait is done on a thread of its
// own, and dropped when the text has changed meanwhile.

/// A prompt that is to be read, and what it comes to with its inputs.
public struct PromptParsing: Hashable, Sendable {
  /// Comes back with the result, so that the answer to an older request can be told apart.
  public var number: Int
  var prompt: PromptPane
  var passages: [Passage]

  /// What the text says; may take as long as it likes.
  public func result() -> ParsedPrompt {
    var prompt = prompt
    prompt.settle()
    let filled = try? prompt.fill(passages: passages)
    return ParsedPrompt(
      number: number, revision: prompt.editor.revision, reading: prompt.reading,
      plainTokens: filled.map { TokenEstimate.tokens(in: $0.messages) })
  }
}

/// What a prompt's text says.
public struct ParsedPrompt: Hashable, Sendable {
  /// That of the request.
  public var number: Int
  /// The revision of the text.
  var revision: Int
  var reading: PromptPane.Reading
  /// The filled-in prompt by the estimate that knows no model; nil where it can't be filled in.
  var plainTokens: Int?
}

extension State {
  /// Longer prompts, in bytes, are not read while a key may be waiting.
  private static let longPrompt = 64 * 1024

  private var isPromptLong: Bool {
    prompt.fields.reduce(prompt.editor.buffer.utf8Count) { $0 + $1.editor.buffer.utf8Count }
      > Self.longPrompt
  }

  /// The text has been left alone for a moment: reads it, and searches if the question is another.
  mutating func settleInTime() -> [Effect] { isPromptLong ? parseElsewhere() : settle() }

  /// Counts what the prompt comes to with these passages.
  mutating func countTokensInTime() -> [Effect] {
    if isPromptLong { return parseElsewhere() }
    countTokens()
    return []
  }

  private mutating func parseElsewhere() -> [Effect] {
    let number = takeNumber()
    pendingParsing = number
    return [
      .parsePrompt(
        PromptParsing(number: number, prompt: prompt, passages: context.passages))
    ]
  }

  mutating func take(_ parsed: ParsedPrompt) -> [Effect] {
    guard parsed.number == pendingParsing else { return [] }
    pendingParsing = nil
    // The change that came between brings a parsing of its own.
    guard parsed.revision == prompt.editor.revision else { return [] }
    let effects = settle { $0.settle(parsed.reading) }
    if let tokens = parsed.plainTokens { plainPromptTokens = tokens }
    return effects
  }
}
