// What passages say of one sentence of an answer, and why: what is shown, and what a person can check.

/// Whether passages support a sentence.
public enum SupportVerdict: String, Hashable, Sendable, CaseIterable {
  /// Passages say it.
  case supported
  /// A passage says otherwise.
  case contradicted
  /// No passage says it.
  case absent
  /// It states nothing that a passage could say: a question, a heading, a phrase of courtesy.
  case noClaim = "no claim"

  /// Whether it states what no passage says.
  public var isUnsupported: Bool { self == .contradicted || self == .absent }
}

/// A passage that a sentence was compared with.
public struct SupportEvidence: Hashable, Sendable {
  /// The passage's place, from 0.
  public var passage: Int
  /// What says it: UTF-8 offsets in the passage's text, in their order.
  public var spans: [Range<Int>]
}

/// Why a sentence contradicts a passage.
public enum SupportConflict: Hashable, Sendable {
  /// A number or a name stands where the passage has another, or none.
  case value(String)
  /// One of both says that it isn't so.
  case negation
  /// A word stands where the passage has one that excludes it.
  case opposite(String, of: String)
}

/// A sentence of an answer with what passages say of it.
public struct SentenceSupport: Hashable, Sendable {
  /// UTF-8 offsets in the answer.
  public var range: Range<Int>
  public var verdict: SupportVerdict
  /// The share of the sentence that passages say: by the weight of its words, from 0 to 1.
  public var share = 0.0
  /// The passages that say it, or most of it, best first; of an absent sentence, none.
  public var evidence: [SupportEvidence] = []
  /// Words, numbers and names of the sentence that they say, too.
  public var found: [String] = []
  /// What they don't say.
  public var missing: [String] = []
  public var conflict: SupportConflict?
  public var citations: [Citation] = []
  /// Those of `citations` that name no passage, or one that doesn't say it: UTF-8 offsets in the
  /// answer.
  public var misfits: [Range<Int>] = []

  public init(range: Range<Int>, verdict: SupportVerdict) {
    self.range = range
    self.verdict = verdict
  }
}

extension SentenceSupport {
  /// Words that a reason names at most.
  private static let mostWords = 6

  /// Why the sentence has its verdict, in a line: `supported by 2 returns.md: 30, days, delivery`.
  ///
  /// - Parameter name: of a passage, by its place.
  public func reason(name: (Int) -> String) -> String {
    let names = evidence.map { name($0.passage) }.joined(separator: " and ")
    switch verdict {
    case .noClaim: return "states nothing that a passage could say"
    case .supported: return "supported by \(names)" + Self.list(found)
    case .absent: return "no passage says" + Self.list(missing.isEmpty ? found : missing)
    case .contradicted:
      switch conflict {
      case .value(let value): return "\(names) doesn't say \(value)"
      case .opposite(let word, let other): return "\(names) says \(other), not \(word)"
      case .negation, nil: return "\(names) says the opposite" + Self.list(found)
      }
    }
  }

  private static func list(_ words: [String]) -> String {
    words.isEmpty ? "" : ": " + words.prefix(mostWords).joined(separator: ", ")
  }
}
