// Where a failure is placed: its cause, and the two axes of the map. Names only; which one it is,
// `DiagnosisPlan` decides.

/// Why a case fails: what would have to change first.
public enum FailureCause: String, Hashable, Sendable, CaseIterable {
  /// No passage of the corpus holds what is needed.
  case notInCorpus = "not-in-corpus"
  /// The corpus holds it, and the search doesn't find it.
  case notRetrieved = "not-retrieved"
  /// The search finds it, and k, the budget or a later step cuts it.
  case rankedTooLow = "ranked-too-low"
  /// It was given, and alone it is used; among the other passages it isn't.
  case notUsed = "not-used"
  /// The model passes without any passage, and fails with them.
  case lostByContext = "lost-by-context"
  /// It passes when nothing but the form is asked for more firmly.
  case wrongForm = "wrong-form"
  /// It fails even with the right passages and a firm form.
  case notAble = "not-able"
  /// It passes now and fails then, asked the very same.
  case flaky
  /// What would tell the causes apart could not be had; the sentence says what.
  case unmeasured

  /// For a reader: `in the corpus, not retrieved`.
  public var words: String {
    switch self {
    case .notInCorpus: "not in the corpus"
    case .notRetrieved: "in the corpus, not retrieved"
    case .rankedTooLow: "retrieved, ranked too low"
    case .notUsed: "in the context, not used"
    case .lostByContext: "known without context, lost by it"
    case .wrongForm: "right, in the wrong form"
    case .notAble: "not able"
    case .flaky: "passes now, fails then"
    case .unmeasured: "could not be measured"
    }
  }
}

/// What the model needs to know, from nothing to what nobody has written down.
public enum KnowledgeNeed: String, Hashable, Sendable, CaseIterable, Comparable {
  /// It has what it needs without being given it.
  case known
  /// What it needs was among the passages that it was given.
  case given
  /// It was found, and cut.
  case rankedTooLow = "ranked-too-low"
  case notRetrieved = "not-retrieved"
  case notInCorpus = "not-in-corpus"

  public var words: String {
    switch self {
    case .known: "knows it"
    case .given: "was given it"
    case .rankedTooLow: "ranked too low"
    case .notRetrieved: "not retrieved"
    case .notInCorpus: "not in the corpus"
    }
  }

  public static func < (one: KnowledgeNeed, other: KnowledgeNeed) -> Bool {
    one.step < other.step
  }

  /// Its place on the axis, from 0.
  public var step: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How the model needs to act otherwise, from not at all to what it can't do.
public enum BehaviourNeed: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Given what it needs to know, it passes.
  case actsRight = "acts-right"
  /// It passes now and fails then.
  case unsteady
  case wrongForm = "wrong-form"
  /// Passages lead it astray, or it overlooks the one that counts.
  case misled
  case notAble = "not-able"

  public var words: String {
    switch self {
    case .actsRight: "acts right"
    case .unsteady: "unsteady"
    case .wrongForm: "wrong form"
    case .misled: "misled by passages"
    case .notAble: "not able"
    }
  }

  public static func < (one: BehaviourNeed, other: BehaviourNeed) -> Bool {
    one.step < other.step
  }

  /// Its place on the axis, from 0.
  public var step: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
