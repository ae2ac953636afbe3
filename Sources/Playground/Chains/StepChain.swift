import Core

// How a chain goes from one step to the next, for a column and a headless run alike.

/// A prompt's steps on their way: which one is under way, and what those before it answered.
public struct StepChain: Hashable, Sendable {
  public let file: PromptFile
  /// Of the steps that have ended, in order.
  public private(set) var answers: [String] = []

  public init(_ file: PromptFile) { self.file = file }

  /// The step under way, from 1.
  public var number: Int { answers.count + 1 }

  public var isLast: Bool { number >= file.stepCount }

  /// The number that its run is kept with; nil for a prompt that isn't a chain.
  public var recordedNumber: Int? { file.isChain ? number : nil }

  /// `2 answer`; empty for a prompt that isn't a chain.
  public var label: String { file.isChain ? file.steps[number - 1].label : "" }

  /// The prompt of the step under way.
  public var prompt: PromptFile { file.step(number, answers: answers) }

  /// The passages that the step is asked with: those of a chain go to the steps that use them.
  public func passages(of found: [Passage]) -> [Passage] {
    !file.isChain || prompt.variables.contains("passages") ? found : []
  }

  /// What becomes of the chain when a step has ended.
  public enum Progress: Hashable, Sendable {
    /// There are no more steps, or none was to follow.
    case complete
    /// The next step can be filled in.
    case next
    /// It ends before its last step, for a reason that is a sentence.
    case broken(String)
  }

  /// Goes on to the next step with the answer of the one under way.
  public mutating func advance(with answer: Answer, wasCancelled: Bool = false) -> Progress {
    guard !isLast else { return .complete }
    let rest =
      "step \(label), so the \(file.stepCount - number == 1 ? "last step" : "steps after it")"
    if wasCancelled || answer.finishReason == .cancelled {
      return .broken("Cancelled in \(rest) did not run.")
    }
    // A part of an answer would be taken for the whole of it.
    guard answer.finishReason == .stop else {
      let reason = answer.finishReason?.words ?? "no end"
      return .broken("The chain ended in \(rest) did not run: \(reason).")
    }
    guard answer.text.contains(where: { !$0.isWhitespace }) else {
      return .broken("The chain ended in \(rest) did not run: its answer has no text.")
    }
    answers.append(answer.text)
    return .next
  }

  /// What keeps the step under way from being sent, as filled in; nil when nothing does.
  public func problem(with filled: Template.Rendering) -> String? {
    let place = file.isChain ? " in step \(label)" : ""
    if file.isChain, let name = filled.missing.first(where: PromptStep.answerNames.contains) {
      return "'\(name)' asks for the answer of a step that is not before step \(label)."
    }
    if let name = filled.missing.first { return "'\(name)' has no value\(place)." }
    return filled.messages.isEmpty ? "the prompt is empty\(place)." : nil
  }

  /// What stands for an answer that has not come when the steps are looked through beforehand.
  private static let stand = "…"

  /// Each step as it would be filled in, with a mark in place of the answers that are to come: what
  /// is missing from a later step is to be said before the first one costs anything.
  public var rehearsal: [StepChain] {
    (0..<file.stepCount).map { index in
      var chain = StepChain(file)
      chain.answers = Array(repeating: Self.stand, count: index)
      return chain
    }
  }
}
