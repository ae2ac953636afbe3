import Core

// Reading a long prompt elsewhere: what takes longer than a key may wait is done on a thread of its
// own, and dropped when the text has changed meanwhile.

/// A prompt that is to be read, and what it comes to with its inputs.
public struct PromptParsing: Hashable, Sendable {
  /// Comes back with the result, so that the answer to an older request can be told apart.
  public var number: Int
  var prompt: PromptPane
  var passages: [Passage]
  /// Whether it is wanted what each part takes.
  var countsParts: Bool

  /// What the text says; may take as long as it likes.
  public func result() -> ParsedPrompt {
    var prompt = prompt
    prompt.settle()
    return ParsedPrompt(
      number: number, revision: prompt.editor.revision, reading: prompt.reading,
      parentVersion: prompt.parentVersion, change: prompt.change,
      partialNames: Template.partialNames(in: prompt.editor.text), question: prompt.question,
      rehearsal: prompt.rehearse(passages: passages),
      parts: countsParts ? prompt.parts(passages: passages) : nil)
  }
}

/// What a prompt's text says.
public struct ParsedPrompt: Hashable, Sendable {
  /// That of the request.
  public var number: Int
  /// The revision of the text.
  var revision: Int
  var reading: PromptPane.Reading
  /// The hash of the version that the text was made from; nil for none.
  var parentVersion: String?
  /// The lines in which it differs from that version.
  var change: LineChange
  /// The partials that it puts in, be they known or not.
  var partialNames: Set<String>
  /// What passages are searched with.
  var question: String
  /// What it comes to; nil where it can't be filled in.
  var rehearsal: Rehearsal?
  /// What each part of it takes; nil where that was not asked for, or can't be counted.
  var parts: [PromptPart]?
}

/// What a filled-in prompt comes to, all of its steps together.
struct Rehearsal: Hashable, Sendable {
  /// The variables that are put in and have no value.
  var missing: Set<String>
  /// By the estimate that knows no model.
  var plainTokens: Int
}

extension PromptPane {
  /// Fills in all steps as a run would, with marks for the answers that are to come; nil where that
  /// can't be done.
  func rehearse(passages: [Passage]) -> Rehearsal? {
    guard case .prompt(let file) = reading,
      let filled = try? StepChain(file).rehearsal.map({ try fill($0.prompt, passages: passages) })
    else { return nil }
    return Rehearsal(
      missing: Set(filled.flatMap(\.missing)),
      plainTokens: filled.reduce(0) { $0 + TokenEstimate.tokens(in: $1.messages) })
  }
}

extension State {
  var isPromptLong: Bool {
    prompt.fields.reduce(prompt.editor.buffer.utf8Count) { $0 + $1.editor.buffer.utf8Count }
      > PromptPane.longText
  }

  /// The text has been left alone for a moment: reads it, and searches if the question is another.
  mutating func settleInTime() -> [Effect] { isPromptLong ? parseElsewhere() : settle() }

  /// Counts what the prompt comes to with these passages.
  mutating func countTokensInTime() -> [Effect] {
    if isPromptLong { return parseElsewhere() }
    countTokens()
    return []
  }

  mutating func parseElsewhere() -> [Effect] {
    let number = takeNumber()
    pendingParsing = number
    return [
      .parsePrompt(
        PromptParsing(
          number: number, prompt: prompt, passages: context.passages,
          countsParts: showsParts))
    ]
  }

  mutating func take(_ parsed: ParsedPrompt) -> [Effect] {
    guard parsed.number == pendingParsing else { return [] }
    pendingParsing = nil
    // The change that came between brings a parsing of its own.
    guard parsed.revision == prompt.editor.revision else { return [] }
    let effects = settle(question: parsed.question) { $0.settle(as: parsed) }
    take(parsed.rehearsal)
    show(parts: parsed.parts)
    return readPartials(named: parsed.partialNames) + effects
  }
}
