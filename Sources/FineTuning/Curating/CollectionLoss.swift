// What of runs and evaluations can't be learned from, by its name: what is left out is always told.

/// A reason why a part of an example, or all of it, was left out.
public enum CollectionLoss: String, Hashable, Sendable, CaseIterable {
  // A part of it.
  case thinking
  case sections
  case callsBesideCorrection = "calls_beside_correction"
  // All of it.
  case noAnswer = "no_answer"
  case unfinished
  case media
  case toolResults = "tool_results"
  case sameAnswers = "same_answers"
  case otherRequests = "other_requests"
  case noPreference = "no_preference"
  case runMissing = "run_missing"
  case evaluationCase = "evaluation_case"

  /// Whether the example isn't there for it.
  public var takesAll: Bool {
    switch self {
    case .thinking, .sections, .callsBesideCorrection: false
    default: true
    }
  }

  /// What happened to so many, as a sentence.
  public func sentence(count: Int) -> String {
    let n = "\(count)"
    return switch self {
    case .thinking: "\(n) examples lost the model's thinking: no format has a place for it."
    case .sections: "\(n) examples lost a place that their prompt kept for another program's text."
    case .callsBesideCorrection:
      "\(n) corrected answers lost their calls of tools: the correction stands in place of all."
    case .noAnswer: "\(n) were left out, since nothing was answered."
    case .unfinished: "\(n) were left out, since the answer was cut off or failed."
    case .media: "\(n) were left out, since a picture or a file was asked about."
    case .toolResults: "\(n) were left out, since results of tools stand in them without the calls."
    case .sameAnswers: "\(n) pairs were left out, since both answers say the same."
    case .otherRequests:
      "\(n) pairs were left out, since the answers are to different requests."
    case .noPreference: "\(n) pairs were left out, since neither answer was preferred."
    case .runMissing: "\(n) pairs were left out, since an answer isn't in the store any more."
    case .evaluationCase:
      "\(n) were left out, since they ask a case of an evaluation, which is a test; "
        + "--from-evaluation takes them on purpose."
    }
  }
}

/// What came of collecting.
public struct CollectionReport: Hashable, Sendable {
  public var appended = AppendReport()
  public var losses: [CollectionLoss: Int] = [:]

  public init() {}

  public mutating func note(_ lost: Set<CollectionLoss>) {
    for loss in lost { losses[loss, default: 0] += 1 }
  }

  /// What was lost, in an order that stays.
  public var sentences: [String] {
    CollectionLoss.allCases.compactMap { loss in losses[loss].map(loss.sentence) }
  }
}
