import Core

// An earlier version of the prompt that a column runs, beside the text that is being written.

/// A version of the prompt in a column.
public struct PinnedPrompt: Hashable, Sendable {
  public var version: PromptVersion
  /// Its text, understood.
  public var prompt: PromptFile

  public init(_ version: PromptVersion, prompt: PromptFile) {
    self.version = version
    self.prompt = prompt
  }
}
