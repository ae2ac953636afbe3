// What a person does to the examples of a set. Actions are kept as a log, so that they can be undone,
// and carried out again on a set that has grown.

/// Which examples an action is meant for.
public enum ExampleSelection: Hashable, Sendable {
  /// Examples by the hash of what they say: they are found again in another set, whatever their place.
  case examples([String])
  /// All that fit an expression, as `ExampleFilter` reads it; an empty one fits all.
  case filter(String)
}

/// One action on some examples of a set.
public struct CurationAction: Hashable, Sendable {
  public enum Change: Hashable, Sendable {
    case setState(ExampleState)
    case addTag(String)
    case removeTag(String)
    /// One example becomes another one.
    case edit(to: TrainingExample)
    /// In what assistants say, each occurrence of a text becomes another.
    case replaceInAnswers(String, with: String)
    /// The system's turn says this; an empty text takes it away.
    case setSystem(String)
  }

  public var selection: ExampleSelection
  public var change: Change

  public init(_ selection: ExampleSelection, _ change: Change) {
    self.selection = selection
    self.change = change
  }
}
