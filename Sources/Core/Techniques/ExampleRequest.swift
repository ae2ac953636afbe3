// What examples are asked for: where they come from, and how they are chosen.

/// A request for examples of a prompt.
public struct ExampleRequest: Hashable, Sendable {
  /// Where examples come from.
  public enum Source: Hashable, Sendable {
    /// Answers that a person corrected or rated good, to the prompt whose draft is kept under this name.
    case approvedRuns(prompt: String)
    /// The cases of a file that have an answer.
    ///
    /// - Parameter promptPath: the prompt whose folder the path is relative to; nil for the
    ///   program's.
    case dataset(path: String, promptPath: String?)
  }

  public var source: Source
  public var choice: ExampleChoice

  public init(source: Source, choice: ExampleChoice) {
    self.source = source
    self.choice = choice
  }
}
