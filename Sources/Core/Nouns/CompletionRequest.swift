// All that a model is given for one run. It is kept with the run, so that the run can be repeated.

/// A filled-in prompt for one model, with what it was filled in from.
public struct CompletionRequest: Hashable, Sendable {
  public var model: ModelReference
  public var messages: [Message]
  public var parameters: Parameters
  /// What the passages were searched with; a built-in model answers it.
  public var question: String
  /// The passages that the prompt was filled with, in the order of their numbers, best first.
  public var passages: [Passage]

  public init(
    model: ModelReference, messages: [Message], parameters: Parameters = Parameters(),
    question: String = "", passages: [Passage] = []
  ) {
    self.model = model
    self.messages = messages
    self.parameters = parameters
    self.question = question
    self.passages = passages
  }
}
