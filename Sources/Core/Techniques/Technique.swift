// The techniques of the craft that can be put into a prompt with one key. Each is an edit of the
// text, nothing more: what it does can be seen, changed and taken back.

/// A way to make a prompt better that is known to work.
public enum Technique: String, Hashable, Sendable, CaseIterable {
  case addInstructions = "add-instructions"
  case splitIntoSteps = "split-into-steps"
  case thinkFirst = "think-first"
  case reasonLonger = "reason-longer"
  case addExamples = "add-examples"
  case askForQuotes = "ask-for-quotes"
  case answerAsJSON = "answer-as-json"

  /// A few words.
  public var name: String {
    switch self {
    case .addInstructions: "Add instruction sections"
    case .splitIntoSteps: "Split into steps"
    case .thinkFirst: "Think first"
    case .reasonLonger: "Reason longer"
    case .addExamples: "Add examples"
    case .askForQuotes: "Ask for quotes"
    case .answerAsJSON: "Answer as JSON"
    }
  }

  /// What it is good for, in a few words that follow the name.
  public var reason: String {
    switch self {
    case .addInstructions: "nothing is left to guess"
    case .splitIntoSteps: "gather first, then answer"
    case .thinkFirst: "reasons in <thinking>, then answers"
    case .reasonLonger: "sets the model's reasoningEffort"
    case .addExamples: "show the answer that is wanted"
    case .askForQuotes: "answers rest on the passages"
    case .answerAsJSON: "a form that programs can read"
    }
  }

  /// The edit that puts it into a prompt.
  ///
  /// - Parameters:
  ///   - text: the prompt file's text.
  ///   - prompt: what the text says.
  ///   - answer: an answer to the prompt, after which a form can be modelled; nil for none.
  ///
  /// Throws a sentence where the technique is there already, or would do harm. Examples are made
  /// by `ExampleTurns`, which needs some.
  public func edit(
    of text: String, saying prompt: PromptFile, answer: String? = nil
  ) throws(TechniqueRefusal) -> PromptEdit {
    let outline = PromptOutline(of: text, named: prompt.name)
    return switch self {
    case .addInstructions: try InstructionSections.edit(outline)
    case .splitIntoSteps: try StepSplit.edit(outline, prompt)
    case .thinkFirst: try ThinkingTags.edit(outline, prompt)
    case .reasonLonger: try ReasoningEffort.edit(outline, prompt)
    case .addExamples: try ExampleTurns.edit(outline, adding: [], to: prompt)
    case .askForQuotes: try QuotesFirst.edit(outline, prompt)
    case .answerAsJSON: try JSONAnswer.edit(outline, prompt, answer: answer)
    }
  }
}

/// Why a technique was not applied, in one sentence.
public struct TechniqueRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
  /// Whether that is so because the prompt has it already.
  public let isThere: Bool

  init(_ description: String) {
    self.description = description
    isThere = false
  }

  /// - Parameter there: what the prompt has, as the end of a sentence.
  init(alreadyThere there: String) {
    description = "It is there already: \(there)."
    isThere = true
  }
}
