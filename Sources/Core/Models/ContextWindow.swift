// Whether a prompt and its answer fit into a model's window. Some servers refuse what doesn't fit,
// others cut it and say nothing: a person is warned of both.

/// The tokens that a prompt and its answer share.
public struct ContextWindow: Hashable, Sendable {
  public var tokens: Int

  /// The window of a request: the one that it asks for, else its model's; nil when unknown.
  public init?(of parameters: Parameters, profile: ModelProfile) {
    guard let tokens = parameters.contextWindow ?? profile.contextWindow, tokens > 0 else {
      return nil
    }
    self.tokens = tokens
  }

  /// What to say before a prompt is sent that may not fit; nil when there is room.
  ///
  /// - Parameters:
  ///   - promptTokens: an estimate.
  ///   - answerLimit: tokens of the answer at most; without a limit, an answer needs an eighth of
  ///     the window.
  public func warning(promptTokens: Int, answerLimit: Int?) -> String? {
    let room = tokens - min(promptTokens, tokens)
    let prompt = "the prompt is ≈\(Numbers.grouped(promptTokens)) tokens"
    if let answerLimit {
      guard answerLimit > room else { return nil }
      return "\(prompt) and the answer may take \(Numbers.grouped(answerLimit)): the window of "
        + "\(Numbers.grouped(tokens)) may be too small."
    }
    guard room < tokens / 8 else { return nil }
    return "\(prompt): the window of \(Numbers.grouped(tokens)) may be too small for it and the "
      + "answer."
  }

  /// What to say of an answer whose prompt filled the window; nil when there was room.
  public func warning(after usage: Usage) -> String? {
    // A server that cuts may leave the place of one token free.
    guard !usage.isEstimated, usage.inputTokens >= tokens - 1 else { return nil }
    return "The prompt filled the window of \(Numbers.grouped(tokens)) tokens: the server may have "
      + "cut it."
  }
}
