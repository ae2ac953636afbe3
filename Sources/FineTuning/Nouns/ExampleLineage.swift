import Core

// Where an example comes from, so that nobody has to trust it blindly.

/// The way by which an example came into its set.
public struct ExampleLineage: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// The answer of a run; its identifier, and its session's name.
    case run(String, session: String)
    /// The correction of a run's answer.
    case correction(run: String, session: String)
    /// A pick between two runs.
    case preference(preferred: String, rejected: String, session: String)
    /// What a variant answered to a case of an evaluation.
    case evaluation(id: String, caseName: String, variant: String)
    /// A line of a file, counted from 1.
    case file(String, line: Int)
  }

  public var source: Source
  /// The hash of the prompt's text.
  public var promptVersion: String?
  /// The model that answered.
  public var model: String?
  /// Who corrected or edited it, as the machine calls them.
  public var editor: String?
  /// Seconds since 1970.
  public var addedAt: Double

  public init(
    source: Source, promptVersion: String? = nil, model: String? = nil, editor: String? = nil,
    addedAt: Double
  ) {
    self.source = source
    self.promptVersion = promptVersion
    self.model = model
    self.editor = editor
    self.addedAt = addedAt
  }
}
