import Core

// An answer as rows of a column: thinking folded above the text, then refusal and tool calls. It
// grows with the stream at the cost of what is new.

/// An answer wrapped to a width, and given out row by row.
public struct AnswerView: Hashable, Sendable {
  /// Cells, at least 1.
  public let width: Int
  /// Whether the thinking is unfolded.
  public var showsThinking = false
  /// Whether the steps before the last are unfolded.
  public var showsSteps = false
  private var steps: [Step] = []
  private var currentStep = ""
  private var thinking: WrappedText
  private var text: WrappedText
  private var refusal: WrappedText
  private var toolCalls: WrappedText
  private var ending: WrappedText
  private var isFailed = false

  public init(width: Int, showsThinking: Bool = false) {
    self.width = max(1, width)
    self.showsThinking = showsThinking
    thinking = WrappedText(width: width)
    text = WrappedText(width: width)
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
    case .thinking(let piece): thinking.append(piece)
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
    text = WrappedText(answer.text, width: width)
    refusal = WrappedText(answer.refusal, width: width)
    showToolCalls(of: answer)
    showEnding(of: answer, warning: warning)
  }

  /// Shows how an answer ended, when it did not end well, and what else there is to say of it.
  mutating func showEnding(of answer: Answer, warning: String? = nil) {
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

  private mutating func showToolCalls(of answer: Answer) {
    let calls = answer.toolCalls.map { "\($0.name)(\($0.arguments))" }
    toolCalls = WrappedText(calls.joined(separator: "\n"), width: width)
  }

  /// A part of the answer: its heading, if it has one, and its rows.
  private struct Section {
    var heading: AnswerRow?
    var body: WrappedText
    var face: AnswerFace
    /// Whether the body is the answer's text, on which marks stand.
    var isText = false

    var headingCount: Int { heading == nil ? 0 : 1 }
    var rowCount: Int { headingCount + (body.isEmpty ? 0 : body.rows.count) }

    func row(at index: Int) -> AnswerRow {
      if index < headingCount, let heading { return heading }
      let row = body.rows[index - headingCount]
      let start = body.lineStarts[row.line]
      return AnswerRow(
        String(body.text(of: row)), face,
        source: isText ? start + row.range.lowerBound..<start + row.range.upperBound : nil)
    }
  }

  private var sections: [Section] {
    var sections: [Section] = []
    let folded = WrappedText(width: width)
    for step in steps {
      sections.append(
        Section(
          heading: AnswerRow((showsSteps ? "▾ " : "▸ ") + step.summary, .earlier),
          body: showsSteps ? step.text : folded, face: .earlier))
    }
    if !currentStep.isEmpty {
      sections.append(
        Section(heading: AnswerRow("▾ \(currentStep)", .partHeading), body: folded, face: .text))
    }
    if !thinking.isEmpty {
      sections.append(
        Section(
          heading: AnswerRow(showsThinking ? "▾ thinking" : "▸ thinking (t unfolds)", .thinking),
          body: showsThinking ? thinking : folded, face: .thinking))
    }
    if !text.isEmpty { sections.append(Section(body: text, face: .text, isText: true)) }
    if !refusal.isEmpty {
      sections.append(
        Section(heading: AnswerRow("refused:", .refusal), body: refusal, face: .refusal))
    }
    if !toolCalls.isEmpty {
      sections.append(
        Section(
          heading: AnswerRow("tool calls:", .partHeading), body: toolCalls, face: .toolCall))
    }
    if !ending.isEmpty {
      sections.append(Section(body: ending, face: isFailed ? .error : .warning))
    }
    return sections
  }

  /// All rows, headings included; of folded thinking, only the heading.
  public var rowCount: Int { sections.reduce(0) { $0 + $1.rowCount } }

  /// The rows of a part of the view, as far as there are any.
  public func rows(in range: Range<Int>) -> [AnswerRow] {
    var shown: [AnswerRow] = []
    var first = 0
    for section in sections {
      let end = first + section.rowCount
      let start = max(first, range.lowerBound)
      for place in start..<max(start, min(end, range.upperBound)) {
        shown.append(section.row(at: place - first))
      }
      first = end
    }
    return shown
  }

  /// The row that shows a place of the answer's text, or the last one before it; nil where none is.
  ///
  /// - Parameter offset: a UTF-8 offset in the answer's text.
  func rowIndex(ofSource offset: Int) -> Int? {
    var first = 0
    for section in sections {
      if section.isText {
        return first + section.headingCount + section.body.rowIndex(of: offset)
      }
      first += section.rowCount
    }
    return nil
  }
}
