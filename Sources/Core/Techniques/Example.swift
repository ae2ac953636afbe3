// Inputs with the answer that is wanted for them: what a model is shown to learn from.

/// A case that shows what a prompt is to answer.
public struct Example: Hashable, Sendable {
  /// Values for the prompt's variables.
  public var inputs: [String: String]
  /// The passages that were found for it.
  public var passages: [Passage]
  public var answer: String
  /// Where it comes from; nil for what is in no store, as a case of a dataset.
  public var lineage: Lineage?

  /// The run whose answer was taken for an example.
  public struct Lineage: Hashable, Sendable {
    public var run: Identifier
    /// Whether a person has corrected the answer: the model did not say it so.
    public var isCorrected: Bool

    public init(run: Identifier, isCorrected: Bool) {
      self.run = run
      self.isCorrected = isCorrected
    }
  }

  public init(
    inputs: [String: String], passages: [Passage] = [], answer: String, lineage: Lineage? = nil
  ) {
    self.inputs = inputs
    self.passages = passages
    self.answer = answer
    self.lineage = lineage
  }

  /// The example that a case of a dataset is; nil for one without values, and for one that expects
  /// nothing.
  public init?(_ testCase: DatasetCase) {
    guard let answer = testCase.expected, !answer.isNull else { return nil }
    let values = testCase.values.members.filter {
      $0.name != "passages" && !DatasetCase.expectedNames.contains($0.name)
    }
    guard !values.isEmpty else { return nil }
    self.init(
      inputs: values.reduce(into: [:]) { $0[$1.name] = $1.value.string ?? $1.value.text },
      passages: testCase.values["passages"].flatMap(Passage.given) ?? [],
      answer: answer.string ?? answer.text)
  }

  /// The values, as a search takes them in: sorted by their names.
  public var inputText: String { Self.text(of: inputs) }

  /// Values for variables as one text, sorted by the variables' names.
  public static func text(of inputs: [String: String]) -> String {
    inputs.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n")
  }
}
