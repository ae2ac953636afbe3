import Core

// An answer as rows of a column: thinking folded above the text, then refusal and tool calls. It
// grows with the stream at the cost of what is new. It knows no colours, and no scrolling.

/// An answer wrapped to a width, and given out row by row.
public struct AnswerView: Hashable, Sendable {
  /// Cells, at least 1.
  public let width: Int
  public private(set) var mode: ReadingMode
  private var steps: [Step] = []
  private var currentStep = ""
  private var thinking: WrappedText
  private var thinkingTokens = TokenEstimate()
  /// As the server counted them.
  private var countedThinkingTokens = 0
  private var text: RenderedText
  /// What the answer is as JSON, where that was asked for.
  private var check: AnswerCheck?
  private var refusal: WrappedText
  private var toolCalls: WrappedText
  private var toolCallSummary = ""
  private var ending: WrappedText
  private var isFailed = false
  /// What stands in place of the answer's text; nil for that itself.
  var textRows: [AnswerRow]?

  public init(width: Int, mode: ReadingMode = ReadingMode()) {
    self.width = max(1, width)
    self.mode = mode
    thinking = WrappedText(width: width)
    text = RenderedText(mode.isRaw ? .plain : .markdown, width: width)
    refusal = WrappedText(width: width)
    toolCalls = WrappedText(width: width)
    ending = WrappedText(width: width)
  }

  /// A step that has ended.
  private struct Step: Hashable, Sendable {
    var summary: String
    var text: WrappedText
  }

  /// Shows the steps that have ended above the answer.
  ///
  /// - Parameter current: what the answer's own step is called; empty for no step.
  mutating func show(steps ended: [EndedStep], current: String) {
    currentStep = current
    steps = ended.map {
      Step(summary: $0.summary, text: WrappedText($0.answer.text, width: width))
    }
  }

  /// Takes in an event that `answer` has taken in already.
  public mutating func append(_ event: StreamEvent, of answer: Answer) {
    switch event {
    case .text(let piece): text.append(piece)
    case .thinking(let piece):
      thinking.append(piece)
      thinkingTokens.add(piece)
    case .refusal(let piece): refusal.append(piece)
    case .toolCall: showToolCalls(of: answer)
    case .finish, .truncation, .failure: showEnding(of: answer)
    case .usage, .logprobs, .progress, .rate, .retry: break
    }
  }

  /// Shows an answer that is there already.
  ///
  /// - Parameter warning: what else there is to say of it.
  public mutating func show(_ answer: Answer, warning: String? = nil) {
    thinking = WrappedText(answer.thinking, width: width)
    thinkingTokens = TokenEstimate()
    thinkingTokens.add(answer.thinking)
    showText(of: answer)
    refusal = WrappedText(answer.refusal, width: width)
    showToolCalls(of: answer)
    showEnding(of: answer, warning: warning)
  }

  /// Reads an answer in another way.
  mutating func read(_ answer: Answer, in mode: ReadingMode) {
    let isRaw = self.mode.isRaw
    self.mode = mode
    if mode.isRaw != isRaw { showText(of: answer) }
    if !answer.toolCalls.isEmpty { showToolCalls(of: answer) }
  }

  /// Shows of the steps that have ended but a row each.
  mutating func foldSteps() { mode.showsSteps = false }

  private mutating func showText(of answer: Answer) {
    text = RenderedText(mode.isRaw ? .plain : .markdown, width: width)
    text.append(answer.text)
    if answer.isFinished { text.end() }
  }

  /// Shows how an answer ended, when it did not end well, and what else there is to say of it.
  mutating func showEnding(of answer: Answer, warning: String? = nil) {
    if answer.isFinished { text.end() }
    countedThinkingTokens = answer.usage.isEstimated ? 0 : answer.usage.reasoningTokens
    let sentence: String
    switch answer.finishReason {
    case .length: sentence = "Cut off at the token limit."
    case .truncated: sentence = answer.error ?? "The connection ended before the answer did."
    case .contentFilter: sentence = "Stopped by the server's content filter."
    case .cancelled: sentence = "Cancelled."
    case .interrupted: sentence = "whet ended while this streamed."
    case .error: sentence = answer.error ?? "The run failed."
    case .stop, .toolCalls, nil: sentence = ""
    }
    isFailed = answer.finishReason == .error
    let sentences = [sentence, warning ?? ""].filter { !$0.isEmpty }
    ending = WrappedText(sentences.joined(separator: "\n"), width: width)
  }

  /// Says whether the answer is the JSON that was asked for.
  mutating func show(_ check: AnswerCheck?) { self.check = check }

  private mutating func showToolCalls(of answer: Answer) {
    let calls = answer.toolCalls
    guard !calls.isEmpty else {
      toolCallSummary = ""
      toolCalls = WrappedText(width: width)
      return
    }
    let names = calls.lazy.map(\.name).filter { !$0.isEmpty }.prefix(3).joined(separator: ", ")
    let tokens = calls.reduce(0) {
      $0 + TokenEstimate.tokens(in: $1.name) + TokenEstimate.tokens(in: $1.arguments)
    }
    toolCallSummary =
      "\(calls.count == 1 ? "tool call" : "\(calls.count) tool calls"): \(names), "
      + "≈\(Numbers.grouped(tokens)) tok"
    guard mode.showsToolCalls else {
      toolCalls = WrappedText(width: width)
      return
    }
    let texts = calls.map { call in
      let pretty = mode.isRaw ? nil : try? JSON(parsing: call.arguments).text(indent: 2)
      return "\(call.name)(\(pretty ?? call.arguments))"
    }
    toolCalls = WrappedText(texts.joined(separator: "\n"), width: width)
  }

  // MARK: Rows

  private var sections: [AnswerSection] {
    var sections: [AnswerSection] = []
    for (index, step) in steps.enumerated() {
      sections.append(
        AnswerSection(
          part: .step(index),
          heading: AnswerRow((mode.showsSteps ? "▾ " : "▸ ") + step.summary, .earlier),
          body: mode.showsSteps ? .wrapped(step.text, .earlier) : .none))
    }
    if !currentStep.isEmpty {
      sections.append(
        AnswerSection(
          part: .currentStep, heading: AnswerRow("▾ \(currentStep)", .partHeading), body: .none))
    }
    if !thinking.isEmpty {
      let tokens =
        countedThinkingTokens > 0
        ? Numbers.grouped(countedThinkingTokens) : "≈\(Numbers.grouped(thinkingTokens.tokens))"
      let heading = "thinking, \(tokens) tok"
      sections.append(
        AnswerSection(
          part: .thinking,
          heading: AnswerRow(
            fold(heading, isOpen: mode.showsThinking, key: "t"), .thinking),
          body: mode.showsThinking ? .wrapped(thinking, .thinking) : .none))
    }
    if let textRows {
      sections.append(AnswerSection(part: .text, body: .rows(textRows)))
    } else if !text.isEmpty {
      sections.append(AnswerSection(part: .text, body: .rendered(text)))
    }
    if let check {
      sections.append(
        AnswerSection(
          part: .check,
          body: .wrapped(
            WrappedText(check.text, width: width), check.isValid ? .success : .error)))
    }
    if !refusal.isEmpty {
      sections.append(
        AnswerSection(
          part: .refusal, heading: AnswerRow("refused:", .refusal),
          body: .wrapped(refusal, .refusal)))
    }
    if !toolCallSummary.isEmpty {
      sections.append(
        AnswerSection(
          part: .toolCalls,
          heading: AnswerRow(
            fold(toolCallSummary, isOpen: mode.showsToolCalls, key: "T"), .partHeading),
          body: .wrapped(toolCalls, .toolCall)))
    }
    if !ending.isEmpty {
      sections.append(
        AnswerSection(part: .ending, body: .wrapped(ending, isFailed ? .error : .warning)))
    }
    return sections
  }

  /// The heading of a part that can be folded; where there is room, with the key that unfolds it.
  private func fold(_ title: String, isOpen: Bool, key: String) -> String {
    if isOpen { return "▾ \(title)" }
    let hint = "▸ \(title) (\(key) unfolds)"
    return DisplayText.width(of: hint) <= width ? hint : "▸ \(title)"
  }

  /// All rows, headings included; of folded thinking, only the heading.
  public var rowCount: Int { sections.reduce(0) { $0 + $1.rowCount } }

  /// The rows of a part of the view, as far as there are any.
  public func rows(in range: Range<Int>) -> [AnswerRow] {
    var shown: [AnswerRow] = []
    var first = 0
    for section in sections {
      let start = max(first, range.lowerBound)
      let end = max(start, min(first + section.rowCount, range.upperBound))
      shown += section.rows(in: start - first..<end - first)
      first += section.rowCount
    }
    return shown
  }

  /// The row that shows a place of the answer's text, or the last one before it; nil where none is.
  ///
  /// - Parameter offset: a UTF-8 offset in the answer's text.
  func rowIndex(ofSource offset: Int) -> Int? {
    row(of: AnswerAnchor(part: .text, offset: offset))
  }

  /// What stands on a row; nil where there is none.
  func anchor(ofRow index: Int) -> AnswerAnchor? {
    var first = 0
    for section in sections {
      if index < first + section.rowCount { return section.anchor(ofRow: index - first) }
      first += section.rowCount
    }
    return nil
  }

  /// Where what stood on a row stands now; nil where it isn't shown any more.
  func row(of anchor: AnswerAnchor) -> Int? {
    var first = 0
    for section in sections {
      if section.part == anchor.part { return first + section.row(of: anchor.offset) }
      first += section.rowCount
    }
    return nil
  }
}
