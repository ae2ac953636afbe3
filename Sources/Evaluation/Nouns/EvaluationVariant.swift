import Core

// One column of an evaluation: what is asked of every case, and of whom.

/// A prompt with the model, parameters and context that it is tried with.
public struct EvaluationVariant: Hashable, Sendable {
  /// Unique in its evaluation: what results name it by.
  public var name: String
  /// The text of the prompt file.
  public var promptText: String
  /// Where it is; nil for a prompt that stands in the evaluation's own file.
  public var promptPath: String?
  /// Model, parameters, and which passages it is given: `.none`, or a search of its own.
  public var asked: Variant
  /// Which step of a ladder it is, where its file says so; nil leaves it to what differs.
  public var kind: String?

  public init(
    name: String, promptText: String, promptPath: String? = nil, asked: Variant,
    kind: String? = nil
  ) {
    self.name = name
    self.promptText = promptText
    self.promptPath = promptPath
    self.asked = asked
    self.kind = kind
  }
}
