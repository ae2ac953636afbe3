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
    case .noAnswer, .unfinished, .media, .toolResults: "\(n) were left out, since \(reason)."
    case .sameAnswers, .otherRequests, .noPreference, .runMissing:
      "\(n) pairs were left out, since \(reason)."
    case .evaluationCase:
      "\(n) were left out, since \(reason); --from-evaluation takes them on purpose."
    }
  }

  /// Why there is nothing to learn from, as a clause; for a part of an example, what is left out.
  public var reason: String {
    switch self {
    case .thinking: "the model's thinking has no place in any format"
    case .sections: "a place was kept for another program's text"
    case .callsBesideCorrection: "the correction stands in place of all"
    case .noAnswer: "nothing was answered"
    case .unfinished: "the answer was cut off or failed"
    case .media: "a picture or a file was asked about"
    case .toolResults: "results of tools stand in it without the calls"
    case .sameAnswers: "both answers say the same"
    case .otherRequests: "the answers are to different requests"
    case .noPreference: "neither answer was preferred"
    case .runMissing: "an answer isn't in the store any more"
    case .evaluationCase: "a case of an evaluation is asked, which is a test"
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
