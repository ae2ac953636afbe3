// What a column asks: a prompt's text with a model, parameters and passages. Columns that are compared
// differ in one of these or more. It is a value to be kept: it holds no key, and knows of no run.

/// A way to ask a prompt's question.
public struct Variant: Hashable, Sendable {
  /// Which passages the prompt is given.
  public enum Context: Hashable, Sendable {
    /// Those of the context pane, with all that a person changed about them.
    case shared
    case none
    /// What a search of its own finds in an index, best first, as far as its budget goes.
    case settings(RetrievalSettings, index: String)
    /// Those of the context pane but one.
    case without(PassageOrigin)
  }

  /// What a person called it; empty for nothing.
  public var name = ""
  public var model: ModelReference
  /// The hash of the version of the prompt that is asked; nil for the text that is being written.
  public var version: String?
  /// Those that take the place of the prompt's own; what is nil or empty here is as the prompt has it.
  public var parameters = Parameters()
  public var context = Context.shared
  /// How many times each run asks the same, within `repeatCounts`.
  public var repeatCount = 1

  /// What `repeatCount` may be.
  public static let repeatCounts = 1...20

  public init(
    _ model: ModelReference, version: String? = nil, parameters: Parameters = Parameters(),
    context: Context = .shared
  ) {
    self.model = model
    self.version = version
    self.parameters = parameters
    self.context = context
  }

  /// Whether it asks what another one asks, whatever they are called and however often they do.
  public func asksTheSame(as other: Variant) -> Bool {
    var other = other
    (other.name, other.repeatCount) = (name, repeatCount)
    return self == other
  }

  /// The passages of the context pane that are left for it; nil where it has a search of its own.
  public func passages(of shared: [Passage]) -> [Passage]? {
    switch context {
    case .shared: shared
    case .none: []
    case .settings: nil
    case .without(let origin): shared.filter { $0.origin != origin }
    }
  }
}
