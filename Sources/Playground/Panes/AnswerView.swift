import Core

// An answer as rows of a column: thinking folded above the text, then refusal and tool calls. It
// grows with the stream at the cost of what is new.

/// An answer wrapped to a width, and given out row by row.
public struct AnswerView: Hashable, Sendable {
  /// One row, by what it is part of.
  public enum Row: Hashable, Sendable {
    case heading(Heading)
    /// What an earlier step of a chain answered.
    case earlier(String)
    case thinking(String)
    case text(String)
    case refusal(String)
    case toolCall(String)
    /// How it ended, when it did not end well, and warnings.
    case ending(String)
  }

  /// The row above a part of the answer; the visible text has none.
  public enum Heading: Hashable, Sendable {
    /// Of a step that has ended, in a few figures.
    case endedStep(String, isFolded: Bool)
    /// Of the step whose answer follows.
    case currentStep(String)
    case thinking(isFolded: Bool)
    case refusal
    case toolCalls
  }

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
    let sentences = [sentence, warning ?? ""].filter { !$0.isEmpty }
    ending = WrappedText(sentences.joined(separator: "\n"), width: width)
  }

  private mutating func showToolCalls(of answer: Answer) {
    let calls = answer.toolCalls.map { "\($0.name)(\($0.arguments))" }
    toolCalls = WrappedText(calls.joined(separator: "\n"), width: width)
  }

  private var sections: [(heading: Heading?, body: WrappedText, row: (String) -> Row)] {
    var sections: [(heading: Heading?, body: WrappedText, row: (String) -> Row)] = []
    let folded = WrappedText(width: width)
    for step in steps {
      sections.append(
        (
          .endedStep(step.summary, isFolded: !showsSteps), showsSteps ? step.text : folded,
          Row.earlier
        ))
    }
    if !currentStep.isEmpty { sections.append((.currentStep(currentStep), folded, Row.text)) }
    if !thinking.isEmpty {
      sections.append(
        (.thinking(isFolded: !showsThinking), showsThinking ? thinking : folded, Row.thinking))
    }
    if !text.isEmpty { sections.append((nil, text, Row.text)) }
    if !refusal.isEmpty { sections.append((.refusal, refusal, Row.refusal)) }
    if !toolCalls.isEmpty { sections.append((.toolCalls, toolCalls, Row.toolCall)) }
    if !ending.isEmpty { sections.append((nil, ending, Row.ending)) }
    return sections
  }

  private static func rowCount(_ heading: Heading?, _ body: WrappedText) -> Int {
    (heading == nil ? 0 : 1) + (body.isEmpty ? 0 : body.rows.count)
  }

  /// All rows, headings included; of folded thinking, only the heading.
  public var rowCount: Int {
    sections.reduce(0) { $0 + Self.rowCount($1.heading, $1.body) }
  }

  /// The rows of a part of the view, as far as there are any.
  public func rows(in range: Range<Int>) -> [Row] {
    var shown: [Row] = []
    var first = 0
    for (heading, body, row) in sections {
      let count = Self.rowCount(heading, body)
      let headingRows = heading == nil ? 0 : 1
      for place in max(
        first, range.lowerBound)..<max(
          first, range.lowerBound, min(first + count, range.upperBound))
      {
        let index = place - first
        if index < headingRows, let heading {
          shown.append(.heading(heading))
        } else {
          shown.append(row(String(body.text(of: body.rows[index - headingRows]))))
        }
      }
      first += count
    }
    return shown
  }
}
