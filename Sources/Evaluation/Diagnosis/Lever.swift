// What can be pulled to mend failures, each with the causes that ask for it.

/// A part of the work that a failure can be mended in.
public enum Lever: String, Hashable, Sendable, CaseIterable {
  case documents, search, prompt, model, steadiness

  /// Nil for what could not be measured: it asks for nothing but a measurement.
  public init?(_ cause: FailureCause) {
    switch cause {
    case .notInCorpus: self = .documents
    case .notRetrieved, .rankedTooLow: self = .search
    case .notUsed, .lostByContext, .wrongForm: self = .prompt
    case .notAble: self = .model
    case .flaky: self = .steadiness
    case .unmeasured: return nil
    }
  }

  /// For a reader: `the search`.
  public var words: String {
    switch self {
    case .documents: "the documents"
    case .search: "the search"
    case .prompt: "the prompt"
    case .model: "the model"
    case .steadiness: "steadiness"
    }
  }
}
