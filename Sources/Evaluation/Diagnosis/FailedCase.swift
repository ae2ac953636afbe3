import Core

// What a failing case was asked with: all that a plan needs to know of it before it asks anew.

/// A case that failed, with what it was given and what it would have needed.
public struct FailedCase: Hashable, Sendable {
  /// The case's id.
  public var id: String
  /// What passages are searched with.
  public var question: String
  /// What came of asking it in the evaluation: at least one of these failed.
  public var asked: ExperimentTally
  /// The passages that the prompt had, in their order.
  public var given: [Passage]
  /// Whether the variant searches for passages at all.
  public var searches: Bool
  public var right: RightContext
  /// Tokens of passages that the prompt is given at most.
  public var budget: Int
  /// What asks for the form more firmly (`FirmFormat`); nil where the form is not at stake.
  public var firmness: String?
  /// Whether nothing failed but limits of time, cost or tokens, which no context can mend.
  public var isOverLimits: Bool
  /// Whether the answer that failed was cut off at the limit of tokens.
  public var wasCut: Bool

  public init(
    id: String, question: String, asked: ExperimentTally, given: [Passage], searches: Bool,
    right: RightContext,
    budget: Int, firmness: String? = nil, isOverLimits: Bool = false, wasCut: Bool = false
  ) {
    self.id = id
    self.question = question
    self.asked = asked
    self.given = given
    self.searches = searches
    self.right = right
    self.budget = budget
    self.firmness = firmness
    self.isOverLimits = isOverLimits
    self.wasCut = wasCut
  }

  /// The passages that an experiment gives the prompt, in their order.
  ///
  /// Right passages go in as far as the budget goes, the first one always.
  public func passages(for experiment: Experiment) -> [Passage] {
    switch experiment {
    case .noContext: []
    case .retrieved, .firmRetrieved: given
    case .right, .firmRight: right { _ in true }
    case .rightGiven: right { $0 == .given }
    case .rightFound: right { $0 != .notFound }
    }
  }

  /// Whether the right passages are more than the budget has room for.
  var exceedsBudget: Bool { passages(for: .right).count < right.passages.count }

  private func right(_ isTaken: (PassageStanding) -> Bool) -> [Passage] {
    let passages = right.passages.filter { isTaken($0.standing) }.map(\.passage)
    let kept = passages.fitting(tokens: budget).kept
    return kept.isEmpty ? Array(passages.prefix(1)) : kept
  }

  /// The experiment of the same request that is asked in place of one.
  func same(as experiment: Experiment) -> Experiment {
    let origins = passages(for: experiment).map(\.origin)
    return Experiment.allCases.first {
      $0.isFirm == experiment.isFirm && passages(for: $0).map(\.origin) == origins
    } ?? experiment
  }
}
